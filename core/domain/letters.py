"""Letters to one unit: what is overdue, with the clause and the notice's own words, and by when to reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.bulletins import OFFICE_NAME
from core.domain.hazards import Case
from core.domain.measures import Rung
from core.domain.papers import NUMBER_TO_COME, Block, Grid, Heading, Layout, Paper, PaperKind, Paragraph
from core.domain.sentences import day_in_prose
from core.errors import InputError

KIND_OF_RUNG = {
    Rung.REMIND: PaperKind.REMIND,
    Rung.LETTER: PaperKind.LETTER,
    Rung.TALK: PaperKind.TALK,
    Rung.BULLETIN: PaperKind.NOTICE,
    Rung.EXPOSE: PaperKind.EXPOSE,
}
_TITLES = {
    PaperKind.REMIND: "关于落实安全生产有关事项的提醒函",
    PaperKind.LETTER: "关于抓紧落实安全生产有关事项的督促函",
    PaperKind.TALK: "关于安全生产约谈的通知",
    PaperKind.NOTICE: "关于安全生产有关事项未落实情况的通报",
    PaperKind.EXPOSE: "关于警示曝光安全生产问题的通知",
}
_OPENINGS = {
    PaperKind.REMIND: "经查，你单位下列事项未按《{notice}》（{number}）要求按期落实，特此提醒：",
    PaperKind.LETTER: "经查，你单位下列事项未按《{notice}》（{number}）要求按期落实，现予督促：",
    PaperKind.TALK: (
        "因下列事项未按《{notice}》（{number}）要求落实，经研究，决定对你单位主要负责人进行约谈。"
        "约谈时间、地点另行通知，请准备书面材料："
    ),
    PaperKind.NOTICE: "你单位下列事项未按《{notice}》（{number}）要求落实，现予通报：",
    PaperKind.EXPOSE: "你单位下列问题经督办仍未解决，按照《{notice}》（{number}）要求，予以警示曝光：",
}
_DEMANDS = {
    PaperKind.REMIND: "请高度重视，尽快补齐，并举一反三，防止再次逾期。",
    PaperKind.LETTER: "请立即明确责任人和完成时限，逐项整改到位。",
    PaperKind.TALK: "约谈后请制定整改措施，限期整改到位。",
    PaperKind.NOTICE: "请深刻剖析原因，认真整改，坚决防止类似情况再次发生。",
    PaperKind.EXPOSE: "请立即采取措施整改，整改结果向社会公开。",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing behind a letter: how it stood, and what the notice says of it, if it does."""

    title: str
    standing: str
    fell_due: date
    clause: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is written from; `number` is empty until the measure that it belongs to has one."""

    kind: PaperKind
    unit_name: str
    matters: Sequence[Matter]
    day: date
    notice: str
    notice_number: str
    content: str = ""
    reply_by: date | None = None
    number: str = ""
    sample: bool = False


def letter_of(facts: LetterFacts) -> Paper:
    """Write the letter.

    Raises:
        InputError: nothing stands behind it.
    """
    if not facts.matters:
        raise InputError(f"{facts.unit_name}目前没有未完成的事项或逾期隐患，无需发函。")
    opening = _OPENINGS[facts.kind].format(notice=facts.notice, number=facts.notice_number)
    blocks: list[Block] = [Paragraph(opening)]
    blocks += [_matter(number, each) for number, each in enumerate(facts.matters, 1)]
    blocks += [Paragraph(text) for text in (facts.content, _DEMANDS[facts.kind]) if text]
    if facts.reply_by:
        blocks.append(Paragraph(f"请于{day_in_prose(facts.reply_by)}前将办理情况书面回复市安委会办公室。"))
    return Paper(
        facts.kind,
        Layout.LETTER,
        _TITLES[facts.kind],
        tuple(blocks),
        facts.day,
        number=facts.number or NUMBER_TO_COME,
        addressee=facts.unit_name,
        issuer=OFFICE_NAME,
        draft=not facts.number,
        sample=facts.sample,
    )


def _matter(number: int, matter: Matter) -> Paragraph:
    source = f"通知{matter.clause}要求：“{matter.quote}”。" if matter.quote else ""
    due = f"应于{day_in_prose(matter.fell_due)}前完成。"
    standing = matter.standing.rstrip("。")
    return Paragraph(f"{number}.{matter.title}。{standing}。{due}{source}")


@dataclass(frozen=True, slots=True)
class HazardFacts:
    """What a notice about one hazard is written from; `number` is the document that the move names."""

    kind: PaperKind
    case: Case
    unit_name: str
    locality_name: str
    day: date
    due: date | None
    details: Sequence[tuple[str, str]]
    number: str = ""
    sample: bool = False


def hazard_notice_of(facts: HazardFacts) -> Paper:
    """Write 挂牌督办通知书 or 提级督办通知."""
    hazard = facts.case.hazard
    listing = facts.kind == PaperKind.LISTING
    verb = "挂牌督办" if listing else "提级督办"
    rows = [
        ("隐患编号", hazard.code),
        ("所在属地", facts.locality_name),
        ("地点或企业", hazard.place),
        ("问题描述", hazard.description),
        ("隐患等级", hazard.level.label),
        ("发现日期", day_in_prose(hazard.found_on)),
        ("整改期限", day_in_prose(facts.due) if facts.due else "另行确定"),
        *facts.details,
    ]
    blocks: list[Block] = [
        Paragraph(f"根据重大事故隐患政府挂牌督办制度和有关规定，决定对下列隐患实行{verb}："),
        Grid(("项目", "内容"), tuple((name, text) for name, text in rows if text), (24, 76)),
        Heading("有关要求"),
        Paragraph("1.落实整改责任、措施、资金、时限和预案，整改期间采取可靠的安全防范措施。"),
        Paragraph("2.按时报告整改进展；整改完成后书面申请验收，经现场验收合格后方可摘牌销号。"),
        Paragraph("3.对隐瞒不报以及逾期不整改或整改不到位的，公开曝光，从严查处。"),
    ]
    return Paper(
        facts.kind,
        Layout.LETTER,
        f"重大事故隐患{verb}通知书" if listing else f"隐患{verb}通知",
        tuple(blocks),
        facts.day,
        number=facts.number or NUMBER_TO_COME,
        addressee=facts.unit_name,
        issuer=OFFICE_NAME,
        draft=not facts.number,
        sample=facts.sample,
    )
