"""Registers of enterprises as markup: shares by industry, lists, what visits found; every name leads on."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from core.domain.cells import Status, percent
from core.domain.enterprises import NINE, SIX, industry_label
from core.services.enterprise_stories import CheckedEnterprise, labels_of
from core.services.enterprises import Beside, EnterpriseLine, Share, ShareRow
from core.ui.html import Markup, element, join, link_to

NINE_HEADS = tuple(duty.label for duty in NINE)
SIX_HEADS = tuple(once.duty.label for once in SIX)
_BLANK = join()
Kept = Mapping[str, str]
"""The address parameters that links carry on."""


def table(caption: str, heads: Sequence[str], rows: Iterable[Markup], kind: str = "") -> Markup:
    """Write a table; wide ones may be scrolled within their own frame."""
    named = [element("th", each, scope="col") for each in heads]
    head = element("thead", element("tr", *named))
    written = element(
        "table",
        element("caption", caption, class_="unseen"),
        head,
        element("tbody", *rows),
        class_=f"plain {kind}".strip(),
    )
    return element("div", written, class_="quota-wrap", tabindex=0, role="region", aria_label=caption)


def shares_markup(
    caption: str, head: str, heads: Sequence[str], rows: Iterable[ShareRow], link: Callable[[str], str]
) -> Markup:
    """Write shares as fractions and per cents, a line an industry or locality; its name leads to its list."""
    lines = [
        element(
            "tr",
            element("th", element("a", row.name, href=link(row.code)), scope="row"),
            *(element("td", _share(share), class_="share") for share in row.shares),
        )
        for row in rows
    ]
    return table(caption, (head, *heads), lines, "shares")


def _share(share: Share) -> Markup:
    rate = share.done / share.total if share.total else None
    bar = element("span", class_="bar", style=f"width:{min(1.0, rate or 0.0) * 100:.1f}%")
    full = bool(share.total) and share.done >= share.total
    glyph = element("b", "✓", aria_hidden="true") if full else _BLANK
    said = element("span", glyph, f"{share.done}/{share.total}", element("small", percent(rate)))
    return element("div", bar, said, class_="track full" if full else "track")


def beside_markup(beside: Iterable[Beside], names: Mapping[str, str]) -> Markup:
    """Write what was reported last and what the register says instead."""
    rows = [
        element(
            "tr",
            element("td", names.get(each.locality, each.locality)),
            element("td", each.obligation.short, element("small", each.period.short_label)),
            element(
                "td",
                f"{each.reported.value}/{each.reported.total}",
                element("small", f"{each.reported.occurred_on}"),
            ),
            element(
                "td",
                f"{each.register.value}/{each.register.total}",
                element("small", f"{each.register.occurred_on}"),
            ),
            element("td", _gap(each)),
        )
        for each in beside
    ]
    heads = ("属地", "事项", "最近报数", "名册统计（计入状态）", "差")
    return table("报数与名册的差异", heads, rows)


def _gap(each: Beside) -> str:
    gaps = (
        ("覆盖", each.register.value - each.reported.value),
        ("总数", each.register.total - each.reported.total),
    )
    return "，".join(f"{word} {number:+d}" for word, number in gaps if number)


def list_markup(lines: Iterable[EnterpriseLine], names: Mapping[str, str], kept: Kept) -> Markup:
    """Write a list of enterprises with the nine ones of the period; each opens its page."""
    rows = [_line(line, names, kept) for line in lines]
    return table("企业名册", ("企业", "属地", "行业", *NINE_HEADS), rows, "enterprises")


def _line(line: EnterpriseLine, names: Mapping[str, str], kept: Kept) -> Markup:
    each = line.enterprise
    link = element("a", each.name, href=link_to("", {**kept, "enterprise": each.code}))
    risk = element("span", "高危", class_="mark") if each.high_risk else _BLANK
    return element(
        "tr",
        element("th", link, element("small", each.code), scope="row"),
        element("td", names.get(each.locality, each.locality)),
        element("td", industry_label(each.industry), risk),
        *(_tick(duty.label, line.nine.get(duty)) for duty in NINE),
        data_enterprise=each.code,
    )


def _tick(label: str, day: object) -> Markup:
    said = f"{label} {day}" if day else f"{label} 本期没有登记"
    status = Status.MET if day else Status.NOT_STARTED
    sign = element(
        "span",
        "✓" if day else "·",
        class_="tick",
        data_status=status.value,
        data_duty=label,
        role="img",
        aria_label=said,
    )
    return element("td", sign, title=said)


def checks_markup(checks: Iterable[CheckedEnterprise], names: Mapping[str, str], kept: Kept) -> Markup:
    """Write what visits found, the differences from the register beside it."""
    rows = [_check(each, names, kept) for each in checks]
    heads = ("日期", "企业", "检查", "属实", "不属实", "与登记不一致")
    return table("四个必查登记", heads, rows, "checks")


def _check(each: CheckedEnterprise, names: Mapping[str, str], kept: Kept) -> Markup:
    check, enterprise = each.check, each.enterprise
    link = element("a", enterprise.name, href=link_to("", {**kept, "enterprise": enterprise.code}))
    where = f"{names.get(enterprise.locality, enterprise.locality)} · {industry_label(enterprise.industry)}"
    return element(
        "tr",
        element("td", f"{check.checked_on}", class_="day"),
        element("td", link, element("small", where)),
        element("td", check.visit.label, element("small", check.checked_by)),
        element("td", labels_of(check.found_true) or "—"),
        element("td", labels_of(check.found_false) or "—"),
        element("td", gaps_markup(each), element("small", check.note) if check.note else _BLANK),
        data_check=enterprise.code,
    )


def gaps_markup(each: CheckedEnterprise) -> Markup:
    """Write how a visit differs from the register; — where it does not."""
    if not each.differences:
        return join("—")
    return join(
        *(
            element("span", f"{gap.duty.label} {gap.gap.label}", class_=f"gap {gap.gap.value}")
            for gap in each.differences
        )
    )
