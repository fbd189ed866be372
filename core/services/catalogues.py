"""The catalogues that hold in a database: the program's, those published here, with the office's settings."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from core.domain.adjustments import Adjustment, adjusted, told_adjustment
from core.domain.catalogue import Catalogue, catalogues, read_catalogue
from core.errors import InputError
from core.store.catalogues import adjustments, published_texts
from core.store.engine import Store
from core.store.unit_of_work import Reader


def catalogues_of(reader: Reader) -> Mapping[int, Catalogue]:
    """Every year's catalogue as this view knows it, with the office's settings."""
    return _joined(published_texts(reader), adjustments(reader))


def catalogues_unadjusted(reader: Reader) -> Mapping[int, Catalogue]:
    """Every year's catalogue without the office's settings."""
    return _joined(published_texts(reader), ())


def catalogue_of(reader: Reader, year: int) -> Catalogue:
    """The catalogue of a year.

    Raises:
        InputError: there is none.
    """
    return chosen(catalogues_of(reader), year)


def default_year(reader: Reader, as_of: date) -> int:
    """The year of the as-of date if it has a catalogue, else the nearest before, else the first."""
    return year_for(catalogues_of(reader), as_of)


def catalogues_now(store: Store, known_at: datetime | None = None) -> Mapping[int, Catalogue]:
    """Every year's catalogue, now or as known at a moment."""
    with store.reading(known_at) as reader:
        return catalogues_of(reader)


def chosen(every: Mapping[int, Catalogue], year: int) -> Catalogue:
    """The catalogue of a year out of all.

    Raises:
        InputError: there is none.
    """
    if year not in every:
        known = "、".join(str(each) for each in sorted(every))
        raise InputError(f"没有 {year} 年的事项目录，现有年度：{known}。")
    return every[year]


def year_for(every: Mapping[int, Catalogue], as_of: date) -> int:
    """The year of the as-of date if it has a catalogue, else the nearest before, else the first."""
    years = sorted(every)
    return max((year for year in years if year <= as_of.year), default=years[0])


def adjusted_words(reader: Reader, year: int, code: str) -> str:
    """What the office set of an obligation, and what it was; empty where nothing is set."""
    now, plain = chosen(catalogues_of(reader), year), chosen(catalogues_unadjusted(reader), year)
    then, was = now.obligation(code), plain.obligation(code)
    return told_adjustment(was, then, plain.events) if then and was else ""


# Keyed by content alone, so that databases, tests and past views never see each other's.
@lru_cache(maxsize=64)
def _joined(texts: tuple[str, ...], wanted: tuple[Adjustment, ...]) -> Mapping[int, Catalogue]:
    every = dict(catalogues())
    for text in texts:
        published = _read(text)
        every[published.year] = published
    return MappingProxyType({year: adjusted(each, wanted) for year, each in sorted(every.items())})


@lru_cache(maxsize=64)
def _read(text: str) -> Catalogue:
    return read_catalogue(text)
