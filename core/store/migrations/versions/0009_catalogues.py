"""Catalogues made in the product, and the office's settings of any."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "catalogue_version",
        *_versions(),
        sa.Column("year", sa.Integer, nullable=False, index=True),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "adjustment_version",
        *_versions(),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("obligation", sa.String(80), nullable=False),
        sa.Column("required", sa.Integer),
        sa.Column("warn_days", sa.Integer),
        sa.Column("also", sa.Text, nullable=False),
    )


def _versions() -> list[sa.Column[int]]:
    return [
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("ended_by", sa.Integer, sa.ForeignKey("change.id"), index=True),
    ]
