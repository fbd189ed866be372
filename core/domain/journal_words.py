"""What the journal calls the columns and codes of what was changed; every kept table has its words here."""

from collections.abc import Mapping
from typing import Final

from core.domain.forms import FORMS
from core.domain.policies import LIMITS

ANYWHERE: Final[Mapping[str, str]] = {
    **{column.name: column.label for form in FORMS.values() for column in form.columns},
    **{name: limit.label for name, limit in LIMITS.items()},
    "code": "编号",
    "name": "名称",
    "title": "标题",
    "unit": "单位",
    "content": "内容",
    "note": "备注",
    "reason": "原因",
    "obligation": "事项",
    "period": "周期",
    "year": "年度",
    "sort_no": "排序",
    "starts": "起",
    "until": "止",
    "entered_on": "录入日期",
    "entered_by": "录入人",
    "person": "办理人",
    "username": "用户名",
    "role": "角色",
    "active": "启用",
    "second_factor": "动态验证码",
    "file_name": "文件",
    "document": "文书",
    "due": "期限",
    "detail": "其他内容",
    "grace_days": "补录宽限天数",
    "notice": "通知",
    "stage": "状态",
}
"""Words for columns that mean the same in every table."""
BY_TABLE: Final[Mapping[str, Mapping[str, str]]] = {
    "record": {"amount": "数值", "measure": "指标"},
    "unit": {"code": "编码", "kind": "类别"},
    "zone": {
        "code": "编码",
        "duty_on": "安全生产责任制验收",
        "system_on": "管理体系验收",
        "support_on": "基础保障验收",
        "enforcement_on": "日常执法验收",
        "digital_on": "信息化建设验收",
    },
    "hazard": {"grade": "等级"},
    "hazard_move": {"hazard": "隐患", "deed": "办理", "moved_on": "日期", "unit": "责任单位"},
    "measure": {"running_no": "文号", "raised_from": "升级自第几份"},
    "measure_item": {
        "measure": "第几份督办",
        "kind": "类别",
        "reference": "依据",
        "title": "事项",
        "standing": "当时情况",
        "fell_due": "到期",
    },
    "measure_step": {"measure": "第几份督办", "step": "办理", "taken_on": "日期"},
    "key_period": {"kept": "保留"},
    "attachment": {
        "attachment_id": "附件编号",
        "owner_kind": "属于",
        "owner_number": "所属编号",
        "media_type": "文件类型",
        "size": "字节数",
        "sha256": "摘要",
        "added_at": "上传时刻",
        "added_by": "上传人",
    },
    "remind_address": {
        "address_id": "地址编号",
        "channel": "渠道",
        "target": "地址",
        "units": "单位",
        "kept": "保留",
    },
    "remind_rules": {
        "sending": "自动发送",
        "levels": "提醒类别",
        "last_days": "期限将至的天数",
        "quiet_from": "免打扰起",
        "quiet_until": "免打扰止",
        "working_days": "仅工作日发送",
        "key_periods": "重点时段照常发送",
    },
    "remind_mail": {"host": "服务器", "port": "端口", "security": "加密", "sender": "发件地址"},
    "document": {
        "kind": "种类",
        "doc_number": "文号",
        "subject": "关于",
        "issued_on": "日期",
        "as_of": "数据截至",
        "known": "依据日志至第几号",
        "words": "修改的文字",
        "text_sha256": "文字摘要",
    },
    "catalogue": {"stage": "状态"},
    "link": {
        "chain": "“一件事”",
        "name": "环节",
        "department": "责任部门",
        "settled_on": "厘清日期",
        "document": "依据",
        "record_no": "记录编号",
        "kept": "保留",
    },
    "finding": {
        "survey": "摸底记录编号",
        "name": "业态",
        "found_on": "发现日期",
        "risk": "风险",
        "department": "责任部门",
        "settled_on": "界定日期",
        "kept": "保留",
    },
    "member": {
        "committee": "专委会",
        "member": "成员单位",
        "office": "责任科室",
        "liaison": "联络员",
        "phone": "电话",
    },
    "adjustment": {"required": "要求数", "warn_days": "提前提醒天数", "also": "一并计入"},
    "enterprise": {"code": "编码", "name": "企业名称", "staff": "从业人数"},
    "enterprise_duty": {"duty": "履责事项", "done_on": "日期"},
    "town": {"code": "编码"},
}
"""Words for columns that mean something of their own in one table, by the table's name without `_version`."""


def column_name(table: str, column: str) -> str | None:
    """What a column of a table is called; None where nobody has named it."""
    return BY_TABLE.get(table, {}).get(column) or ANYWHERE.get(column)
