"""The notice of a year as data: its events, its obligations, and the loader that refuses a faulty file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from core.domain.catalogue_faults import faults_of_obligation
from core.domain.obligations import Basis, Obligation, Rule
from core.domain.periods import Cadence
from core.domain.texts import squeezed
from core.domain.units import Unit, UnitKind
from core.errors import ConfigurationError

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One year's notice; `events` and `measures` map codes to Chinese names, in the notice's order."""

    year: int
    number: str
    title: str
    activity: str
    events: Mapping[str, str]
    measures: Mapping[str, Mapping[str, str]]
    obligations: tuple[Obligation, ...]
    _by_code: dict[str, Obligation] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {each.code: each for each in self.obligations})

    def obligation(self, code: str) -> Obligation | None:
        """The obligation with this code, if there is one."""
        return self._by_code.get(code)

    def owed_by(self, unit: Unit) -> list[Obligation]:
        """What is addressed to this unit, in the notice's order."""
        return [each for each in self.obligations if each.owed_by(unit)]

    def addressed_to(self, kind: UnitKind) -> list[Obligation]:
        """What is addressed to units of this kind, in the notice's order."""
        return [each for each in self.obligations if each.subject == kind]

    def counting(self, event: str) -> list[Obligation]:
        """The obligations that count this event."""
        return [each for each in self.obligations if event in each.events]

    def events_of(self, kind: UnitKind) -> list[str]:
        """The events that units of this kind can record, in the notice's order."""
        wanted = {each.event for each in self.addressed_to(kind)}
        return [event for event in self.events if event in wanted]

    def parse_event(self, text: str) -> str | None:
        """Find an event by code or Chinese name; None where neither fits."""
        return _find(self.events, text)

    def parse_measure(self, event: str, text: str) -> str | None:
        """Find a measure of the event by code or Chinese name; None where neither fits."""
        return _find(self.measures.get(event, {}), text)


def _find(names: Mapping[str, str], text: str) -> str | None:
    exact = next((code for code, name in names.items() if text in (code, name)), None)
    plain = squeezed(text)
    return exact or next((code for code, name in names.items() if plain in (code, squeezed(name))), None)


@cache
def catalogues(folder: Path = FOLDER) -> Mapping[int, Catalogue]:
    """Every catalogue of the folder, by year; a year is added by adding its file.

    Raises:
        ConfigurationError: a faulty file, with the entry at fault, or a second file for one year.
    """
    loaded: dict[int, Catalogue] = {}
    for path in sorted(folder.glob("*.toml")):
        catalogue = load_catalogue(path)
        if catalogue.year in loaded:
            raise ConfigurationError(f"事项目录文件 {path.name} 有误：{catalogue.year} 年的目录已有一份")
        loaded[catalogue.year] = catalogue
    return loaded


def load_catalogue(path: Path) -> Catalogue:
    """Read one year's file.

    Raises:
        ConfigurationError: a missing or contradictory entry, named.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except ValueError as error:
        raise ConfigurationError(f"事项目录文件 {path.name} 有误：{error}") from error
    return read_catalogue(text, f"事项目录文件 {path.name}")


def read_catalogue(text: str, called: str = "事项目录") -> Catalogue:
    """Read one year's catalogue as files and databases hold it; `called` is how a fault names it.

    Raises:
        ConfigurationError: a missing or contradictory entry, named.
    """
    try:
        return _catalogue(tomllib.loads(text))
    except KeyError as error:
        raise ConfigurationError(f"{called} 有误：缺少 {error.args[0]}") from error
    except (AttributeError, ValueError, TypeError) as error:
        raise ConfigurationError(f"{called} 有误：{error}") from error


def _catalogue(raw: dict[str, Any]) -> Catalogue:
    year, events, measures = int(raw["year"]), raw["events"], raw.get("measures", {})
    obligations: dict[str, Obligation] = {}
    for number, entry in enumerate(raw["obligations"], start=1):
        each = _named(number, entry)
        fault = next(faults_of_obligation(each, year, events, measures, obligations), None)
        if fault:
            raise ValueError(f"{each.code} {fault.reason}")
        obligations[each.code] = each
    return Catalogue(
        year, raw["number"], raw["title"], raw["activity"], events, measures, tuple(obligations.values())
    )


def _named(number: int, entry: dict[str, Any]) -> Obligation:
    """Read one entry; a fault is told with the entry's code, or with its place where it has none."""
    name = entry.get("code") or f"第{number}项"
    try:
        return _obligation(entry)
    except KeyError as error:
        raise ValueError(f"{name} 缺少 {error.args[0]}") from error
    except (ValueError, TypeError) as error:
        raise ValueError(f"{name} {error}") from error


def _obligation(entry: dict[str, Any]) -> Obligation:
    unknown = sorted(entry.keys() - _ENTRIES)
    if unknown:
        raise ValueError(f"有不认识的项 {'、'.join(unknown)}")
    return Obligation(
        code=_text(entry, "code"),
        subject=UnitKind.of(entry["subject"]),
        title=_text(entry, "title"),
        short=_text(entry, "short"),
        clause=_text(entry, "clause"),
        quote=_text(entry, "quote"),
        basis=Basis.of(entry["basis"]),
        rule=Rule.of(entry["kind"]),
        event=entry.get("event", ""),
        measure=entry.get("measure", ""),
        cadence=Cadence.of(entry["period"]) if "period" in entry else None,
        required=_count(entry, "required"),
        required_heavy=_count(entry, "required_heavy"),
        due=_day(entry.get("due")),
        warn_days=_count(entry, "warn_days") or 0,
        county_only=entry.get("county_only", False),
        led_by_first_director=entry.get("led_by_first_director", False),
        with_lead_unit=entry.get("with_lead_unit", False),
        after=tuple(entry.get("after", ())),
        countable=tuple(entry.get("countable", ())),
        also=tuple(entry.get("also", ())),
    )


# A file says `kind` and `period` where the program says rule and cadence; all else bears the same name.
_ENTRIES = {each.name for each in fields(Obligation)} - {"rule", "cadence"} | {"kind", "period"}


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry[key]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{key} 须是文字，且不能为空")
    return value


def _count(entry: dict[str, Any], key: str) -> int | None:
    value = entry.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TypeError(f"{key} 须是整数")


def _day(value: object) -> date | None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise TypeError(f"{value} 不是日期")
