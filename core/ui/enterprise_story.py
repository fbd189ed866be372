"""One enterprise as markup: who it is, the nine and the six of the period, insurance, visits, its history."""

from collections.abc import Iterable, Mapping
from datetime import date

from core.charts import PALETTE
from core.config import local_moment
from core.domain.enterprises import Done, industry_label
from core.domain.sentences import days_phrase
from core.services.enterprise_stories import CheckedEnterprise, EnterpriseStory, Standing, labels_of
from core.services.journalling import ACTIONS
from core.ui.enterprise_markup import gaps_markup, table
from core.ui.html import Markup, element, join

_BLANK = join()
_NEWEST = 60
"""How many lines of its history are shown."""


def facts_markup(story: EnterpriseStory, names: Mapping[str, str]) -> Markup:
    """Write who the enterprise is."""
    each = story.enterprise
    facts = (
        ("编码", each.code),
        ("属地", names.get(each.locality, each.locality)),
        ("行业", industry_label(each.industry) + ("（高危）" if each.high_risk else "")),
        ("从业人数", "未登记" if each.staff is None else f"{each.staff} 人"),
        ("启用日期", f"{each.active_from}" if each.active_from else ""),
        ("停用日期", f"{each.active_until}" if each.active_until else ""),
    )
    told = [join(element("dt", word), element("dd", said)) for word, said in facts if said]
    return element("div", element("dl", *told, class_="facts"), class_="anze-lists")


def standing_markup(caption: str, standing: Iterable[Standing], as_of: date) -> Markup:
    """Write duties with their period, their state and the days on which they were done."""
    rows = [_standing(each, as_of) for each in standing]
    return _shown(table(caption, ("事项", "周期", "情况", "本期日期"), rows, "standing"))


def _shown(markup: Markup) -> Markup:
    return element("div", markup, class_="anze-links")


def _standing(each: Standing, as_of: date) -> Markup:
    status = each.status(as_of)
    last = each.due or each.period.end
    left = "" if each.days or as_of > last else days_phrase((last - as_of).days)
    glyph = PALETTE[status].glyph
    pill = element(
        "span",
        element("span", glyph[:1], class_="glyph", aria_hidden="true", data_word=glyph[1:] or None),
        status.label,
        class_="pill",
        data_status=status.value,
    )
    when = f"{each.due.month}月{each.due.day}日前" if each.due else each.period.short_label
    return element(
        "tr",
        element("th", each.title, scope="row", title=each.quote),
        element("td", when),
        element("td", pill, element("small", left) if left else _BLANK),
        element("td", _days(each)),
        data_duty=each.duty.value,
    )


def _days(each: Standing) -> Markup:
    before = f"上次 {each.earlier[-1]}" if each.earlier else ""
    said = "、".join(f"{day}" for day in each.days) or "—"
    return join(said, element("small", before) if before else _BLANK)


def insurance_history_markup(policies: Iterable[Done], as_of: date) -> Markup:
    """Write the insurances, the newest last."""
    items = [
        element("li", f"{each.on} 至 {each.until}", element("small", _policy_state(each, as_of)))
        for each in policies
    ]
    if not items:
        return element("p", "没有登记安责险。", class_="nothing")
    return element("div", element("ul", *items, class_="policies"), class_="anze-lists")


def _policy_state(each: Done, as_of: date) -> str:
    if each.until and each.until < as_of:
        return "已到期"
    return "在保" if each.on <= as_of else "未起保"


def _small(text: str) -> Markup:
    return element("small", text) if text else _BLANK


def visits_markup(story: EnterpriseStory) -> Markup:
    """Write the visits at this enterprise."""
    own = [
        CheckedEnterprise(story.enterprise, check, tuple(g for g in story.differences if g.check == check))
        for check in story.checks
    ]
    rows = [
        element(
            "tr",
            element("td", f"{each.check.checked_on}", class_="day"),
            element("td", each.check.visit.label, element("small", each.check.checked_by)),
            element("td", labels_of(each.check.found_true) or "—"),
            element("td", labels_of(each.check.found_false) or "—"),
            element(
                "td", gaps_markup(each), element("small", each.check.note) if each.check.note else _BLANK
            ),
        )
        for each in own
    ]
    heads = ("日期", "检查", "属实", "不属实", "与登记不一致")
    return _shown(table("检查情况", heads, rows, "checks"))


def history_markup(story: EnterpriseStory) -> Markup:
    """Write what was ever done to the entry: when, by whom, why."""
    rows = [
        element(
            "tr",
            element("td", f"{local_moment(each.at):%Y-%m-%d %H:%M}", class_="day"),
            element("td", story.people.get(each.person, each.person)),
            element(
                "td",
                ACTIONS.get(each.action, each.action),
                element("small", each.reason) if each.reason else _BLANK,
            ),
            element("td", each.what),
        )
        for each in story.history[:_NEWEST]
    ]
    return _shown(table("登记过程", ("时间", "人员", "操作", "内容"), rows, "history"))
