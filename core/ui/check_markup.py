"""Covert checks as markup: quota and four mores by unit, a calendar, the list, and the gallery."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.attachments import Attachment
from core.domain.cells import Cell
from core.domain.covert_checks import Check, Mores
from core.domain.periods import Cadence, Period, periods_of
from core.domain.sentences import label_of
from core.domain.units import Unit
from core.domain.working_days import is_working
from core.ui.attachment_markup import image_address
from core.ui.board_markup import cell_data, pill_content
from core.ui.html import Markup, element, join, link_to

_BLANK = join()
_MORES = ("暗访", "拍摄", "督促函", "通报", "隐患")
_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every part of the page links with: the quarter it shows, names, and what the address keeps."""

    quarter: Period
    names: Mapping[str, str]
    kept: Mapping[str, str]

    def link(self, **more: str) -> str:
        """An address on this page."""
        return link_to("", {**self.kept, **more})


def quota_markup(
    units: Sequence[Unit],
    cells: Mapping[tuple[str, Period], Cell],
    mores: Mapping[tuple[str, Period], Mores],
    sheet: Sheet,
) -> Markup:
    """Write units down, the year's quarters across, and beside them the quarter's four mores."""
    quarters = periods_of(Cadence.QUARTER, sheet.quarter.year)
    heads = ["单位", *(quarter.short_label for quarter in quarters), *_MORES]
    rows = [_quota_row(unit, quarters, cells, mores, sheet) for unit in units]
    total = sum((mores.get((unit.code, sheet.quarter), Mores()) for unit in units), Mores())
    foot = element(
        "tr", element("th", "合计", scope="row"), element("td", colspan=4), *_counts("", total, sheet)
    )
    table = element(
        "table",
        element("caption", f"暗查暗访和“四多”，{sheet.quarter.label}", class_="unseen"),
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *rows),
        element("tfoot", foot),
        class_="plain quota",
    )
    return element("div", table, class_="quota-wrap")


def _quota_row(
    unit: Unit,
    quarters: Sequence[Period],
    cells: Mapping[tuple[str, Period], Cell],
    mores: Mapping[tuple[str, Period], Mores],
    sheet: Sheet,
) -> Markup:
    pills = [_pill(cells.get((unit.code, quarter)), sheet) for quarter in quarters]
    own = mores.get((unit.code, sheet.quarter), Mores())
    return element("tr", element("th", unit.name, scope="row"), *pills, *_counts(unit.code, own, sheet))


def _pill(cell: Cell | None, sheet: Sheet) -> Markup:
    if cell is None:
        return element("td", "—", class_="none")
    unit, obligation, period = cell.key
    href = sheet.link(unit=unit, obligation=obligation, period=period)
    link = element("a", pill_content(cell), class_="pill", href=href, aria_label=label_of(cell))
    return element("td", link, **cell_data(cell))


def _counts(unit: str, mores: Mores, sheet: Sheet) -> list[Markup]:
    """Checks and what came of them; each number leads to the checks that it counts."""
    numbers = (mores.checks, mores.pictures, mores.letters, mores.bulletins, mores.hazards)
    anchor = {"of": unit} if unit else {"of": "all"}
    return [
        element("td", element("a", str(number), href=sheet.link(**anchor)) if number else "0", class_="count")
        for number in numbers
    ]


def calendar_markup(
    checks: Sequence[Check], periods: Iterable[tuple[str, date, date]], sheet: Sheet
) -> Markup:
    """Write the quarter's three months; a day with checks says how many and leads to them."""
    counts: dict[date, int] = {}
    for check in checks:
        counts[check.record.occurred_on] = counts.get(check.record.occurred_on, 0) + 1
    marked = {day: name for name, first, last in periods for day in _days(first, last)}
    first = sheet.quarter.start.month
    months = [_month(sheet.quarter.year, month, counts, marked, sheet) for month in range(first, first + 3)]
    return element("div", *months, class_="months")


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=place) for place in range((last - first).days + 1)]


def _month(
    year: int, month: int, counts: Mapping[date, int], marked: Mapping[date, str], sheet: Sheet
) -> Markup:
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    rows = [
        element(
            "tr",
            *(
                _day(day, counts.get(day, 0), marked.get(day, ""), sheet)
                if day.month == month
                else element("td")
                for day in week
            ),
        )
        for week in weeks
    ]
    return element(
        "table",
        element("caption", f"{month}月"),
        element("thead", element("tr", *(element("th", each, scope="col") for each in _WEEK))),
        element("tbody", *rows),
        class_="month",
    )


def _day(day: date, count: int, mark: str, sheet: Sheet) -> Markup:
    if count:
        label = f"{day.isoformat()}，{count} 次暗查暗访"
        inside = element(
            "a",
            str(day.day),
            element("b", str(count)),
            href=sheet.link(day=day.isoformat()),
            aria_label=label,
        )
    else:
        inside = element("span", str(day.day))
    kinds = " ".join(
        filter(None, ("held" if count else "", "" if is_working(day) else "off", "key" if mark else ""))
    )
    return element("td", inside, class_=kinds or None, title=mark or None)


def checks_markup(checks: Sequence[Check], pictures: Mapping[str, int], sheet: Sheet) -> Markup:
    """Write checks as a list: when, who, where, who took part, what was found."""
    heads = ("日期", "单位", "暗查暗访", "参加", "隐患", "照片")
    rows = [_check(check, pictures, sheet) for check in checks]
    return element(
        "table",
        element("caption", "暗查暗访清单", class_="unseen"),
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *rows),
        class_="plain hazards",
    )


def _check(check: Check, pictures: Mapping[str, int], sheet: Sheet) -> Markup:
    record = check.record
    title = element(
        "a", record.title or "（无标题）", href=link_to("records", {"record": str(record.record_id)})
    )
    taken = sum(
        pictures.get(number, 0) for number in (str(record.record_id), *(c.hazard.code for c in check.cases))
    )
    hazards = [
        element("a", case.hazard.code, href=link_to("hazards", {"hazard": case.hazard.code}), class_="chip")
        for case in check.cases
    ]
    found = join(*hazards) if hazards else join("—")
    return element(
        "tr",
        element("td", record.occurred_on.isoformat(), class_="day"),
        element("td", sheet.names.get(record.unit, record.unit)),
        element("td", title),
        element("td", check.party.words or "—"),
        element("td", found),
        element("td", str(taken)),
        data_check=record.record_id,
    )


def gallery_markup(pictures: Sequence[tuple[Check, Attachment]], sheet: Sheet) -> Markup:
    """Write photographs as a gallery, each with where it was taken."""
    return element(
        "div",
        element("div", *(_figure(check, each, sheet) for check, each in pictures), class_="gallery"),
        class_="anze-files",
    )


def _figure(check: Check, each: Attachment, sheet: Sheet) -> Markup:
    record = check.record
    unit = sheet.names.get(record.unit, record.unit)
    image = element("img", src=image_address(each), alt=f"{record.title} {each.note}", loading="lazy")
    link = element("a", image, href=image_address(each), target="_blank", rel="noopener")
    beside = element("small", f"{unit} {record.occurred_on} {each.note}")
    return element("figure", link, element("figcaption", element("span", record.title), beside))
