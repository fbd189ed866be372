"""Counts kept by unit, event and month; migration 0017 fills them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "month_tally",
        sa.Column("unit", sa.String(40), primary_key=True),
        sa.Column("event", sa.String(60), primary_key=True),
        sa.Column("month", sa.Date, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("plain", "led", "visits", "reports", "reported")
        ),
    )
