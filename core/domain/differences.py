"""What a correction changed, field by field, in Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.domain.records import Record

FIELDS = (
    ("unit", "单位"),
    ("event", "事项"),
    ("occurred_on", "日期"),
    ("title", "标题"),
    ("leader", "带队领导"),
    ("led_by_first_director", "第一主任带队"),
    ("reported_on", "报送日期"),
    ("measure", "指标"),
    ("value", "数值"),
    ("total", "总数"),
    ("note", "备注"),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Chinese names by code, of units, events and measures."""

    units: Mapping[str, str]
    events: Mapping[str, str]
    measures: Mapping[str, str]


def shown_fields(record: Record, names: Vocabulary) -> list[tuple[str, str]]:
    """A record's filled fields with their Chinese names, as people read them."""
    told = ((label, shown(record, name, names)) for name, label in FIELDS)
    return [(label, text) for label, text in told if text]


def differences(old: Record, new: Record, names: Vocabulary) -> list[tuple[str, str, str]]:
    """Field, before and after, of every field that differs."""
    return [
        (label, shown(old, name, names) or "（空）", shown(new, name, names) or "（空）")
        for name, label in FIELDS
        if getattr(old, name) != getattr(new, name)
    ]


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that another person changed meanwhile: as it was read, as it stands now, as it is wanted."""

    label: str
    read: str
    now: str
    wanted: str

    @property
    def is_contested(self) -> bool:
        """Tell whether both changed it, to different things."""
        return self.wanted not in (self.read, self.now)


def clashes(read: Record, now: Record, wanted: Record, names: Vocabulary) -> list[Clash]:
    """Every field in which the record no longer is what the person read."""
    return [
        Clash(label, *(shown(each, name, names) or "（空）" for each in (read, now, wanted)))
        for name, label in FIELDS
        if getattr(read, name) != getattr(now, name)
    ]


def merged(read: Record, now: Record, wanted: Record) -> Record:
    """The record as it stands now, with what the person changed in what they read."""
    changed = {
        name: getattr(wanted, name) for name, _ in FIELDS if getattr(wanted, name) != getattr(read, name)
    }
    return replace(now, **changed)


def shown(record: Record, name: str, names: Vocabulary) -> str:
    """One field as people read it; empty where it holds nothing."""
    value = getattr(record, name)
    codes = {"unit": names.units, "event": names.events, "measure": names.measures}
    if name in codes:
        return codes[name].get(value, value)
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
