"""提醒: what units are to be told, as text to copy; what would go to which address; what was sent."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import streamlit as st

from core.errors import SupervisionError
from core.services.delivering import send_reminders
from core.services.reminding import Digest, digests_to_copy, mark_copied, plan_reminders, reminder_messages
from core.ui.asking import Asked, last_day_of
from core.ui.calendar_desk import draw_calendar
from core.ui.context import Context
from core.ui.copying import draw_copying
from core.ui.frame import Kpi, Tone, banner, empty_state, kpis, section_head
from core.ui.page import as_text
from core.ui.reminder_markup import messages_markup, owed_markup, planned_markup
from core.ui.reminder_settings_desk import draw_reminder_settings
from core.ui.saying import say_once

_SAID, _SHOWN = "reminder_said", 30
_GROUPS = (
    ("逾期未完成", ("missed",), Tone.BAD),
    ("隐患整改逾期", ("hazard_late",), Tone.BAD),
    ("督办逾期未回复", ("reply_late",), Tone.BAD),
    ("临近到期", ("soon", "last", "hazard_soon", "reply_soon"), Tone.WARN),
)


def draw_reminders(page: Context, asked: Asked) -> None:
    """Draw the whole desk."""
    day = last_day_of(page, asked)
    _say()
    if asked.question.as_of < page.today:
        empty_state("正在查看过去的日期", "提醒按今天的情况发出。", "请把截至日期改回今天。")
        return
    _draw_owed(page, asked, digests_to_copy(page.store, page.actor, day), day)
    _draw_sending(page, day)
    _draw_messages(page)
    draw_reminder_settings(page)


def _say() -> None:
    said = st.session_state.pop(_SAID, [])
    say_once(others=[("success" if good else "warning", each) for good, each in said])


def _draw_owed(page: Context, asked: Asked, digests: Sequence[Digest], day: date) -> None:
    section_head("待提醒", "尚未转发过的事项，每项每级只提醒一次")
    things = [each for digest in digests for each in digest.things]
    counts = [(label, sum(each.level in levels for each in things), tone) for label, levels, tone in _GROUPS]
    kpis([Kpi(f"{n} 项", label, "", tone if n else Tone.CALM) for label, n, tone in counts])
    if not digests:
        empty_state("没有待提醒的事项", "到期、逾期的事项都已提醒过，或者还没有到提醒的时候。")
        return
    with st.expander(f"查看 {len(digests)} 个单位"):
        st.html(owed_markup(digests))
    by_recipient = {each.recipient: each for each in digests}
    chosen = st.selectbox(
        "选择单位",
        list(by_recipient),
        format_func=lambda recipient: by_recipient[recipient].name,
        key="reminder_unit",
    )
    digest = by_recipient.get(chosen or "", digests[0])
    draw_copying(digest.text, key=f"copying_{digest.recipient}")
    unit = digest.recipient.removeprefix("copy:")
    st.button("标为已转发", icon=":material/done_all:", on_click=_copied, args=(page, digest, unit, day))
    draw_calendar(page, asked.question, unit)


def _copied(page: Context, digest: Digest, unit: str, day: date) -> None:
    seen = {each.key for each in digest.things}
    with _refusals_told():
        count = mark_copied(page.store, page.actor, unit, seen, today=day, now=page.now)
        _answer(f"{digest.name}的 {count} 项已标为转发。" if count else "这些事项此前已经标为转发。")


def _draw_sending(page: Context, day: date) -> None:
    section_head("发送到群和邮箱", "只发给下方设置的地址；默认不发送")
    held, planned = plan_reminders(page.store, page.actor, today=day, now=page.now)
    if held:
        banner(held, Tone.WARN)
    with st.container(horizontal=True, vertical_alignment="center"):
        trying = st.toggle("试运行（只看不发）", key="reminder_trial")
        st.button("发送", type="primary", disabled=bool(held), on_click=_send, args=(page, day))
    if trying:
        _draw_trial(planned)


def _draw_trial(planned: Sequence[Digest]) -> None:
    if not planned:
        empty_state("没有将要发送的提醒", "没有启用的发送地址，或者该发的都已发过。")
        return
    st.html(planned_markup(planned))
    for each in planned:
        with st.expander(as_text(f"发给{each.name}的内容")):
            st.text(each.text)


def _send(page: Context, day: date) -> None:
    with _refusals_told():
        outcome = send_reminders(page.store, page.actor, today=day, now=page.now)
        failures = "；".join(f"{name}：{said}" for name, said in outcome.failures)
        _answer(f"{outcome}。{failures}", good=not outcome.failures and not outcome.held)


def _draw_messages(page: Context) -> None:
    messages = reminder_messages(page.store, page.actor, _SHOWN)
    if messages:
        section_head("发送情况", f"最近 {len(messages)} 条；未送达的下次发送时再试")
        st.html(messages_markup(messages))


@contextmanager
def _refusals_told() -> Iterator[None]:
    """Say a refusal at the top of the next drawing."""
    try:
        yield
    except SupervisionError as error:
        _answer(str(error), good=False)


def _answer(said: str, *, good: bool = True) -> None:
    st.session_state[_SAID] = [(good, said)]
