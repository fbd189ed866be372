"""Settings, read once from the environment; nonsense is refused at start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from core.errors import ConfigurationError

PRODUCT = "安责看板"
FULL_TITLE = "安全生产责任制落实监督看板"
LOCAL_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China keeps one time all year, so a fixed offset is exact and needs no zone data on Windows."""
DEMONSTRATION_DATE = date(2025, 6, 19)
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says.

    The database's URL; for demonstrations and tests a fixed date; the token that opens the figures for a
    monitor on another machine; the folder of the copies that are made in 系统管理; which of an identity
    provider's statements names the account.
    """

    database_url: str
    fixed_today: date | None
    metrics_token: str = ""
    backups: Path = Path("data/backups")
    sign_on_claim: str = "sub"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read `DATABASE_URL` and what begins with `ANZE_`; README.md tells of each.

    Raises:
        ConfigurationError: a date that is none.
    """
    return Settings(
        environment.get("DATABASE_URL", "").strip() or "sqlite:///data/anze.db",
        _fixed_date(environment.get("ANZE_TODAY", "").strip()),
        environment.get("ANZE_METRICS_TOKEN", "").strip(),
        Path(environment.get("ANZE_BACKUPS", "").strip() or "data/backups"),
        environment.get("ANZE_SIGN_ON_CLAIM", "").strip() or "sub",
    )


def _fixed_date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(
            f"环境变量 ANZE_TODAY 的值“{text}”不是日期，请写成 2025-06-19 的形式。"
        ) from error


def local_moment(moment: datetime) -> datetime:
    """Turn a naive UTC moment from the store into local time (naive, Asia/Shanghai)."""
    return moment.replace(tzinfo=UTC).astimezone(LOCAL_ZONE).replace(tzinfo=None)


def utc_moment(moment: datetime) -> datetime:
    """Turn a moment into the store's naive UTC; a naive one is read as local time."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=LOCAL_ZONE)
    return aware.astimezone(UTC).replace(tzinfo=None)
