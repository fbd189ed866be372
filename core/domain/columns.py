"""What the columns of the import form hold, so that files, templates and sheets treat them alike."""

from collections.abc import Mapping
from enum import StrEnum

from core.domain.forms import Form
from core.domain.zones import Area


class Holds(StrEnum):
    """What stands in a column's cells."""

    TEXT = "text"
    DAY = "day"
    FLAG = "flag"
    COUNT = "count"
    UNIT = "unit"
    EVENT = "event"
    MEASURE = "measure"
    UNIT_KIND = "unit_kind"
    LEVEL = "level"
    RUNG = "rung"
    CHAIN = "chain"
    RISK = "risk"


_BY_NAME: Mapping[str, Holds] = {
    **dict.fromkeys(
        ("unit", "parent", "lead_unit", "successor", "committee", "locality", "industry", "found_by"),
        Holds.UNIT,
    ),
    **dict.fromkeys(("department", "surveyed_by"), Holds.UNIT),
    **dict.fromkeys(("occurred_on", "reported_on", "active_from", "active_until"), Holds.DAY),
    **dict.fromkeys(("from", "until", "found_on", "rectify_by", "rectified_on"), Holds.DAY),
    **dict.fromkeys(("closed_on", "listed_on", "escalated_on", "exposed_on"), Holds.DAY),
    **dict.fromkeys(("issued_on", "reply_by"), Holds.DAY),
    **dict.fromkeys((area.value for area in Area), Holds.DAY),
    **dict.fromkeys((f"{area.value}_by" for area in Area), Holds.DAY),
    **dict.fromkeys(("drawn_on", "noted_on", "recorded_on", "promoted_on"), Holds.DAY),
    **dict.fromkeys(("checked_on", "counted_on", "surveyed_on", "settled_on"), Holds.DAY),
    **dict.fromkeys(("county", "heavy_duty", "led_by_first_director", "high_risk"), Holds.FLAG),
    **dict.fromkeys(("value", "total", "order", "staff", "full_time", "part_time"), Holds.COUNT),
    "event": Holds.EVENT,
    "measure": Holds.MEASURE,
    "kind": Holds.UNIT_KIND,
    "level": Holds.LEVEL,
    "rung": Holds.RUNG,
    "chain": Holds.CHAIN,
    "risk": Holds.RISK,
}


def holds(column: str) -> Holds:
    """What a column, by its English name, holds; text where nothing else is said."""
    return _BY_NAME.get(column, Holds.TEXT)


def places_of_days(form: Form, header: tuple[str, ...]) -> frozenset[int]:
    """Which places of a header hold dates."""
    found = ((place, form.find(name)) for place, name in enumerate(header))
    return frozenset(place for place, column in found if column and holds(column.name) == Holds.DAY)
