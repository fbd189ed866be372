"""Catalogues made in the product, and what the office set of any; in versions."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.domain.adjustments import Adjustment
from core.domain.labels import Labelled
from core.store.catalogue_rows import AdjustmentRow, CatalogueRow
from core.store.schema import ChangeRow
from core.store.standing import Standing, find_standing, standing_of
from core.store.unit_of_work import Reader, UnitOfWork

_NOTHING = "-"
"""Kept where the office lets nothing else count, against what the catalogue says."""


class Stage(Labelled):
    """Whether a catalogue is being made or holds."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"


@dataclass(frozen=True, slots=True)
class KeptCatalogue:
    """A year's catalogue as text, and which version of it this is."""

    year: int
    stage: Stage
    content: str
    standing: Standing


def kept_catalogues(reader: Reader) -> list[KeptCatalogue]:
    """The catalogues kept in this database, by year."""
    query = (
        select(CatalogueRow, ChangeRow)
        .join(ChangeRow, ChangeRow.id == CatalogueRow.begun_by)
        .where(reader.current(CatalogueRow))
        .order_by(CatalogueRow.year)
    )
    return [
        KeptCatalogue(row.year, Stage.of(row.stage), row.content, standing_of(row, change))
        for row, change in reader.session.execute(query)
    ]


def published_texts(reader: Reader) -> tuple[str, ...]:
    """The texts of the published ones, by year."""
    query = select(CatalogueRow.content).where(
        reader.current(CatalogueRow), CatalogueRow.stage == Stage.PUBLISHED.value
    )
    return tuple(reader.session.scalars(query.order_by(CatalogueRow.year)))


def write_catalogue(work: UnitOfWork, change: int, year: int, stage: Stage | None, content: str) -> None:
    """Begin a version of a year's catalogue and end the one before it; stage None takes it away."""
    query = select(CatalogueRow).where(CatalogueRow.ended_by.is_(None), CatalogueRow.year == year)
    _end(work, change, query)
    if stage is not None:
        work.session.add(CatalogueRow(begun_by=change, year=year, stage=stage.value, content=content))
    work.session.flush()


def adjustments(reader: Reader) -> tuple[Adjustment, ...]:
    """Everything the office set, of all years."""
    query = select(AdjustmentRow).where(reader.current(AdjustmentRow)).order_by(AdjustmentRow.version_id)
    return tuple(_adjustment(row) for row in reader.session.scalars(query))


def adjustment_standing(reader: Reader, year: int, obligation: str) -> Standing:
    """Which version of an obligation's settings stands."""
    return find_standing(
        reader, AdjustmentRow, AdjustmentRow.year == year, AdjustmentRow.obligation == obligation
    )


def adjustment_standings(reader: Reader, year: int) -> dict[str, Standing]:
    """Which version of each obligation's settings stands, of a whole year; what is not set is left out."""
    query = (
        select(AdjustmentRow, ChangeRow)
        .join(ChangeRow, ChangeRow.id == AdjustmentRow.begun_by)
        .where(reader.current(AdjustmentRow), AdjustmentRow.year == year)
    )
    return {row.obligation: standing_of(row, change) for row, change in reader.session.execute(query)}


def write_adjustment(work: UnitOfWork, change: int, wanted: Adjustment) -> None:
    """Begin a version of an obligation's settings and end the one before it."""
    query = select(AdjustmentRow).where(
        AdjustmentRow.ended_by.is_(None),
        AdjustmentRow.year == wanted.year,
        AdjustmentRow.obligation == wanted.obligation,
    )
    _end(work, change, query)
    work.session.add(
        AdjustmentRow(
            begun_by=change,
            year=wanted.year,
            obligation=wanted.obligation,
            required=wanted.required,
            warn_days=wanted.warn_days,
            also=_NOTHING if wanted.also == () else " ".join(wanted.also or ()),
        )
    )
    work.session.flush()


def _end(work: UnitOfWork, change: int, query: Any) -> None:
    before = work.session.scalars(query).one_or_none()
    if before:
        work.end(before, change)


def _adjustment(row: AdjustmentRow) -> Adjustment:
    also = () if row.also == _NOTHING else tuple(row.also.split()) or None
    return Adjustment(row.year, row.obligation, row.required, row.warn_days, also)
