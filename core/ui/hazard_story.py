"""One hazard as markup: what was found, how it stands, its timeline, and photographs before and after."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.config import local_moment
from core.domain.attachments import Attachment
from core.domain.clocks import Ticking, ticking
from core.domain.hazards import LISTING_FIELDS, Case, Deed, Move
from core.domain.sentences import days_phrase
from core.services.hazard_photographs import AFTER, BEFORE
from core.services.hazards import HazardStory
from core.ui.attachment_markup import image_address
from core.ui.hazard_markup import marks_markup, stage_markup
from core.ui.html import Markup, element, join

_BLANK = join()
_DUE_WORDS: Mapping[Deed, str] = {
    Deed.EXTENSION_ASKED: "申请延至",
    Deed.EXTENSION_GRANTED: "延至",
}


def facts_markup(story: HazardStory, names: Mapping[str, str], as_of: date) -> Markup:
    """Write what was found and how it stands."""
    case = story.case
    hazard = case.hazard
    pairs = [
        ("问题描述", hazard.description),
        ("属地", names.get(hazard.locality, hazard.locality)),
        ("地点或企业", hazard.place),
        ("等级", hazard.level.label),
        ("发现", _found(case, names)),
        ("行业专委会", names.get(hazard.industry, hazard.industry)),
        ("责任单位", names.get(case.responsible, case.responsible)),
        ("整改期限", _due(case, as_of)),
    ]
    parts = [part for label, text in pairs if text for part in (element("dt", label), element("dd", text))]
    standing = element("p", stage_markup(case), marks_markup(case), class_="standing")
    clocks = [_clock(each, as_of) for each in ticking(case, story.clock_days)]
    shown = element("ul", *clocks, class_="clocks") if clocks else _BLANK
    facts = element("dl", *parts, class_="record")
    return element("div", standing, facts, shown, class_="anze-lists hazard-facts")


def _found(case: Case, names: Mapping[str, str]) -> str:
    by = names.get(case.hazard.found_by, case.hazard.found_by)
    return f"{case.hazard.found_on} {case.hazard.source_label}" + (f"（{by}）" if by else "")


def _due(case: Case, as_of: date) -> str:
    if case.course.due is None:
        return "尚未确定"
    left = case.days_left(as_of)
    if left is None:
        return f"{case.course.due}"
    return f"{case.course.due}（{f'逾期 {-left} 天' if left < 0 else days_phrase(left)}）"


def _clock(each: Ticking, as_of: date) -> Markup:
    late = each.late(as_of)
    said = f"{each.clock.label}：应于 {each.due} 前（工作日计，办公室设定）"
    return element("li", said + ("，已超期" if late else ""), class_="late" if late else None)


def timeline_markup(case: Case, names: Mapping[str, str], people: Mapping[str, str]) -> Markup:
    """Write every move, the newest first, with who, when and why."""
    items = [_move(move, names, people) for move in reversed(case.moves)]
    return element("div", element("ol", *items, class_="versions moves"), class_="anze-lists")


def _move(move: Move, names: Mapping[str, str], people: Mapping[str, str]) -> Markup:
    who = people.get(move.person, move.person) or "文件导入"
    entered = f"{who} {local_moment(move.at):%Y-%m-%d %H:%M} 录入" if move.at else who
    head = element("p", element("b", move.deed.label), f" {move.on} ", element("small", entered))
    lines = [element("p", line) for line in _lines(move, names)]
    return element("li", head, *lines, data_deed=move.deed.value)


def _lines(move: Move, names: Mapping[str, str]) -> list[str]:
    labels = dict(LISTING_FIELDS)
    lines = [
        f"责任单位：{names.get(move.unit, move.unit)}" if move.unit else "",
        f"{_DUE_WORDS.get(move.deed, '整改期限')}：{move.due}" if move.due else "",
        f"文件：{move.document}" if move.document else "",
        *(f"{labels.get(name, name)}：{text}" for name, text in move.detail),
        move.note,
    ]
    return [line for line in lines if line]


def pictures_markup(pictures: Sequence[Attachment]) -> Markup:
    """Write photographs side by side: before on the left, after on the right."""
    sides = [_side(side, [each for each in pictures if each.note == side]) for side in (BEFORE, AFTER)]
    return element("div", *sides, class_="sides anze-files")


def _side(side: str, pictures: Sequence[Attachment]) -> Markup:
    figures = [_figure(each) for each in pictures]
    shown = element("div", *figures, class_="gallery") if figures else element("p", "没有照片", class_="none")
    return element("section", element("h3", f"{side}（{len(pictures)}）"), shown)


def _figure(each: Attachment) -> Markup:
    image = element("img", src=image_address(each), alt=f"{each.note}：{each.file_name}", loading="lazy")
    link = element("a", image, href=image_address(each), target="_blank", rel="noopener")
    day = f"{local_moment(each.added_at):%Y-%m-%d}"
    return element("figure", link, element("figcaption", element("small", f"{each.file_name} {day}")))
