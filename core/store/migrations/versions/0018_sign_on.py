"""Single sign-on: by what name the office's identity provider knows an account."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("account", sa.Column("external_id", sa.String(200)))
    op.create_index("ix_account_external_id", "account", ["external_id"], unique=True)
    for table in ("account_session", "claim_ticket"):
        op.add_column(table, sa.Column("by_sign_on", sa.Boolean, nullable=False, server_default=sa.false()))
