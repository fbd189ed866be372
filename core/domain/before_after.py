"""What an entry of the journal says was before and after, in one line for people."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from core.domain.forms import FORMS
from core.domain.policies import LIMITS

_COLUMNS: Final[Mapping[str, str]] = {
    **{column.name: column.label for form in FORMS.values() for column in form.columns},
    "unit": "单位",
    **{name: limit.label for name, limit in LIMITS.items()},
    "amount": "数值",
    "starts": "起",
    "sort_no": "排序",
    "entered_on": "录入日期",
    "entered_by": "录入人",
    "username": "用户名",
    "name": "名称",
    "role": "角色",
    "active": "启用",
    "second_factor": "动态验证码",
    "period": "周期",
    "obligation": "事项",
    "content": "内容",
    "reason": "原因",
    "file_name": "文件",
}
_HIDDEN: Final = ("table", "record_id", "number")
_UNNAMED = "—"
Names = Mapping[str, Mapping[str, str]]
"""Chinese names for codes, by the column that holds them; under an empty name those of any column."""
_NO_NAMES: Final[Names] = MappingProxyType({})


def before_and_after(detail: str, names: Names = _NO_NAMES) -> str:
    """`数值：3 → 5；备注：— → 补报`; several things are set apart by /; empty where nothing is told."""
    told = _read(detail)
    before, after = (_named(_things(told.get(side)), names) for side in ("before", "after"))
    if len(before) == len(after) == 1:
        return _changed(before[0], after[0])
    said = [_plain("前", each) for each in before] + [_plain("后", each) for each in after]
    left_out = max(told.get("before_count", 0), told.get("after_count", 0))
    return " / ".join([*said, *([f"……共 {left_out} 项"] if left_out else [])])


def _read(detail: str) -> Mapping[str, Any]:
    try:
        told = json.loads(detail)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _things(told: object) -> list[Mapping[str, object]]:
    if isinstance(told, dict):
        return [told]
    return [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []


def _named(things: list[Mapping[str, object]], names: Names) -> list[Mapping[str, object]]:
    return [{key: _name(key, value, names) for key, value in each.items()} for each in things]


def _name(key: str, value: object, names: Names) -> object:
    known = names.get(key) or names.get("", {})
    return known.get(value, value) if isinstance(value, str) else value


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    names = [name for name in {**before, **after} if name not in _HIDDEN]
    different = [name for name in names if before.get(name) != after.get(name)]
    return "；".join(
        f"{_label(name)}：{_shown(before.get(name))} → {_shown(after.get(name))}" for name in different
    )


def _plain(word: str, thing: Mapping[str, object]) -> str:
    kept = ((name, value) for name, value in thing.items() if name not in _HIDDEN)
    return f"{word} " + "；".join(f"{_label(name)}：{_shown(value)}" for name, value in kept)


def _label(name: str) -> str:
    return _COLUMNS.get(name, name)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return _UNNAMED if value in (None, "") else str(value)
