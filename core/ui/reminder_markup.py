"""Reminders as markup: who is to be reminded of how much, the dry run, what was sent, the addresses."""

from collections.abc import Iterable, Mapping, Sequence

from core.config import local_moment
from core.domain.addresses import Address
from core.domain.messages import Message, MessageState
from core.domain.reminders import GRAVEST_FIRST, Thing
from core.services.reminding import Digest
from core.ui.html import Markup, element

_NARROW = 2
"""A table of so many columns fits a phone; a wider one is pushed aside there within its own frame."""
_TONES = {
    MessageState.WAITING: "waiting",
    MessageState.SENDING: "open",
    MessageState.SENT: "closed",
    MessageState.COPIED: "closed",
    MessageState.DROPPED: "checking",
}


def owed_markup(digests: Sequence[Digest]) -> Markup:
    """Write who is to be reminded, and of how much at each level."""
    rows = [
        element("tr", element("th", each.name, scope="row"), element("td", levels_told(each.things)))
        for each in digests
    ]
    return _table("待提醒单位", ("单位", "事项"), rows)


def levels_told(things: Iterable[Thing]) -> str:
    """How many things there are at each level: 逾期未完成 2，临近到期 5."""
    counts = [(level, sum(each.level == level for each in things)) for level in GRAVEST_FIRST]
    return "，".join(f"{level.label} {count}" for level, count in counts if count)


def planned_markup(planned: Sequence[Digest]) -> Markup:
    """Write what a dry run found: what would go to whom."""
    rows = [
        element(
            "tr",
            element("th", each.name, scope="row"),
            element("td", each.where, translate="no"),
            element("td", levels_told(each.things)),
            element("td", f"{each.parts} 条"),
        )
        for each in planned
    ]
    return _table("试运行结果", ("发送给", "地址", "事项", "消息"), rows)


def messages_markup(messages: Sequence[tuple[str, Message]]) -> Markup:
    """Write what was sent or tried, the newest first."""
    return _table(
        "发送情况", ("编号", "时间", "发送给", "事项", "状态", "说明"), [_message(*each) for each in messages]
    )


def _message(name: str, message: Message) -> Markup:
    tried = f"已试 {message.tries} 次：{message.last_error}" if message.last_error else ""
    return element(
        "tr",
        element("td", str(message.message_id)),
        element("td", f"{local_moment(message.made_at):%Y-%m-%d %H:%M}", class_="day"),
        element("td", name),
        element("td", f"{message.things} 项"),
        element("td", element("span", message.state.label, class_=f"stage {_TONES[message.state]}")),
        element("td", tried, class_="why", translate="no"),
    )


def addresses_markup(addresses: Sequence[Address], names: Mapping[str, str]) -> Markup:
    """Write the addresses, of webhooks only what may be shown."""
    rows = [
        element(
            "tr",
            element("th", each.name, scope="row"),
            element("td", each.channel.label),
            element("td", each.shown, translate="no"),
            element("td", "、".join(names.get(unit, unit) for unit in each.units) or "全部单位"),
            element("td", "启用" if each.active else "停用"),
        )
        for each in addresses
    ]
    return _table("发送地址", ("名称", "渠道", "地址", "单位", "状态"), rows)


def _table(caption: str, heads: Sequence[str], rows: Sequence[Markup]) -> Markup:
    table = element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *rows),
        class_="plain reminders wide" if len(heads) > _NARROW else "plain reminders",
    )
    return element(
        "div", table, class_="anze-lists reminders-wrap", tabindex="0", role="region", aria_label=caption
    )
