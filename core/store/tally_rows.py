"""The rows of kept counts: one a unit, event and month; derived from the records and no versions."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base


class TallyRow(Base):
    """What the current records of one unit, event and month come to."""

    __tablename__ = "month_tally"

    unit: Mapped[str] = mapped_column(String(40), primary_key=True)
    event: Mapped[str] = mapped_column(String(60), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    plain: Mapped[str]
    led: Mapped[str]
    visits: Mapped[str]
    reports: Mapped[str]
    reported: Mapped[str]
    plain_brief: Mapped[str]
    led_brief: Mapped[str]
    reports_brief: Mapped[str]
