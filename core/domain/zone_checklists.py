"""The checklist that every office starts with, in the words of the notice's 二（三）."""

from collections.abc import Iterable, Mapping

from core.domain.zone_work import ChecklistItem
from core.domain.zones import Area

_STARTING: Mapping[Area, tuple[tuple[str, int], ...]] = {
    Area.DUTY: (
        ("制定“一区一策”规范化建设方案，明确目标任务，落实工作措施", 20),
        ("完善并落实党政领导班子成员安全生产职责清单和年度重点工作任务清单", 25),
        ("定期召开会议，研究解决安全生产重大问题", 20),
        ("落实领导干部包保督导检查制度，每季度至少开展1次检查", 20),
        ("督促企业建立健全主体责任落实“九个一”管理体系", 15),
    ),
    Area.SYSTEM: (
        ("健全完善安全生产委员会工作机制，完善工作规则", 30),
        ("优化调整安全生产专委会，细化完善工作细则", 25),
        ("健全完善工作会议、警示通报、约谈提醒、定期述职等制度", 25),
        ("明确承担安全生产工作的机构和责任人，增强运行实效", 20),
    ),
    Area.SUPPORT: (
        ("调整充实安全生产监管和执法人员，在编人员不少于3人（任务重的不少于5人）", 30),
        ("配备专兼职技术检查员", 20),
        ("保障安全生产经费投入，合理安排预算", 25),
        ("加强基层网格专职安全员队伍建设，保障业务培训、检查装备、个人待遇", 25),
    ),
    Area.ENFORCEMENT: (
        ("按照分类分级监管的要求，制定年度监督检查计划并严格实施", 25),
        ("定期组织联合执法，严厉打击安全生产非法违法行为", 25),
        ("每季度至少组织1次暗查暗访，推动问题隐患整改形成闭环", 25),
        ("委托有资质、有能力的技术服务机构参与隐患排查、执法检查", 25),
    ),
    Area.DIGITAL: (
        ("加强安全生产监管执法信息化建设，推进“互联网+安全监管执法”", 35),
        ("建立健全“线上”监管与“线下”现场执法协同机制", 35),
        ("鼓励企业使用安全平台、小程序完善履职情况记录管理", 30),
    ),
}


def starting_checklist() -> list[ChecklistItem]:
    """The items as delivered, area by area."""
    return [
        ChecklistItem(f"{area.value}-{number}", area, content, points, number * 10)
        for area, items in _STARTING.items()
        for number, (content, points) in enumerate(items, start=1)
    ]


def checklist_of(own: Iterable[ChecklistItem]) -> list[ChecklistItem]:
    """The items that hold: those delivered, over them what the office wrote; by area and place."""
    by_code = {each.code: each for each in starting_checklist()} | {each.code: each for each in own}
    order = list(Area)
    kept = [each for each in by_code.values() if each.kept]
    return sorted(kept, key=lambda each: (order.index(each.area), each.sort_no, each.code))
