"""部门 · “一件事”: every matter as a chain of links, its gaps, and the forms to set and to clarify a link."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from core.auth import Permission, may
from core.domain.cells import whole_percent
from core.domain.one_matters import Chain, Gap, Link
from core.domain.units import UnitKind
from core.errors import InputError
from core.services.looking_up import Lookup, look_up
from core.services.one_matters import (
    Settling,
    keep_link,
    links_for,
    links_table,
    remove_link,
    settle_link,
)
from core.ui.asking import Asked, last_day_of
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.downloads import table_downloads
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import Kpi, Tone, empty_state, kpis, section_head
from core.ui.html import Markup, element, join, link_to

_GLYPHS = {Gap.SETTLED: "✓", Gap.UNSETTLED: "○", Gap.NO_DEPARTMENT: "?"}
_NONE = "（未明确）"
Held = Sequence[tuple[Link, int]]


def draw_matters(page: Context, asked: Asked) -> None:
    """Draw figures, chains and forms."""
    lookup, day = look_up(page.store, page.actor), asked.question.as_of
    held = links_for(page.store, page.actor, asked.question)
    links = [link for link, _ in held]
    section_head("“一件事”全链条监管责任", "依据：通知二（二）2")
    _draw_figures(links, day)
    st.html(chains_markup(links, lookup.names.units, day))
    names = dict(lookup.names.units)
    table_downloads("下载本表", f"一件事-{day}", lambda: links_table(links, names, day))
    if day < page.today:
        return
    left, right = st.columns(2, gap="large")
    with left:
        _draw_settling(page, asked, held, lookup)
    if may(page.actor, Permission.SETTINGS):
        with right:
            _draw_keeping(page, held, lookup)


def _draw_figures(links: Sequence[Link], day: date) -> None:
    counts = {gap: sum(link.gap(day) == gap for link in links) for gap in Gap}
    rate = whole_percent(counts[Gap.SETTLED] / len(links) if links else None)
    whole = [
        chain for chain in Chain if all(link.gap(day) == Gap.SETTLED for link in links if link.chain == chain)
    ]
    kpis(
        [
            Kpi(rate, "环节厘清率", f"共 {len(links)} 个环节，已厘清 {counts[Gap.SETTLED]}"),
            Kpi(str(len(whole)), "全链条厘清", f"共 {len(Chain)} 件事"),
            Kpi(str(counts[Gap.UNSETTLED]), "待厘清", "已明确部门，尚未厘清", _warned(counts[Gap.UNSETTLED])),
            Kpi(
                str(counts[Gap.NO_DEPARTMENT]),
                "未明确部门",
                "还没有责任部门的环节",
                _warned(counts[Gap.NO_DEPARTMENT]),
            ),
        ]
    )


def _warned(count: int) -> Tone:
    return Tone.WARN if count else Tone.CALM


def chains_markup(links: Sequence[Link], names: Mapping[str, str], day: date) -> Markup:
    """Write every chain as an ordered list of its links."""
    return element("div", *(_chain(chain, links, names, day) for chain in Chain), class_="anze-chains")


def _chain(chain: Chain, links: Sequence[Link], names: Mapping[str, str], day: date) -> Markup:
    own = [link for link in links if link.chain == chain]
    if not own:
        return join()
    done = sum(link.gap(day) == Gap.SETTLED for link in own)
    head = element("h3", chain.label, element("small", f"已厘清 {done}/{len(own)}"))
    return element("section", head, element("ol", *(_link(link, names, day) for link in own)))


def _link(link: Link, names: Mapping[str, str], day: date) -> Markup:
    gap = link.gap(day)
    department = names.get(link.department, link.department) or "未明确责任部门"
    told = {
        Gap.SETTLED: f"{link.settled_on}　{link.document}",
        Gap.UNSETTLED: gap.label,
        Gap.NO_DEPARTMENT: "请安委办明确",
    }[gap]
    record = (
        element("a", "查看记录", href=link_to("records", {"record": str(link.record_no)}))
        if gap == Gap.SETTLED and link.record_no
        else join()
    )
    return element(
        "li",
        element("b", f"{_GLYPHS[gap]} {link.name}"),
        element("span", department),
        element("small", told),
        record,
        data_gap=gap.value,
    )


# Clarify ---------------------------------------------------------------------------------------------------


def _draw_settling(page: Context, asked: Asked, held: Held, lookup: Lookup) -> None:
    section_head("厘清一个环节", "保存后同时记入台账")
    waiting = {
        link.code: (link, seen)
        for link, seen in held
        if link.department and not link.settled_on and may(page.actor, Permission.ENTER, link.department)
    }
    if not waiting:
        empty_state("没有待厘清的环节", "已明确部门的环节都已厘清，或不由您办理。")
        return
    code = st.selectbox(
        "环节",
        list(waiting),
        index=None,
        placeholder="请选择",
        format_func=lambda code: _titled(waiting[code][0], lookup),
        key="settle_which",
    )
    if code not in waiting:
        return
    form = desk_form(f"settle:{code}", waiting[code][1])
    today = last_day_of(page, asked)
    bounds = (date(asked.question.year, 1, 1), max(today, date(asked.question.year, 1, 1)))
    fields = form.fields(
        Field("occurred_on", "厘清日期", Kind.DAY, min(today, bounds[1]), within=bounds, needed=True),
        Field("document", "依据的文件或会议纪要", needed=True, wide=True),
    )
    draw_fields(fields, form.faults)
    for name in {"", *form.faults} - {"occurred_on", "document"}:
        say_fault(form.faults, name)
    st.caption("文件可在台账中作为这条记录的附件上传。")
    arguments = (page, form, form.operation, fields, (code, today))
    st.button("确认厘清", type="primary", key=form.key("save"), on_click=_settle, args=arguments)


def _titled(link: Link, lookup: Lookup) -> str:
    department = lookup.names.units.get(link.department, link.department)
    return f"{link.chain.label} · {link.name}（{department or '未明确'}）"


def _settle(page: Context, form: DeskForm, operation: str, fields: FieldSet, what: tuple[str, date]) -> None:
    def step() -> Link:
        on = fields.value("occurred_on")
        if not isinstance(on, date):
            raise InputError("请填写日期。", "occurred_on")
        settling = Settling(what[0], on, fields.text("document"))
        return settle_link(page.store, page.actor, settling, form.press, today=what[1], now=page.now)

    carry_out(form, operation, step, lambda link: f"已厘清：{link.chain.label} · {link.name}，并记入台账。")


# Set links -------------------------------------------------------------------------------------------------


def _draw_keeping(page: Context, held: Held, lookup: Lookup) -> None:
    section_head("设置环节", "换了责任部门的环节须重新厘清")
    known = {link.code: (link, seen) for link, seen in held}
    titles = {"": "（新增环节）", **{code: _titled(link, lookup) for code, (link, _) in known.items()}}
    code = st.selectbox(
        "要设置的环节",
        list(titles),
        index=None,
        placeholder="请选择",
        format_func=lambda code: titles[code],
        key="link_which",
    )
    if code is None:
        return
    link, seen = known.get(code, (Link("", Chain.GAS, "", sort_no=100), 0))
    form = desk_form(f"link:{code}", seen)
    chains = {chain.label: chain.value for chain in Chain}
    departments = {u.name: u.code for u in lookup.units if u.kind == UnitKind.DEPARTMENT}
    fields = form.fields(
        *([] if code else [Field("chain", "一件事", Kind.CHOICE, link.chain.value, choices=chains)]),
        Field("name", "环节名称", start=link.name, needed=True),
        Field("department", "责任部门", Kind.CHOICE, link.department, choices={_NONE: "", **departments}),
        Field("sort_no", "顺序（小的在前）", Kind.COUNT, str(link.sort_no)),
    )
    draw_fields(fields, form.faults)
    say_fault(form.faults, "")
    with st.container(horizontal=True):
        arguments = (page, form, form.operation, fields, link)
        st.button("保存环节", key=form.key("save"), on_click=_keep, args=arguments)
        if code:
            st.button("取消环节", key=form.key("out"), on_click=_remove, args=arguments)


def _keep(page: Context, form: DeskForm, operation: str, fields: FieldSet, link: Link) -> None:
    def step() -> Link:
        chain = Chain.parse(fields.text("chain")) or link.chain
        wanted = Link(
            link.code,
            chain,
            fields.text("name"),
            fields.text("department"),
            fields.count("sort_no") or 0,
        )
        return keep_link(page.store, page.actor, wanted, form.press, now=page.now)

    carry_out(form, operation, step, lambda kept: f"环节“{kept.name}”已保存。")


def _remove(page: Context, form: DeskForm, operation: str, _fields: FieldSet, link: Link) -> None:
    carry_out(
        form,
        operation,
        lambda: remove_link(page.store, page.actor, link.code, form.press, now=page.now),
        lambda _: f"环节“{link.name}”已取消。",
    )
