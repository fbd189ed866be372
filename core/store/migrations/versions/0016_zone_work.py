"""The work on functional zones: checklists, plans, how far each item is, steps, experiences."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    _items()
    _plans()
    _marks_and_steps()
    _experiences()


def _versions() -> list[sa.Column[int]]:
    return [
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("ended_by", sa.Integer, sa.ForeignKey("change.id"), index=True),
    ]


def _items() -> None:
    op.create_table(
        "zone_item_version",
        *_versions(),
        sa.Column("code", sa.String(40), nullable=False, index=True),
        sa.Column("area", sa.String(20), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("sort_no", sa.Integer, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False, server_default=sa.true()),
    )


def _plans() -> None:
    op.create_table(
        "zone_plan",
        *_versions(),
        sa.Column("zone", sa.String(40), nullable=False, index=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("drawn_on", sa.Date, nullable=False),
        *(sa.Column(f"{area}_by", sa.Date) for area in _AREAS),
        sa.Column("person", sa.String(120), nullable=False),
    )


_AREAS = ("duty", "system", "support", "enforcement", "digital")


def _marks_and_steps() -> None:
    op.create_table(
        "zone_mark",
        *_versions(),
        sa.Column("zone", sa.String(40), nullable=False, index=True),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("progress", sa.String(20), nullable=False),
        sa.Column("score", sa.Integer, nullable=False),
        sa.Column("marked_on", sa.Date, nullable=False),
        sa.Column("person", sa.String(120), nullable=False),
    )
    op.create_table(
        "zone_step",
        *_versions(),
        sa.Column("zone", sa.String(40), nullable=False, index=True),
        sa.Column("area", sa.String(20), nullable=False),
        sa.Column("zone_deed", sa.String(20), nullable=False),
        sa.Column("taken_on", sa.Date, nullable=False),
        sa.Column("score", sa.Integer),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("person", sa.String(120), nullable=False),
    )


def _experiences() -> None:
    op.create_table(
        "experience_version",
        *_versions(),
        sa.Column("experience_id", sa.Integer, nullable=False),
        sa.Column("locality", sa.String(40), nullable=False),
        sa.Column("zone", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("noted_on", sa.Date, nullable=False),
        sa.Column("about_record", sa.Integer, nullable=False),
        sa.Column("promoted_on", sa.Date),
        sa.Column("promotion", sa.Text, nullable=False),
        sa.Column("entered_by", sa.String(120), nullable=False),
    )
