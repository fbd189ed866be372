"""Which fields the form of an event has, how they lie, and how they become a record and come from one."""

from datetime import date

from core.domain.checking import Needs
from core.domain.entering import default_title
from core.domain.records import Record
from core.errors import InputError
from core.services.entering import Desk
from core.ui.fields import Field, FieldSet, Kind


def fields_of(desk: Desk, event: str, day: date, last_day: date) -> list[Field]:
    """The fields that the event needs, each with what it begins with."""
    needs, first = desk.needs(event), date(desk.catalogue.year, 1, 1)
    cadences = [each.cadence for each in desk.catalogue.counting(event) if each.cadence]
    title = default_title(desk.unit, desk.catalogue.events[event], day, cadences)
    return [
        Field("title", "标题", start=title, wide=True),
        *_people(desk, needs),
        *_figures(desk, event, needs),
        Field("occurred_on", "日期", Kind.DAY, start=day, within=(first, last_day), needed=True),
        *_reported(needs, first, last_day),
        *([Field("led", "由第一主任主持或带队", Kind.TICK, start=True)] if needs.first_director else []),
        Field("note", "备注（可不填）", Kind.LONG, wide=True),
    ]


def _people(desk: Desk, needs: Needs) -> list[Field]:
    if needs.roster and desk.roster:
        names = {
            f"{each.name}（{each.title}）" if each.title else each.name: each.name for each in desk.roster
        }
        return [Field("leader", "带队领导", Kind.CHOICE, choices=names, needed=True)]
    if needs.roster or needs.first_director:
        label = "带队领导" if needs.roster else "带队领导（可不填）"
        return [Field("leader", label, needed=needs.roster)]
    return []


def _figures(desk: Desk, event: str, needs: Needs) -> list[Field]:
    measures = {name: code for code, name in desk.catalogue.measures.get(event, {}).items()}
    found = [Field("measure", "指标", Kind.CHOICE, choices=measures, needed=True)] if measures else []
    if needs.value:
        label = "数值（已完成的个数）" if needs.total else "数值（人数）"
        found.append(Field("value", label, Kind.COUNT, needed=True))
    if needs.total:
        found.append(Field("total", "总数", Kind.COUNT, needed=True))
    return found


def _reported(needs: Needs, first: date, last_day: date) -> list[Field]:
    if not needs.reported:
        return []
    label = "报送市安委会办公室的日期（尚未报送可不填）"
    return [Field("reported_on", label, Kind.DAY, within=(first, last_day))]


def record_from(fields: FieldSet, unit: str, event: str) -> Record:
    """Read the fields into a record.

    Raises:
        InputError: no date, or a number that is none; `field` names the one.
    """
    day, reported = fields.value("occurred_on"), fields.value("reported_on")
    if not isinstance(day, date):
        raise InputError("请填写日期。", "occurred_on")
    return Record(
        unit,
        event,
        day,
        fields.text("title"),
        fields.text("leader"),
        bool(fields.value("led")),
        reported if isinstance(reported, date) else None,
        fields.text("measure"),
        fields.count("value"),
        fields.count("total"),
        fields.text("note"),
    )


def texts_of(record: Record, fields: FieldSet) -> dict[str, str]:
    """A record's content as the fields would hold it: to type on after an entry was taken back."""
    values = {
        **{name: getattr(record, name) for name in ("title", "leader", "occurred_on", "reported_on", "note")},
        "measure": record.measure,
        "led": record.led_by_first_director,
        **{name: _figure(getattr(record, name)) for name in ("value", "total")},
    }
    return {each.name: each.text_of(values[each.name]) for each in fields.fields}


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)
