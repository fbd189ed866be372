"""Hazards, the moves that carry them from found to closed, the measures on units, and key periods."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _hazards()
    _moves()
    _measures()
    _key_periods()


def _versions() -> list[sa.Column[int]]:
    return [
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("ended_by", sa.Integer, sa.ForeignKey("change.id"), index=True),
    ]


def _hazards() -> None:
    op.create_table(
        "hazard_version",
        *_versions(),
        sa.Column("code", sa.String(40), nullable=False, index=True),
        sa.Column("locality", sa.String(40), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("grade", sa.String(20), nullable=False),
        sa.Column("found_on", sa.Date, nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("industry", sa.String(40), nullable=False),
        sa.Column("found_by", sa.String(40), nullable=False),
    )


def _moves() -> None:
    op.create_table(
        "hazard_move",
        *_versions(),
        sa.Column("hazard", sa.String(40), nullable=False, index=True),
        sa.Column("deed", sa.String(30), nullable=False),
        sa.Column("moved_on", sa.Date, nullable=False),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("document", sa.String(200), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )


def _measures() -> None:
    op.create_table(
        "measure",
        *_versions(),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("running_no", sa.Integer, nullable=False),
        sa.Column("unit", sa.String(40), nullable=False, index=True),
        sa.Column("rung", sa.String(20), nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("reply_by", sa.Date),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("raised_from", sa.Integer, nullable=False),
        sa.UniqueConstraint("year", "running_no", name="uq_measure_number"),
    )
    op.create_table(
        "measure_item",
        *_versions(),
        sa.Column("measure", sa.Integer, sa.ForeignKey("measure.version_id"), nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("fell_due", sa.Date, nullable=False),
    )
    op.create_table(
        "measure_step",
        *_versions(),
        sa.Column("measure", sa.Integer, sa.ForeignKey("measure.version_id"), nullable=False, index=True),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("taken_on", sa.Date, nullable=False),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )


def _key_periods() -> None:
    op.create_table(
        "key_period_version",
        *_versions(),
        sa.Column("code", sa.String(40), nullable=False, index=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("starts", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False, server_default=sa.true()),
    )
