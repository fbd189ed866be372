"""会议回放: the year week by week, from the record, for a meeting; by a slider, or playing by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from core.domain.cells import Cell
from core.domain.replays import nearest_stop, next_stop, replay_days
from core.domain.sentences import day_in_prose
from core.services.judging import Question
from core.services.scoreboard import shown_cells
from core.ui.asking import Asked, cells_now, end_of_day, last_day_of, put
from core.ui.board_page import draw_figures
from core.ui.context import Context
from core.ui.frame import section_head
from core.ui.page import refusals_shown
from core.ui.tile_markup import draw_tile_map

_ADDRESS, _SLIDER, _PLAYING = "replay", "replay_stop", "replay_playing"
_STEP_SECONDS = 1.5
DrawBoards = Callable[[Asked, tuple[Cell, ...]], None]


def replayed(page: Context, asked: Asked) -> Asked | None:
    """What is asked while the address names a day to replay; None where it names none."""
    typed = st.query_params.get(_ADDRESS, "")
    if not typed:
        return None
    stops = _stops(page, asked)
    try:
        day = nearest_stop(stops, date.fromisoformat(typed))
    except ValueError:
        day = stops[0]
    return _asked_on(asked, day)


def draw_replay_button(page: Context, asked: Asked) -> None:
    """Draw the way into the replay; it begins with the year."""
    first = _stops(page, asked)[0]
    if st.button("会议回放", icon=":material/play_circle:", help="按周回放全年看板"):
        put(_ADDRESS, first.isoformat())
        st.session_state[_PLAYING] = True
        st.rerun()


def draw_replay(page: Context, asked: Asked, draw_boards: DrawBoards) -> None:
    """Draw the replay: its controls, the key figures, the map and the boards of the day it stands on."""
    every = _STEP_SECONDS if st.session_state.get(_PLAYING) else None
    st.fragment(_moving, run_every=every)(page, asked, draw_boards)


def _moving(page: Context, asked: Asked, draw_boards: DrawBoards) -> None:
    with refusals_shown():
        stops = _stops(page, asked)
        _take_a_step(stops)
        day = _draw_controls(stops)
        now = _asked_on(asked, day)
        cells = cells_now(page, now.question)
        shown = shown_cells(cells, now.question.year, day)
        section_head(f"截至 {day_in_prose(day)}", f"第 {day.isocalendar().week} 周")
        draw_figures(shown)
        draw_tile_map(shown)
        draw_boards(now, cells)


def _take_a_step(stops: tuple[date, ...]) -> None:
    """While it plays, each run goes one stop on; at the end it stands still."""
    here = st.session_state.get(_SLIDER)
    if here not in stops:
        st.session_state[_SLIDER] = nearest_stop(stops, _named_day(stops))
    elif st.session_state.get(_PLAYING):
        after = next_stop(stops, here)
        if after is None:
            st.session_state[_PLAYING] = False
            st.rerun()
        st.session_state[_SLIDER] = after


def _named_day(stops: tuple[date, ...]) -> date:
    try:
        return date.fromisoformat(st.query_params.get(_ADDRESS, ""))
    except ValueError:
        return stops[0]


def _draw_controls(stops: tuple[date, ...]) -> date:
    """The slider, play or pause, and the way out; where it stands goes into the address."""
    playing = bool(st.session_state.get(_PLAYING))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.select_slider("回放到", stops, format_func=str, key=_SLIDER, on_change=_pause)
        word, icon = ("暂停", ":material/pause:") if playing else ("播放", ":material/play_arrow:")
        if st.button(word, icon=icon, key="replay_turn", on_click=_turn, args=(stops,)):
            st.rerun()
        if st.button("结束回放", icon=":material/close:", key="replay_end", on_click=_leave):
            st.rerun()
    if _ADDRESS in st.query_params:
        put(_ADDRESS, day.isoformat())
    return day


def _pause() -> None:
    st.session_state[_PLAYING] = False


def _turn(stops: tuple[date, ...]) -> None:
    """Play or pause; played from the end, it begins again."""
    playing = not st.session_state.get(_PLAYING)
    st.session_state[_PLAYING] = playing
    if playing and st.session_state.get(_SLIDER) == stops[-1]:
        st.session_state[_SLIDER] = stops[0]


def _leave() -> None:
    st.session_state.pop(_PLAYING, None)
    st.session_state.pop(_SLIDER, None)
    put(_ADDRESS, "")


def _stops(page: Context, asked: Asked) -> tuple[date, ...]:
    return replay_days(asked.question.year, last_day_of(page, asked))


def _asked_on(asked: Asked, day: date) -> Asked:
    """The same question on a day of the replay; as it was known that day where that is what is asked."""
    known_at = end_of_day(day) if asked.question.known_at else None
    return replace(asked, question=Question(asked.question.year, day, known_at), period=None)
