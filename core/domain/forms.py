"""The import form: which files there are, and their columns with English and Chinese names."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.enterprises import Duty
from core.domain.zones import Area


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a `needed` one must stand in the header and be filled in every row."""

    name: str
    label: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file."""

    kind: str
    label: str
    columns: tuple[Column, ...]

    def find(self, header: str) -> Column | None:
        """The column with this English or Chinese name."""
        return next((each for each in self.columns if header in (each.name, each.label)), None)


_RECORDS = (
    Column("unit", "单位", needed=True),
    Column("event", "事项", needed=True),
    Column("occurred_on", "日期", needed=True),
    Column("title", "标题"),
    Column("leader", "带队领导"),
    Column("led_by_first_director", "第一主任带队"),
    Column("reported_on", "报送日期"),
    Column("measure", "指标"),
    Column("value", "数值"),
    Column("total", "总数"),
    Column("note", "备注"),
)
_UNITS = (
    Column("code", "编码", needed=True),
    Column("kind", "类别", needed=True),
    Column("name", "名称", needed=True),
    Column("parent", "上级"),
    Column("county", "县市区"),
    Column("heavy_duty", "任务较重"),
    Column("lead_unit", "牵头单位"),
    Column("order", "排序"),
    Column("active_from", "启用日期"),
    Column("active_until", "停用日期"),
    Column("successor", "并入单位"),
)
_LEADERS = (
    Column("unit", "单位", needed=True),
    Column("name", "姓名", needed=True),
    Column("title", "职务"),
    Column("from", "起"),
    Column("until", "止"),
)
_ZONES = (
    Column("code", "编码", needed=True),
    Column("locality", "所属属地", needed=True),
    Column("name", "名称", needed=True),
    *(Column(area.value, area.label) for area in Area),
)
_HAZARDS = (
    Column("code", "编号", needed=True),
    Column("locality", "属地", needed=True),
    Column("place", "地点或企业"),
    Column("description", "问题描述", needed=True),
    Column("level", "等级"),
    Column("found_on", "发现日期", needed=True),
    Column("source", "来源"),
    Column("rectify_by", "整改期限"),
    Column("rectified_on", "整改日期"),
    Column("closed_on", "销号日期"),
    Column("listed_on", "挂牌日期"),
    Column("escalated_on", "提级日期"),
    Column("exposed_on", "曝光日期"),
    Column("unit", "责任单位"),
    Column("industry", "行业专委会"),
    Column("found_by", "发现单位"),
)
_ACTIONS = (
    Column("number", "文号", needed=True),
    Column("unit", "单位", needed=True),
    Column("rung", "措施", needed=True),
    Column("issued_on", "发出日期", needed=True),
    Column("reply_by", "回复期限"),
    Column("content", "督办内容", needed=True),
    Column("items", "督办事项", needed=True),
    Column("steps", "办理情况"),
    Column("raised_from", "升级自"),
)
_ENTERPRISES = (
    Column("code", "编码", needed=True),
    Column("name", "企业名称", needed=True),
    Column("locality", "属地", needed=True),
    Column("industry", "行业", needed=True),
    Column("high_risk", "高危"),
    Column("staff", "从业人数"),
    Column("active_from", "启用日期"),
    Column("active_until", "停用日期"),
)
_DUTIES = (
    Column("enterprise", "企业", needed=True),
    *(Column(duty.value, duty.label) for duty in Duty),
)
_SPOT_CHECKS = (
    Column("enterprise", "企业", needed=True),
    Column("checked_on", "检查日期", needed=True),
    Column("visit", "检查方式", needed=True),
    Column("checked_by", "检查人", needed=True),
    Column("found_true", "属实"),
    Column("found_false", "不属实"),
    Column("note", "备注"),
)
_TOWNS = (
    Column("code", "编码", needed=True),
    Column("locality", "所属属地", needed=True),
    Column("name", "名称", needed=True),
    Column("heavy_duty", "任务较重"),
    Column("active_from", "启用日期"),
    Column("active_until", "停用日期"),
)
_TOWN_STAFF = (
    Column("town", "乡镇街道", needed=True),
    Column("counted_on", "统计日期", needed=True),
    Column("staff", "在编人数", needed=True),
    Column("note", "备注"),
)
_INSPECTORS = (
    Column("locality", "属地", needed=True),
    Column("counted_on", "统计日期", needed=True),
    Column("full_time", "专职", needed=True),
    Column("part_time", "兼职", needed=True),
    Column("note", "备注"),
)
_MEMBERS = (
    Column("committee", "专委会", needed=True),
    Column("member", "成员单位", needed=True),
    Column("office", "责任科室"),
    Column("liaison", "联络员"),
    Column("phone", "电话"),
    Column("from", "起"),
    Column("until", "止"),
)
_EXEMPTIONS = (
    Column("unit", "单位", needed=True),
    Column("obligation", "考核事项", needed=True),
    Column("period", "周期", needed=True),
    Column("reason", "理由", needed=True),
)
_LINKS = (
    Column("chain", "一件事", needed=True),
    Column("name", "环节", needed=True),
    Column("department", "责任部门"),
    Column("order", "排序"),
    Column("settled_on", "厘清日期"),
    Column("document", "依据"),
)
_FINDINGS = (
    Column("surveyed_by", "摸底单位", needed=True),
    Column("surveyed_on", "排查日期", needed=True),
    Column("survey", "摸底标题"),
    Column("name", "业态", needed=True),
    Column("found_on", "发现日期", needed=True),
    Column("risk", "风险"),
    Column("department", "责任部门"),
    Column("settled_on", "界定日期"),
    Column("note", "备注"),
)
_ZONE_PLANS = (
    Column("zone", "功能区", needed=True),
    Column("drawn_on", "制定日期", needed=True),
    Column("content", "方案", needed=True),
    *(Column(f"{area.value}_by", f"{area.label}计划完成") for area in Area),
)
_EXPERIENCES = (
    Column("locality", "属地", needed=True),
    Column("noted_on", "总结日期", needed=True),
    Column("title", "标题", needed=True),
    Column("content", "主要做法", needed=True),
    Column("zone", "功能区"),
    Column("recorded_on", "台账日期"),
    Column("record", "台账标题"),
    Column("promoted_on", "推广日期"),
    Column("promotion", "推广方式"),
)
FORMS: Mapping[str, Form] = {
    "units": Form("units", "单位", _UNITS),
    "leaders": Form("leaders", "领导", _LEADERS),
    "zones": Form("zones", "功能区", _ZONES),
    "records": Form("records", "记录", _RECORDS),
    "hazards": Form("hazards", "隐患", _HAZARDS),
    "actions": Form("actions", "督办", _ACTIONS),
    "enterprises": Form("enterprises", "企业", _ENTERPRISES),
    "enterprise_duties": Form("enterprise_duties", "企业履责", _DUTIES),
    "spot_checks": Form("spot_checks", "四个必查", _SPOT_CHECKS),
    "towns": Form("towns", "乡镇街道", _TOWNS),
    "town_staff": Form("town_staff", "乡镇力量", _TOWN_STAFF),
    "members": Form("members", "成员单位", _MEMBERS),
    "exemptions": Form("exemptions", "豁免", _EXEMPTIONS),
    "inspectors": Form("inspectors", "技术检查员", _INSPECTORS),
    "links": Form("links", "一件事环节", _LINKS),
    "findings": Form("findings", "新业态", _FINDINGS),
    "zone_plans": Form("zone_plans", "一区一策", _ZONE_PLANS),
    "experiences": Form("experiences", "经验做法", _EXPERIENCES),
}
"""In the order in which they are taken in, since later kinds name earlier ones."""


def form_for(header: list[str]) -> Form | None:
    """The kind of file whose needed columns all stand in the header, the best fit first."""
    fits = [form for form in FORMS.values() if _has_needed(form, header)]
    return max(fits, key=lambda form: sum(bool(form.find(each)) for each in header), default=None)


def _has_needed(form: Form, header: list[str]) -> bool:
    present = {found.name for each in header if (found := form.find(each))}
    return all(column.name in present for column in form.columns if column.needed)
