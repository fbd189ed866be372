"""The journal of changes, units, leaders, zones, records, exemptions, settings and marks."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _journal()
    _units()
    _zones()
    _records()
    _settings()


def _versions() -> list[sa.Column[int]]:
    return [
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("ended_by", sa.Integer, sa.ForeignKey("change.id"), index=True),
    ]


def _journal() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("operation", sa.String(64), unique=True),
        sa.Column("payload", sa.String(64)),
    )
    op.create_index("ix_change_person_payload", "change", ["person", "payload"])
    op.create_table(
        "mark",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )


def _units() -> None:
    op.create_table(
        "unit_version",
        *_versions(),
        sa.Column("code", sa.String(40), nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("parent", sa.String(40), nullable=False),
        sa.Column("county", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("heavy_duty", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("lead_unit", sa.String(40), nullable=False),
        sa.Column("sort_no", sa.Integer, nullable=False),
        sa.Column("active_from", sa.Date),
        sa.Column("active_until", sa.Date),
    )
    op.create_table(
        "leader_version",
        *_versions(),
        sa.Column("unit", sa.String(40), nullable=False, index=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("starts", sa.Date),
        sa.Column("until", sa.Date),
    )


def _zones() -> None:
    areas = ("duty_on", "system_on", "support_on", "enforcement_on", "digital_on")
    op.create_table(
        "zone_version",
        *_versions(),
        sa.Column("code", sa.String(40), nullable=False, index=True),
        sa.Column("locality", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        *(sa.Column(area, sa.Date) for area in areas),
    )


def _records() -> None:
    op.create_table(
        "record_version",
        *_versions(),
        sa.Column("record_id", sa.Integer, nullable=False, index=True),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("event", sa.String(60), nullable=False),
        sa.Column("occurred_on", sa.Date, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("leader", sa.String(100), nullable=False),
        sa.Column("led_by_first_director", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("reported_on", sa.Date),
        sa.Column("measure", sa.String(60), nullable=False),
        sa.Column("amount", sa.Integer),
        sa.Column("total", sa.Integer),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("entered_on", sa.Date, nullable=False),
        sa.Column("entered_by", sa.String(120), nullable=False),
    )
    op.create_index("ix_record_current", "record_version", ["ended_by", "occurred_on", "event"])
    op.create_index("ix_record_place", "record_version", ["unit", "event", "occurred_on"])


def _settings() -> None:
    op.create_table(
        "exemption_version",
        *_versions(),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("obligation", sa.String(80), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "setting_version",
        *_versions(),
        sa.Column("name", sa.String(80), nullable=False, index=True),
        sa.Column("content", sa.Text, nullable=False),
    )
