"""Registers: enterprises, what they did, spot checks, towns with their staff, special inspectors."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    _enterprises()
    _duties()
    _spot_checks()
    _staffing()


def _versions() -> list[sa.Column[int]]:
    return [
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("ended_by", sa.Integer, sa.ForeignKey("change.id"), index=True),
    ]


def _enterprises() -> None:
    op.create_table(
        "enterprise_version",
        *_versions(),
        sa.Column("code", sa.String(40), nullable=False, index=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("locality", sa.String(40), nullable=False),
        sa.Column("industry", sa.String(60), nullable=False),
        sa.Column("high_risk", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("staff", sa.Integer),
        sa.Column("active_from", sa.Date),
        sa.Column("active_until", sa.Date),
    )
    op.create_index("ix_enterprise_place", "enterprise_version", ["locality", "ended_by"])


def _duties() -> None:
    op.create_table(
        "enterprise_duty",
        *_versions(),
        sa.Column("enterprise", sa.String(40), nullable=False),
        sa.Column("duty", sa.String(20), nullable=False),
        sa.Column("done_on", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
    )
    op.create_index("ix_duty_counted", "enterprise_duty", ["duty", "done_on", "ended_by", "enterprise"])
    op.create_index("ix_duty_enterprise", "enterprise_duty", ["enterprise", "ended_by"])


def _spot_checks() -> None:
    op.create_table(
        "spot_check",
        *_versions(),
        sa.Column("enterprise", sa.String(40), nullable=False, index=True),
        sa.Column("checked_on", sa.Date, nullable=False),
        sa.Column("visit", sa.String(20), nullable=False),
        sa.Column("checked_by", sa.String(100), nullable=False),
        sa.Column("found_true", sa.String(200), nullable=False),
        sa.Column("found_false", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )


def _staffing() -> None:
    op.create_table(
        "town_version",
        *_versions(),
        sa.Column("code", sa.String(40), nullable=False, index=True),
        sa.Column("locality", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("heavy_duty", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("active_from", sa.Date),
        sa.Column("active_until", sa.Date),
    )
    op.create_table(
        "town_staff_version",
        *_versions(),
        sa.Column("town", sa.String(40), nullable=False, index=True),
        sa.Column("counted_on", sa.Date, nullable=False),
        sa.Column("staff", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "inspectors_version",
        *_versions(),
        sa.Column("locality", sa.String(40), nullable=False, index=True),
        sa.Column("counted_on", sa.Date, nullable=False),
        sa.Column("full_time", sa.Integer, nullable=False),
        sa.Column("part_time", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
