"""ORM rows of links to the wall; private to the package."""

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base


class WallLinkRow(Base):
    """A link to the wall, known by the SHA-256 of its token; `place` says where the screen hangs."""

    __tablename__ = "wall_link"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    place: Mapped[str] = mapped_column(String(100))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
