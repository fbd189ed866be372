"""Texts as people type them: cleaned once, at the door, and otherwise kept."""

import re
import unicodedata
from datetime import date

from core.errors import InputError

LARGEST_COUNT = 2_000_000_000
REASON_LIMIT = 500
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_AROUND_SIGNS = re.compile(r"\s*([-/.年月日])\s*")
_TIME = r"(?:[ T]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_DAYS = (
    re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _TIME),
    re.compile(r"([0-9]{4})(年)([0-9]{1,2})月([0-9]{1,2})日?" + _TIME),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})"),
)
_YES = frozenset({"1", "是", "true", "yes", "√"})
_NO = frozenset({"0", "否", "false", "no", ""})


def clean(text: str) -> str:
    """Take out control characters (newline and tab stay) and surrounding white space."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def parse_day(text: str) -> date | None:
    """Read 2025-03-31, 2025/3/31, 2025.3.31, 2025年3月31日 or 20250331; None where nothing was typed.

    Full-width digits count, and a time of day after the date is left out.

    Raises:
        InputError: no date, or a day that does not exist.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        return None
    plain = _AROUND_SIGNS.sub(r"\1", typed)
    found = next((match for form in _DAYS if (match := form.fullmatch(plain))), None)
    try:
        if found:
            return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        pass
    raise InputError(f"“{shorten(text)}”不是有效日期，请写成 2025-03-31 或 2025/3/31。")


def parse_flag(text: str) -> bool:
    """Read 1/0, 是/否 or true/false; nothing typed is no.

    Raises:
        InputError: anything else.
    """
    typed = unicodedata.normalize("NFKC", text).strip().lower()
    if typed not in _YES | _NO:
        raise InputError(f"“{shorten(text)}”不能识别，请填写“是”或“否”（也可用 1、0）。")
    return typed in _YES


def parse_count(text: str) -> int | None:
    """Read a whole number from 0; None where nothing was typed.

    Raises:
        InputError: negative, with a fraction, too large, or no number.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        return None
    if not re.fullmatch(r"[0-9]{1,20}(\.0+)?", typed):
        raise InputError(f"“{shorten(text)}”应为不小于 0 的整数。")
    number = int(typed.split(".")[0])
    if number > LARGEST_COUNT:
        raise InputError(f"“{shorten(text)}”数值过大，请核对。")
    return number


def parse_reason(text: str) -> str:
    """The reason for a change, which must be given.

    Raises:
        InputError: nothing given, or more than 500 characters.
    """
    said = clean(text)
    if not said:
        raise InputError("请填写原因。", "reason")
    if len(said) > REASON_LIMIT:
        raise InputError(f"原因最多 {REASON_LIMIT} 个字，现有 {len(said)} 个字。", "reason")
    return said


def squeezed(text: str) -> str:
    """A name without the blanks within it and with plain letters and digits, to find what is meant by it."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def shorten(text: str, limit: int = 30) -> str:
    """Cut a long text for a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit] + "…"
