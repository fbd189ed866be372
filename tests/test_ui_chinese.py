"""The translating observer's dictionary against the installed Streamlit."""

import re
from functools import cache
from pathlib import Path

import pytest
import streamlit

from core.ui.chinese import PATTERNS, PHRASES, Pattern


@cache
def installed_words() -> str:
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("*.js"))


@pytest.mark.parametrize("phrase", PHRASES)
def test_streamlit_still_says_this_phrase(phrase: str) -> None:
    assert any(f"{quote}{phrase}{quote}" in installed_words() for quote in "`\"'"), (
        f"Streamlit no longer says {phrase!r}: look what it says now and translate that"
    )


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda each: each.probe)
def test_streamlit_still_says_the_fixed_part_of_this_pattern(pattern: Pattern) -> None:
    assert pattern.probe in installed_words()


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Press Enter to submit form", "按回车提交"),
        ("Press Ctrl+Enter to apply", "按 Ctrl+回车确认"),
        ("25MB per file • PDF", "每个文件不超过 25MB，PDF"),
        ("• image, PDF, DOCX, XLSX, HEIC, HEIF", " • 图片、PDF、Word、Excel"),
        ("application/zip files are not allowed.", "不支持 application/zip 文件。"),
        ("File must be 25.0MB or smaller.", "文件不能超过 25.0MB。"),
        ("Remove 方案.pdf", "移除 方案.pdf"),
        (
            "Number is above the allowed range. Please enter a value less than or equal to 9.",
            "数值不能大于 9。",
        ),
    ],
)
def test_a_phrase_with_something_variable_is_translated(english: str, chinese: str) -> None:
    said = {re.sub(each.found, _python_form(each.said), english) for each in PATTERNS}
    assert chinese in said


def _python_form(said: str) -> str:
    return re.sub(r"\$(\d)", r"\\g<\1>", said)


def test_no_translation_leaves_english_words() -> None:
    allowed = {"CSV", "Esc", "Ctrl"}
    left = {word for said in PHRASES.values() for word in re.findall(r"[A-Za-z]{2,}", said)}
    assert left <= allowed
