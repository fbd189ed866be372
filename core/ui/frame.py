"""The frame of every page: its head, key figures, banners, the state with nothing to show, downloads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import streamlit as st

from core.ui.html import Markup, element, join

_BLANK = join()
_NOTER = "download_noter"


class Tone(StrEnum):
    """How a key figure or banner is meant: calm, good, worth a look, or missed."""

    CALM = "calm"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Kpi:
    """One key figure with its word, and under it what belongs to it (应完成 12，已完成 10)."""

    value: str
    label: str
    hint: str = ""
    tone: Tone = Tone.CALM


@dataclass(frozen=True, slots=True)
class Download:
    """One file to take away; `data` may be a function, called only when somebody clicks."""

    label: str
    file_name: str
    data: bytes | str | Callable[[], bytes | str]
    mime: str = "text/csv"


@dataclass(frozen=True, slots=True)
class Moment:
    """When a page speaks of: the as-of date, today, and the newest change (local, None before the first)."""

    as_of: date
    today: date
    data_time: datetime | None = None


def page_head(title: str, moment: Moment, *, demonstration: bool = False) -> None:
    """Draw the page's first heading with the as-of date, the data time and, where it applies, 示例数据."""
    st.html(head_markup(title, moment, demonstration=demonstration))


def head_markup(title: str, moment: Moment, *, demonstration: bool = False) -> Markup:
    """Write the head; an as-of date that is not today stands out."""
    past = moment.as_of != moment.today
    tags = [element("span", f"截至 {moment.as_of.isoformat()}", class_="tag past" if past else "tag")]
    if demonstration:
        tags.append(element("span", "示例数据", class_="tag sample"))
    told = element("span", data_time_words(moment.data_time), class_="told")
    return element("div", element("h1", title), *tags, told, class_="page-head")


def data_time_words(moment: datetime | None) -> str:
    """Say when the newest change was."""
    return f"数据时间 {moment:%Y-%m-%d %H:%M}" if moment else "尚无数据"


def section_head(title: str, hint: str = "") -> None:
    """Draw a second-level heading with a word beside it."""
    beside = element("span", hint) if hint else _BLANK
    st.html(element("div", element("h2", title), beside, class_="section-head"))


def banner(sentence: str, tone: Tone = Tone.CALM) -> None:
    """Draw one sentence that stays: 演示日期 2025-06-19，可更改."""
    st.html(element("div", sentence, class_=f"banner {tone.value}", role="note"))


def summary_line(sentence: str) -> None:
    """Draw the sentence at the top of one unit's page: what it still lacks."""
    st.html(element("p", sentence, class_="summary-line"))


def kpis(figures: Sequence[Kpi]) -> None:
    """Draw key figures side by side; two in a row on a phone."""
    st.html(kpis_markup(figures))


def kpis_markup(figures: Sequence[Kpi]) -> Markup:
    """Write the key figures as a list of terms and values."""
    return element("dl", *(_kpi(each) for each in figures), class_="kpis")


def _kpi(figure: Kpi) -> Markup:
    hint = element("dd", figure.hint, class_="hint") if figure.hint else _BLANK
    return element(
        "div",
        element("dt", figure.label),
        element("dd", figure.value),
        hint,
        class_=figure.tone.value,
    )


def empty_state(title: str, sentence: str, to_do: str = "") -> None:
    """Draw what stands where there is nothing to show: what is so, why, and what to do."""
    advice = element("p", to_do) if to_do else _BLANK
    st.html(element("div", element("h2", title), element("p", sentence), advice, class_="empty"))


def downloads(files: Sequence[Download]) -> None:
    """Draw a row of download buttons; a click runs nothing again."""
    with st.container(horizontal=True):
        for each in files:
            st.download_button(
                each.label,
                _noted(each),
                file_name=each.file_name,
                mime=each.mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"download_{each.file_name}",
            )


def note_downloads(note: Callable[[str], None]) -> None:
    """Have each file that is taken away on this page written down, by its name."""
    st.session_state[_NOTER] = note


def _noted(file: Download) -> Any:
    note = st.session_state.get(_NOTER)
    if note is None:
        return file.data

    def give() -> str | bytes:
        data = file.data() if callable(file.data) else file.data
        note(file.file_name)
        return data

    return give


def date_banner(word: str, day: date, *, key: str, within: tuple[date, date]) -> date:
    """Draw the banner of a demonstration date, changeable there; returns the day that is chosen now."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_banner"):
        banner(f"{word} {day.isoformat()}：看板按这一天显示，表单从这一天开始。", Tone.WARN)
        chosen = st.date_input(
            word,
            day,
            min_value=within[0],
            max_value=within[1],
            format="YYYY-MM-DD",
            key=key,
            label_visibility="collapsed",
            width=180,
        )
    return chosen if isinstance(chosen, date) else day
