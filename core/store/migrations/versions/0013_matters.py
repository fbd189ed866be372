"""“一件事” links, and what surveys of new businesses found."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "link_version",
        *_versions(),
        sa.Column("code", sa.String(40), nullable=False, index=True),
        sa.Column("chain", sa.String(20), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("department", sa.String(40), nullable=False),
        sa.Column("sort_no", sa.Integer, nullable=False),
        sa.Column("settled_on", sa.Date),
        sa.Column("document", sa.String(400), nullable=False),
        sa.Column("record_no", sa.Integer, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False, server_default=sa.true()),
    )
    op.create_table(
        "finding_version",
        *_versions(),
        sa.Column("code", sa.String(40), nullable=False, index=True),
        sa.Column("survey", sa.Integer, nullable=False, index=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("found_on", sa.Date, nullable=False),
        sa.Column("risk", sa.String(20), nullable=False),
        sa.Column("department", sa.String(40), nullable=False),
        sa.Column("settled_on", sa.Date),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False, server_default=sa.true()),
    )


def _versions() -> list[sa.Column[int]]:
    return [
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("ended_by", sa.Integer, sa.ForeignKey("change.id"), index=True),
    ]
