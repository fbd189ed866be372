"""Units that were merged, and the committees' member units."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("unit_version", sa.Column("successor", sa.String(40), nullable=False, server_default=""))
    op.create_table(
        "member_version",
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("ended_by", sa.Integer, sa.ForeignKey("change.id"), index=True),
        sa.Column("committee", sa.String(40), nullable=False, index=True),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("office", sa.String(200), nullable=False),
        sa.Column("liaison", sa.String(100), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("starts", sa.Date),
        sa.Column("until", sa.Date),
    )
