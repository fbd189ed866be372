"""Attachments in versions, and their bytes by SHA-256."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "attachment_blob",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "attachment_version",
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("ended_by", sa.Integer, sa.ForeignKey("change.id"), index=True),
        sa.Column("attachment_id", sa.Integer, nullable=False),
        sa.Column("owner_kind", sa.String(20), nullable=False),
        sa.Column("owner_number", sa.String(80), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("added_by", sa.String(120), nullable=False),
    )
    op.create_index("ix_attachment_number", "attachment_version", ["attachment_id"])
    op.create_index("ix_attachment_owner", "attachment_version", ["owner_kind", "owner_number"])
