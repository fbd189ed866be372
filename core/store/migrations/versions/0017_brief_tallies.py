"""What is left of a month that is over, beside its whole counts; what is already there is counted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from core.store.tallies import fill

revision = "0017"
down_revision = "0016"
_TEXTS = (
    *("plain", "led", "visits", "reports", "reported"),
    *("plain_brief", "led_brief", "reports_brief"),
)


def upgrade() -> None:
    op.drop_table("month_tally")  # derived from the records, and counted anew from them
    op.create_table(
        "month_tally",
        sa.Column("unit", sa.String(40), primary_key=True),
        sa.Column("event", sa.String(60), primary_key=True),
        sa.Column("month", sa.Date, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
    )
    with Session(op.get_bind()) as session:
        fill(session)
        session.flush()
