"""Reminders: addresses, messages on their way, and the ledger of what was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "remind_address",
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("ended_by", sa.Integer, sa.ForeignKey("change.id"), index=True),
        sa.Column("address_id", sa.Integer, nullable=False, index=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("units", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("kept", sa.Boolean, nullable=False, server_default=sa.true()),
    )
    op.create_table(
        "remind_secret",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "reminder_message",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("recipient", sa.String(60), nullable=False, index=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("things", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("parts_sent", sa.Integer, nullable=False, server_default="0"),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("tried_at", sa.DateTime),
        sa.Column("last_error", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "reminder_sent",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("recipient", sa.String(60), nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("message", sa.Integer, sa.ForeignKey("reminder_message.id"), nullable=False, index=True),
        sa.UniqueConstraint("recipient", "reference", "stage", name="uq_reminder_once"),
    )
