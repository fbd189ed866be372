"""A new year's catalogue: copied into a draft, changed, published; old years stay as they were."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.auth import Actor, Permission, require
from core.domain.catalogue import Catalogue, read_catalogue
from core.domain.catalogue_drafts import (
    copied,
    differences,
    refuse_unready,
    with_head,
    with_obligation,
    without_obligation,
)
from core.domain.catalogue_texts import catalogue_text
from core.domain.obligations import Obligation
from core.domain.texts import clean
from core.errors import ConfigurationError, ConflictError, InputError, NotFoundError
from core.services.adjusting import Press
from core.services.catalogues import catalogue_of, catalogues_of
from core.services.trying import check_standing
from core.store.catalogues import KeptCatalogue, Stage, kept_catalogues, write_catalogue
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.records import counts_by_year
from core.store.standing import Standing
from core.store.unit_of_work import Reader, UnitOfWork

YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class YearDraft:
    """A catalogue made in the product, which version of it stands, and what differs from the year before."""

    catalogue: Catalogue
    stage: Stage
    standing: Standing
    differences: tuple[tuple[str, str], ...] = ()


def drafts_of(store: Store, actor: Actor) -> list[YearDraft]:
    """The catalogues made in the product, drafts and published, by year.

    Raises:
        ForbiddenError: settings are the office's.
    """
    require(actor, Permission.SETTINGS)
    with store.reading() as reader:
        return [_draft(reader, kept) for kept in kept_catalogues(reader)]


def begin_year(
    store: Store, actor: Actor, year: int, source: int, operation: str, *, now: datetime
) -> Catalogue:
    """Copy a year's catalogue, as the office set it, into a draft for another year.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: a year that has one already, or no such source.
        ConflictError: somebody began that year meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        made = copied(catalogue_of(work, source), year)
        if find_operation(work, operation):
            return made
        _refuse_taken(work, year)
        told = _told(f"由 {source} 年复制，{len(made.obligations)} 个事项")
        change = work.change("catalogue.begun", f"{year}年", detail=told, operation=operation)
        write_catalogue(work, change, year, Stage.DRAFT, catalogue_text(made))
        work.commit()
    return made


def revise_head(
    store: Store, actor: Actor, year: int, head: tuple[str, str, str], press: Press, *, now: datetime
) -> Catalogue:
    """Change the notice's number, title and activity of a draft.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: no title, or texts that are too long.
        ConflictError: somebody changed the draft meanwhile.
    """
    number, title, activity = (clean(text) for text in head)
    detail = _told(f"{number} {title}")
    step = _Step("通知文号和标题", lambda draft: with_head(draft, number, title, activity), detail)
    return _revise(store, actor, year, step, press, now)


def revise_obligation(
    store: Store,
    actor: Actor,
    wanted: Obligation,
    base: Catalogue,
    press: Press,
    *,
    now: datetime,
) -> Catalogue:
    """Change or add an obligation of a draft; `base` is the draft, perhaps with a new event in it.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: what is wrong with it, and in which field.
        ConflictError: somebody changed the draft meanwhile.
    """
    due = f"，期限 {wanted.due}" if wanted.due else ""
    detail = _told(f"{wanted.head}{due}，提前 {wanted.warn_days} 天提醒")
    step = _Step(wanted.title, lambda _: with_obligation(base, wanted), detail)
    return _revise(store, actor, base.year, step, press, now)


def remove_obligation(
    store: Store, actor: Actor, year: int, code: str, press: Press, *, now: datetime
) -> Catalogue:
    """Take an obligation out of a draft.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: another one waits for it.
        ConflictError: somebody changed the draft meanwhile.
    """
    step = _Step(code, lambda draft: without_obligation(draft, code), _told("取消这一事项"))
    return _revise(store, actor, year, step, press, now)


def publish(store: Store, actor: Actor, year: int, press: Press, *, now: datetime) -> None:
    """Let a draft hold: from now on its year has a catalogue everywhere.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: it is not whole.
        ConflictError: somebody changed or published it meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return
        kept = _kept(work, year, Stage.DRAFT, press.seen)
        refuse_unready(read_catalogue(kept.content))
        change = work.change(
            "catalogue.published", f"{year}年", detail=_told("已发布"), operation=press.operation
        )
        write_catalogue(work, change, year, Stage.PUBLISHED, kept.content)
        work.commit()


def withdraw(store: Store, actor: Actor, year: int, press: Press, *, now: datetime) -> None:
    """Make a published catalogue a draft again, as long as nothing was entered for its year.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: there are records of the year.
        ConflictError: somebody was first.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return
        kept = _kept(work, year, Stage.PUBLISHED, press.seen)
        entered = counts_by_year(work).get(year, 0)
        if entered:
            raise InputError(f"{year} 年已录入 {entered} 条记录，目录不能撤回；数字可在“事项设置”中调整。")
        change = work.change(
            "catalogue.withdrawn", f"{year}年", detail=_told("草稿"), operation=press.operation
        )
        write_catalogue(work, change, year, Stage.DRAFT, kept.content)
        work.commit()


def discard_draft(store: Store, actor: Actor, year: int, press: Press, *, now: datetime) -> None:
    """Take a draft away; its versions stay in the history.

    Raises:
        ForbiddenError: settings are the office's.
        ConflictError: somebody changed or published it meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return
        _kept(work, year, Stage.DRAFT, press.seen)
        change = work.change(
            "catalogue.discarded", f"{year}年", detail=_told("已放弃"), operation=press.operation
        )
        write_catalogue(work, change, year, None, "")
        work.commit()


# Files -----------------------------------------------------------------------------------------------------


def export_catalogue(store: Store, actor: Actor, year: int) -> str:
    """A year's catalogue with the office's settings, in the form of the program's own files.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: no such year.
    """
    require(actor, Permission.SETTINGS)
    with store.reading() as reader:
        return catalogue_text(catalogue_of(reader, year))


def import_catalogue(store: Store, actor: Actor, text: str, *, now: datetime, dry_run: bool = False) -> bool:
    """Publish a catalogue from a file; False where the year stands already, with the same content.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: a faulty file, or a year that stands with other content.
    """
    require(actor, Permission.SETTINGS)
    try:
        wanted = read_catalogue(text)
    except ConfigurationError as error:
        raise InputError(str(error)) from error
    with store.unit_of_work(actor.username, now) as work:
        held = catalogues_of(work).get(wanted.year)
        if held:
            if catalogue_text(held) == catalogue_text(wanted):
                return False
            raise InputError(f"{wanted.year} 年的目录已经发布，内容不同，不能覆盖；请在“事项设置”中调整。")
        refuse_unready(wanted)
        change = work.change("catalogue.published", f"{wanted.year}年", detail=_told("由文件发布"))
        write_catalogue(work, change, wanted.year, Stage.PUBLISHED, catalogue_text(wanted))
        if not dry_run:
            work.commit()
    return True


def _told(what: str) -> dict[str, object]:
    """What the journal says of a change, in place of the catalogue's whole text."""
    return {"before": [], "after": [{"table": "catalogue", "content": what}]}


# Steps -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    """One change of a draft, as the journal tells it."""

    subject: str
    make: Callable[[Catalogue], Catalogue]
    detail: Mapping[str, object]


def _revise(store: Store, actor: Actor, year: int, step: _Step, press: Press, now: datetime) -> Catalogue:
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return _read(work, year)
        made = step.make(read_catalogue(_kept(work, year, Stage.DRAFT, press.seen).content))
        change = work.change(
            "catalogue.revised", f"{year}年 {step.subject}", detail=step.detail, operation=press.operation
        )
        write_catalogue(work, change, year, Stage.DRAFT, catalogue_text(made))
        work.commit()
    return made


def _read(reader: Reader, year: int) -> Catalogue:
    kept = next((each for each in kept_catalogues(reader) if each.year == year), None)
    if kept is None:
        raise NotFoundError(f"没有 {year} 年的目录草稿。")
    return read_catalogue(kept.content)


def _kept(reader: Reader, year: int, stage: Stage, seen: int) -> KeptCatalogue:
    """The catalogue as the person saw it, still at this stage."""
    kept = next((each for each in kept_catalogues(reader) if each.year == year), None)
    if kept is None:
        raise ConflictError(f"{year} 年的目录草稿已被放弃，请刷新页面核对。")
    check_standing(reader, kept.standing, seen, f"{year} 年的目录")
    if kept.stage != stage:
        raise ConflictError(f"{year} 年的目录目前是“{kept.stage.label}”，不能这样操作。")
    return kept


def _refuse_taken(work: UnitOfWork, year: int) -> None:
    if year not in YEARS:
        raise InputError(f"年度应在 {YEARS[0]} 至 {YEARS[-1]} 之间。", "year")
    if year in catalogues_of(work):
        raise InputError(f"{year} 年的目录已经发布，不能再复制。", "year")
    if any(each.year == year for each in kept_catalogues(work)):
        raise ConflictError(f"{year} 年的目录草稿已经建立，请在它的基础上修改。")


def _draft(reader: Reader, kept: KeptCatalogue) -> YearDraft:
    catalogue = read_catalogue(kept.content)
    earlier = [year for year in catalogues_of(reader) if year < kept.year]
    said = differences(catalogue_of(reader, max(earlier)), catalogue) if earlier else []
    return YearDraft(catalogue, kept.stage, kept.standing, tuple(said))
