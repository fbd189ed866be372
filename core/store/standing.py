"""Which version of a thing stands, and who made it when: what optimistic writing compares."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from core.store.schema import ChangeRow, LeaderRow, SettingRow, UnitRow, Versioned
from core.store.unit_of_work import Reader


@dataclass(frozen=True, slots=True)
class Standing:
    """Which version of a thing stands, who made it and when (naive UTC); 0 where none stands."""

    version_id: int = 0
    person: str = ""
    at: datetime | None = None


def standing_of(row: Versioned, change: ChangeRow) -> Standing:
    """The standing of a version that this change made."""
    return Standing(row.version_id, change.person, change.at)


def find_standing(reader: Reader, row: type[Versioned], *where: ColumnElement[bool]) -> Standing:
    """Which version fits and stands."""
    query = (
        select(row, ChangeRow)
        .join(ChangeRow, ChangeRow.id == row.begun_by)
        .where(reader.current(row), *where)
    )
    found = reader.session.execute(query).first()
    return standing_of(*found) if found else Standing()


def unit_standing(reader: Reader, code: str) -> Standing:
    """Which version of a unit stands."""
    return find_standing(reader, UnitRow, UnitRow.code == code)


def leader_standing(reader: Reader, unit: str, name: str) -> Standing:
    """Which version of a leader on a unit's roster stands."""
    return find_standing(reader, LeaderRow, LeaderRow.unit == unit, LeaderRow.name == name)


def setting_standing(reader: Reader, name: str) -> Standing:
    """Which version of an office setting stands."""
    return find_standing(reader, SettingRow, SettingRow.name == name)
