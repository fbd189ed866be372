"""What the office sets of a catalogue: numbers that the notice leaves to it, and what else may count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.domain.catalogue import Catalogue
from core.domain.catalogue_faults import number_faults
from core.domain.obligations import Basis, Obligation
from core.errors import InputError


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One obligation of one year as the office set it; None = as the catalogue says."""

    year: int
    obligation: str
    required: int | None = None
    warn_days: int | None = None
    also: tuple[str, ...] | None = None


def adjusted(catalogue: Catalogue, adjustments: Iterable[Adjustment]) -> Catalogue:
    """The catalogue with the office's settings of its year; those of obligations it has not are left out."""
    wanted = {each.obligation: each for each in adjustments if each.year == catalogue.year}
    if not wanted:
        return catalogue
    return replace_obligations(
        catalogue, [applied(each, wanted.get(each.code)) for each in catalogue.obligations]
    )


def replace_obligations(catalogue: Catalogue, obligations: Iterable[Obligation]) -> Catalogue:
    """The same catalogue with other obligations."""
    return Catalogue(
        catalogue.year,
        catalogue.number,
        catalogue.title,
        catalogue.activity,
        catalogue.events,
        catalogue.measures,
        tuple(obligations),
    )


def applied(obligation: Obligation, wanted: Adjustment | None) -> Obligation:
    """The obligation as the office set it."""
    if wanted is None:
        return obligation
    return replace(
        obligation,
        required=obligation.required if wanted.required is None else wanted.required,
        warn_days=obligation.warn_days if wanted.warn_days is None else wanted.warn_days,
        also=obligation.also if wanted.also is None else wanted.also,
    )


def number_is_free(obligation: Obligation) -> bool:
    """Tell whether the required number is the office's own: the notice names none."""
    return obligation.basis == Basis.OFFICE and obligation.required is not None


def checked_adjustment(obligation: Obligation, wanted: Adjustment) -> Adjustment:
    """The adjustment without what says the same as the catalogue.

    Raises:
        InputError: a number that the notice itself sets, or one that makes the rule impossible.
    """
    if wanted.required not in (None, obligation.required) and not number_is_free(obligation):
        raise InputError(
            f"“{obligation.title}”的要求数由通知规定（{obligation.clause}），不能调整。", "required"
        )
    if wanted.warn_days not in (None, obligation.warn_days) and not obligation.warns:
        raise InputError(f"“{obligation.title}”没有期限，不设提前提醒天数。", "warn_days")
    if not set(wanted.also or ()) <= set(obligation.countable):
        raise InputError(f"“{obligation.title}”不能一并计入所选事项。", "also")
    fault = next(number_faults(applied(obligation, wanted), wanted.year), None)
    if fault:
        raise InputError(f"“{obligation.title}”{fault.reason}，请改正后再保存。", fault.field)
    return Adjustment(
        wanted.year,
        wanted.obligation,
        None if wanted.required == obligation.required else wanted.required,
        None if wanted.warn_days == obligation.warn_days else wanted.warn_days,
        None if wanted.also is None or set(wanted.also) == set(obligation.also) else wanted.also,
    )


def told_adjustment(before: Obligation, after: Obligation, events: Mapping[str, str]) -> str:
    """What the office set, and what it was: 要求数设为 2（原为 1）；提前提醒设为 20 天（原为 15 天）."""
    said = []
    if after.required != before.required:
        said.append(f"要求数设为 {after.required}（原为 {before.required}）")
    if after.warn_days != before.warn_days:
        said.append(f"提前提醒设为 {after.warn_days} 天（原为 {before.warn_days} 天）")
    for events_of, others, words in (
        (after.also, before.also, "一并计入（原不计入）"),
        (before.also, after.also, "不再计入（原一并计入）"),
    ):
        said += [f"“{events.get(event, event)}”{words}" for event in events_of if event not in others]
    return "；".join(said)
