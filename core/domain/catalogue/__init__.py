"""The notice of a year as data: its events, its obligations, and the loader that refuses a faulty file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from core.domain.obligations import Basis, Obligation, Rule
from core.domain.periods import Cadence
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
        return [each for each in self.obligations if each.event == event]

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
    return next((code for code, name in names.items() if text in (code, name)), None)


@cache
def catalogues(folder: Path = FOLDER) -> Mapping[int, Catalogue]:
    """Every catalogue of the folder, by year; a year is added by adding its file.

    Raises:
        ConfigurationError: a file that breaks the form, named with the entry at fault.
    """
    loaded = [load_catalogue(path) for path in sorted(folder.glob("*.toml"))]
    return {each.year: each for each in loaded}


def load_catalogue(path: Path) -> Catalogue:
    """Read one year's file.

    Raises:
        ConfigurationError: a missing or contradictory entry, named.
    """
    try:
        return _catalogue(tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, ValueError, TypeError) as error:
        raise ConfigurationError(f"事项目录文件 {path.name} 有误：{error}") from error


def _catalogue(raw: dict[str, Any]) -> Catalogue:
    year, events = int(raw["year"]), raw["events"]
    obligations = tuple(_obligation(entry) for entry in raw["obligations"])
    codes = {each.code for each in obligations}
    if len(codes) < len(obligations):
        raise ValueError("事项编码重复")
    for each in obligations:
        _check(each, year, events, codes)
    measures = raw.get("measures", {})
    return Catalogue(year, raw["number"], raw["title"], raw["activity"], events, measures, obligations)


def _check(each: Obligation, year: int, events: Mapping[str, str], codes: set[str]) -> None:
    needs = {
        "统计的事项不存在": each.rule != Rule.ZONE and each.event not in events,
        "所等待的事项不存在": not set(each.after) <= codes,
        "期限不在本年度": each.due is not None and each.due.year != year,
        "缺少期限": each.rule in (Rule.DEADLINE, Rule.ZONE) and each.due is None,
        "缺少周期": each.rule in (Rule.QUOTA, Rule.ROSTER, Rule.TRACKED) and each.cadence is None,
        "要求数须大于 0": each.rule in (Rule.QUOTA, Rule.DEADLINE, Rule.ZONE, Rule.THRESHOLD)
        and not (each.required and each.required > 0),
    }
    for fault, present in needs.items():
        if present:
            raise ValueError(f"{each.code} {fault}")


def _obligation(entry: dict[str, Any]) -> Obligation:
    return Obligation(
        code=entry["code"],
        subject=UnitKind.of(entry["subject"]),
        title=entry["title"],
        short=entry["short"],
        clause=entry["clause"],
        quote=entry["quote"],
        basis=Basis.of(entry["basis"]),
        rule=Rule.of(entry["kind"]),
        event=entry.get("event", ""),
        measure=entry.get("measure", ""),
        cadence=Cadence.of(entry["period"]) if "period" in entry else None,
        required=entry.get("required"),
        required_heavy=entry.get("required_heavy"),
        due=_day(entry.get("due")),
        warn_days=entry.get("warn_days", 0),
        county_only=entry.get("county_only", False),
        led_by_first_director=entry.get("led_by_first_director", False),
        with_lead_unit=entry.get("with_lead_unit", False),
        after=tuple(entry.get("after", ())),
    )


def _day(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    raise TypeError(f"{value} 不是日期")
