"""“一件事” chains (notice, 二（二）2): each matter as links, each with its department."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from core.domain.labels import Labelled

EVENT: Final = "one_matter"
NAME_LIMIT, DOCUMENT_LIMIT = 40, 200


class Chain(Labelled):
    """The six matters that the notice names."""

    GAS = "gas", "燃气"
    HOT_WORK = "hot_work", "人员密集场所动火作业"
    BICYCLES = "bicycles", "电动自行车"
    CHARGING = "charging", "新能源汽车充电基础设施"
    INSULATION = "insulation", "保温材料"
    GRASSROOTS = "grassroots", "基层消防安全"


class Gap(Labelled):
    """How a link stands."""

    NO_DEPARTMENT = "no_department", "未明确部门"
    UNSETTLED = "unsettled", "待厘清"
    SETTLED = "settled", "已厘清"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain; `settled_on` is the day its responsibility was made clear, by which document.

    `record_no` is the record of it; a link that is not `kept` was taken out by the office.
    """

    code: str
    chain: Chain
    name: str
    department: str = ""
    sort_no: int = 0
    settled_on: date | None = None
    document: str = ""
    record_no: int = 0
    kept: bool = True

    @property
    def key(self) -> tuple[str, str]:
        """The natural key: chain and name."""
        return self.chain.value, self.name

    def gap(self, as_of: date) -> Gap:
        """How the link stood on a day."""
        if not self.department:
            return Gap.NO_DEPARTMENT
        settled = self.settled_on is not None and self.settled_on <= as_of
        return Gap.SETTLED if settled else Gap.UNSETTLED


STARTING: Mapping[Chain, tuple[str, ...]] = {
    Chain.GAS: ("生产储配", "充装", "运输配送", "销售经营", "用户使用", "燃气具和配件", "管网建设维护"),
    Chain.HOT_WORK: ("作业单位管理", "作业人员资格", "审批报备", "现场监护", "场所日常管理", "违规处置"),
    Chain.BICYCLES: ("生产", "销售", "登记上牌", "停放充电", "维修改装", "路面通行", "报废回收"),
    Chain.CHARGING: ("规划布局", "产品质量", "施工验收", "运营维护", "供电保障", "消防管理"),
    Chain.INSULATION: ("生产", "流通销售", "设计审查", "施工使用", "竣工验收", "存量整治"),
    Chain.GRASSROOTS: ("乡镇街道", "村居社区", "九小场所", "居民住宅", "物业服务", "微型消防站"),
}
"""The links to begin with; the office edits them."""


def links_from(own: Iterable[Link]) -> list[Link]:
    """Every link, chain by chain in order: those to begin with, under what the office or a department set."""
    every = {each.code: each for each in starting_links()}
    every |= {each.code: each for each in own}
    chains = list(Chain)
    kept = [each for each in every.values() if each.kept]
    return sorted(kept, key=lambda each: (chains.index(each.chain), each.sort_no, each.code))


def starting_links() -> list[Link]:
    """The links to begin with, none of them with a department yet."""
    return [
        Link(f"{chain.value}.{place}", chain, name, sort_no=place * 10)
        for chain, names in STARTING.items()
        for place, name in enumerate(names, start=1)
    ]


def settled(link: Link, on: date, document: str, record_no: int) -> Link:
    """The link, its responsibility made clear."""
    return replace(link, settled_on=on, document=document, record_no=record_no)


def unsettled(link: Link) -> Link:
    """The link with its responsibility open again, such as after another department took it over."""
    return replace(link, settled_on=None, document="", record_no=0)


def link_faults(link: Link, today: date) -> Iterator[tuple[str, str]]:
    """What keeps a link from being taken from a file: column and reason."""
    if link.settled_on is None:
        if link.document:
            yield "settled_on", "填写了依据，须同时填写厘清日期。"
        return
    if not link.department:
        yield "department", "厘清监管责任须先明确责任部门。"
    if not link.document:
        yield "document", "请填写依据的文件或会议纪要。"
    if link.settled_on > today:
        yield "settled_on", f"厘清日期 {link.settled_on} 晚于今天（{today}）。"


def title_of_settling(link: Link) -> str:
    """The title of the record that a settling leaves in the ledger."""
    return f"厘清{link.chain.label}“一件事”{link.name}环节监管责任"
