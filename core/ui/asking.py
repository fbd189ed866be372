"""What a page is asked, read from its address: the as-of date, the year, the period, the filter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

import streamlit as st

from core.auth import Permission, Scope, may, scope_of
from core.config import LOCAL_ZONE, local_moment
from core.domain.catalogue import Catalogue
from core.domain.cells import Cell
from core.domain.hazards import Case
from core.domain.periods import Period, parse_period
from core.services.catalogues import catalogues_now, year_for
from core.services.cities import Cities, cities_seen
from core.services.hazards import cases_within
from core.services.judging import Question
from core.services.scoreboard import cells_within, news_now
from core.store.engine import Store
from core.store.memory import MEMORY, STEADY
from core.ui.context import Context
from core.ui.frame import Moment
from core.ui.reading import read_steady

_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Asked:
    """One page's question, and how its boards are narrowed."""

    question: Question
    period: Period | None
    pressing: bool
    catalogues: Mapping[int, Catalogue]
    cities: Cities = field(default_factory=Cities)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the year that is asked about."""
        return self.catalogues[self.question.year]

    @property
    def day(self) -> date:
        """The day whose periods the boards show."""
        return self.period.end if self.period else self.question.as_of


def asked_of(page: Context) -> Asked:
    """Read the address; what cannot be read is said in a sentence and left out."""
    as_of = _as_of(page)
    known_at = end_of_day(as_of) if st.query_params.get("as_known") == "1" else None
    every = catalogues_in(page, known_at)
    year = _year(every, as_of)
    period = parse_period(st.query_params.get("period_shown", ""))
    if period and period.year != year:
        period = None
    pressing = st.query_params.get("pressing") == "1"
    cities = _cities_now(page)
    question = Question(year, as_of, known_at, _city(cities))
    return Asked(question, period, pressing, every, cities)


def catalogues_in(page: Context, known_at: datetime | None = None) -> Mapping[int, Catalogue]:
    """Every year's catalogue, now or as known at a moment; entered records gather none anew."""
    if known_at:
        return catalogues_now(page.store, known_at)
    return STEADY.recall(page.store, page.news.beyond, catalogues_now, lambda: catalogues_now(page.store))


def _cities_now(page: Context) -> Cities:
    """The cities there are; gathered once for each change of the data and person."""
    return read_steady(page, cities_seen) if may(page.actor, Permission.SEE) else Cities()


def _city(cities: Cities) -> str:
    """The city that the address names, else the person's own; empty where there is nothing to choose."""
    wanted = st.query_params.get("city", "")
    if not cities.are_several:
        return ""
    return wanted if wanted in cities.names else cities.home


def end_of_day(day: date) -> datetime:
    """The last moment of a local day."""
    return datetime.combine(day, time.max, LOCAL_ZONE)


def _as_of(page: Context) -> date:
    typed = st.query_params.get("as_of", "")
    if not typed:
        return page.today
    try:
        day: date | None = date.fromisoformat(typed)
    except ValueError:
        day = None
    if day is None or not _EARLIEST_YEAR <= day.year <= _LATEST_YEAR:
        st.warning("网址中的截至日期不是有效日期，已按今天显示；请写成 2025-05-20 的形式。")
        day = page.today
    return day


def _year(every: Mapping[int, Catalogue], as_of: date) -> int:
    typed, usual = st.query_params.get("year", ""), year_for(every, as_of)
    if not typed:
        return usual
    if typed.isdecimal() and int(typed) in every:
        return int(typed)
    st.warning(f"没有这一年度的事项目录，已按 {usual} 年显示。")
    return usual


def put(name: str, value: str) -> None:
    """Put one parameter into the address, or take it out where the value is empty."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def moment_of(page: Context, question: Question) -> Moment:
    """The page's times: as-of, today, and the newest change that the view knows of, in local time."""
    at = (news_now(page.store, question.known_at) if question.known_at else page.news).at
    return Moment(question.as_of, page.today, local_moment(at) if at else None)


def last_day_of(page: Context, asked: Asked) -> date:
    """The latest day that can be entered: today, and in a demonstration the day that it is looked at."""
    return max(page.today, asked.question.as_of) if page.demonstration else page.today


def hazards_now(page: Context, question: Question) -> tuple[Case, ...]:
    """Every hazard the person may see; followed once for each change of hazards, reach and question."""
    scope, unit = scope_of(page.actor), page.actor.unit
    key = (cases_within, scope, unit, question)
    return STEADY.recall(
        page.store, page.news.beyond, key, lambda: _followed(page.store, scope, unit, question)
    )


def _followed(store: Store, scope: Scope, unit: str, question: Question) -> tuple[Case, ...]:
    with store.reading(question.known_at) as reader:
        return tuple(cases_within(reader, scope, unit, question.as_of, question.city))


def cells_now(page: Context, question: Question) -> tuple[Cell, ...]:
    """Every cell the person may see; judged once for each change of the data, reach and question."""
    scope = scope_of(page.actor)
    key = (cells_within, scope, question)
    return MEMORY.recall(page.store, page.news.newest, key, lambda: _judged(page.store, scope, question))


def _judged(store: Store, scope: Scope, question: Question) -> tuple[Cell, ...]:
    with store.reading(question.known_at) as reader:
        return tuple(cells_within(reader, scope, question))
