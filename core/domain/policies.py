"""The office's rules for passwords, sessions and guessing, and what breaks them."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from core.errors import InputError

_COMMON_FILE = Path(__file__).with_name("common_passwords.txt")
_LOOKALIKES = str.maketrans("0134578@$!", "oleastbasi")
_FEWEST_DIFFERENT = 5
_CLASS_TESTS = (str.islower, str.isupper, str.isdecimal)


class Limit(NamedTuple):
    """A rule as the settings form shows it: its name, its unit and the least and most it can be."""

    label: str
    unit: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Policy:
    """Every rule is a whole number; 0 days means that passwords never grow too old."""

    shortest: int = 10
    classes: int = 3
    passphrase: int = 16
    remembered: int = 5
    days: int = 90
    idle_minutes: int = 30
    session_hours: int = 12
    lock_after: int = 5
    lock_minutes: int = 15
    address_failures: int = 10


LIMITS: Final[Mapping[str, Limit]] = {
    "shortest": Limit("密码最短长度", "个字符", 8, 32),
    "classes": Limit("密码至少含有几类字符（大写、小写、数字、其他）", "类", 1, 4),
    "passphrase": Limit("达到多长可不限字符种类", "个字符", 12, 64),
    "remembered": Limit("不得与最近几次密码相同", "次", 0, 24),
    "days": Limit("密码有效期（0 为不限）", "天", 0, 3650),
    "idle_minutes": Limit("无操作自动退出", "分钟", 5, 240),
    "session_hours": Limit("一次登录最长", "小时", 1, 24),
    "lock_after": Limit("连续失败几次锁定账号", "次", 3, 20),
    "lock_minutes": Limit("锁定时间", "分钟", 5, 1440),
    "address_failures": Limit("同一地址失败几次后放慢", "次", 5, 1000),
}


def checked_policy(numbers: Mapping[str, object]) -> Policy:
    """Build a policy from numbers by name; what is not named keeps its default.

    Raises:
        InputError: a rule that does not exist, or a number that is none or out of bounds.
    """
    for name, number in numbers.items():
        limit = LIMITS.get(name)
        if limit is None:
            raise InputError(f"没有名为“{name}”的安全设置。", name)
        if not isinstance(number, int) or isinstance(number, bool) or not limit.least <= number <= limit.most:
            raise InputError(f"“{limit.label}”应为{limit.least}至{limit.most}的整数。", name)
    policy = Policy(**{name: int(str(number)) for name, number in numbers.items()})
    if policy.passphrase < policy.shortest:
        raise InputError("不限字符种类的长度不能小于密码最短长度。", "passphrase")
    return policy


def numbers_of(policy: Policy) -> dict[str, int]:
    """The policy as numbers by name."""
    return asdict(policy)


def check_password(password: str, username: str, policy: Policy) -> None:
    """Refuse a password that is too easily guessed.

    Raises:
        InputError: with the rule it breaks.
    """
    text = unicodedata.normalize("NFKC", password)
    if len(text) < policy.shortest:
        raise InputError(f"密码至少{policy.shortest}个字符。", "密码")
    if len(text) < policy.passphrase and classes_in(text) < policy.classes:
        raise InputError(
            f"密码应含有大写字母、小写字母、数字、其他字符中的{policy.classes}类，"
            f"或不少于{policy.passphrase}个字符。",
            "密码",
        )
    if len(set(text)) < _FEWEST_DIFFERENT:
        raise InputError("密码中重复的字符太多。", "密码")
    if _leans_on(text, username, policy.shortest):
        raise InputError("密码不能由用户名变化而来。", "密码")
    if is_common(text):
        raise InputError("这是常见密码或它的简单变化，容易被猜中，请换一个。", "密码")


def classes_in(text: str) -> int:
    """How many of the four kinds of characters occur: small, capital, digit, anything else."""
    kinds = {next((n for n, test in enumerate(_CLASS_TESTS) if test(sign)), 3) for sign in text}
    return len(kinds)


def is_common(text: str, common: Collection[str] | None = None) -> bool:
    """Tell whether a password is on the kept list, or is one of it with a tail, a head or look-alikes."""
    known = common_passwords() if common is None else common
    plain = text.casefold()
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    forms = {plain, core, plain.translate(_LOOKALIKES), core.translate(_LOOKALIKES)}
    return any(form in known for form in forms if form) or (bool(core) is False and _is_run(plain))


@cache
def common_passwords() -> frozenset[str]:
    """The kept list, one a line, in small letters; a line that begins with # is a remark."""
    lines = _COMMON_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _leans_on(text: str, username: str, shortest: int) -> bool:
    """A user name with so few signs around it that they alone would be no password."""
    name = username.casefold()
    return bool(name) and name in text.casefold() and len(text) < len(name) + shortest


def _is_run(text: str) -> bool:
    """Digits and signs only, each one step from the last: 1234567890, 9876543210, 11112222."""
    steps = [abs(ord(after) - ord(before)) for before, after in pairwise(text)]
    return sum(step <= 1 for step in steps) >= len(steps) - 1
