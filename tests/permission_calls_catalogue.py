"""How the services of settings, exemptions and new years are called in the test of permissions."""

from collections.abc import Callable, Mapping
from itertools import count, cycle
from typing import Any

from core.auth import Actor
from core.domain.adjustments import Adjustment
from core.services import adjusting, exempting, new_years
from core.services.adjusting import Press
from core.services.exempting import Wish
from core.services.judging import Question
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE, TODAY

QUESTION = Question(2025, TODAY)
WARNED = Adjustment(2025, "committee.meeting", warn_days=20)
_NUMBERS = count(1)
_YEARS = cycle(range(2030, 2099))


def _press(seen: int = 0) -> Press:
    return Press(f"catalogue-{next(_NUMBERS)}", seen)


def _wish() -> Wish:
    return Wish("C1", "committee.meeting", ("2025Q4",), "机构调整")


def _lifted(store: Store, actor: Actor, _at: Any) -> object:
    held = exempting.exemptions_of(store, OFFICE, 2025)
    if not held:
        exempting.exempt(store, OFFICE, _wish(), QUESTION, _press().operation, now=NOW)
        held = exempting.exemptions_of(store, OFFICE, 2025)
    number = held[0].standing.version_id
    return exempting.lift(store, actor, number, "不再需要", QUESTION, _press().operation, now=NOW)


def _draft(store: Store) -> tuple[int, Press]:
    year = 2100
    if all(each.catalogue.year != year for each in new_years.drafts_of(store, OFFICE)):
        new_years.begin_year(store, OFFICE, year, 2025, _press().operation, now=NOW)
    seen = next(each for each in new_years.drafts_of(store, OFFICE) if each.catalogue.year == year)
    return year, _press(seen.standing.version_id)


def _revised(store: Store, actor: Actor, _at: Any) -> object:
    year, press = _draft(store)
    draft = next(each for each in new_years.drafts_of(store, OFFICE) if each.catalogue.year == year)
    wanted = draft.catalogue.obligations[0]
    return new_years.revise_obligation(store, actor, wanted, draft.catalogue, press, now=NOW)


def _imported(store: Store, actor: Actor, _at: Any) -> None:
    new_years.import_catalogue(store, actor, new_years.export_catalogue(store, OFFICE, 2025), now=NOW)


CATALOGUE_CALLS: Mapping[str, Callable[[Store, Actor, Any], object]] = {
    "adjusting.adjust": lambda s, a, _: adjusting.adjust(s, a, WARNED, _press(), as_of=TODAY, now=NOW),
    "adjusting.grace_setting": lambda s, a, _: adjusting.grace_setting(s, a),
    "adjusting.preview_adjustment": lambda s, a, _: adjusting.preview_adjustment(
        s, a, WARNED, as_of=TODAY, now=NOW
    ),
    "adjusting.preview_grace_days": lambda s, a, _: adjusting.preview_grace_days(s, a, 7),
    "adjusting.preview_heavy_duty": lambda s, a, _: adjusting.preview_heavy_duty(
        s, a, "C1", heavy=True, question=QUESTION, now=NOW
    ),
    "adjusting.set_grace_days": lambda s, a, _: adjusting.set_grace_days(s, a, 7, _press(), now=NOW),
    "adjusting.set_heavy_duty": lambda s, a, _: adjusting.set_heavy_duty(
        s, a, "C1", _press(), heavy=True, question=QUESTION, now=NOW
    ),
    "adjusting.settings_of": lambda s, a, _: adjusting.settings_of(s, a, 2025),
    "adjusting.unit_seen": lambda s, a, _: adjusting.unit_seen(s, a, "C1"),
    "exempting.exempt": lambda s, a, _: exempting.exempt(
        s, a, _wish(), QUESTION, _press().operation, now=NOW
    ),
    "exempting.exemptions_of": lambda s, a, _: exempting.exemptions_of(s, a, 2025),
    "exempting.lift": _lifted,
    "exempting.preview_exemption": lambda s, a, _: exempting.preview_exemption(
        s, a, _wish(), QUESTION, now=NOW
    ),
    "exempting.preview_lifting": lambda s, a, _: exempting.preview_lifting(s, a, 1, QUESTION, now=NOW),
    "new_years.begin_year": lambda s, a, _: new_years.begin_year(
        s, a, next(_YEARS), 2025, _press().operation, now=NOW
    ),
    "new_years.discard_draft": lambda s, a, _: new_years.discard_draft(s, a, *_draft(s), now=NOW),
    "new_years.drafts_of": lambda s, a, _: new_years.drafts_of(s, a),
    "new_years.export_catalogue": lambda s, a, _: new_years.export_catalogue(s, a, 2025),
    "new_years.import_catalogue": _imported,
    "new_years.publish": lambda s, a, _: new_years.publish(s, a, *_draft(s), now=NOW),
    "new_years.remove_obligation": lambda s, a, _: new_years.remove_obligation(
        s, a, *_without(_draft(s)), now=NOW
    ),
    "new_years.revise_head": lambda s, a, _: new_years.revise_head(s, a, *_headed(_draft(s)), now=NOW),
    "new_years.revise_obligation": _revised,
    "new_years.withdraw": lambda s, a, _: new_years.withdraw(s, a, *_draft(s), now=NOW),
}


def _without(draft: tuple[int, Press]) -> tuple[int, str, Press]:
    return draft[0], "city.wage_exchange", draft[1]


def _headed(draft: tuple[int, Press]) -> tuple[int, tuple[str, str, str], Press]:
    return draft[0], ("试〔2040〕1号", "试行通知", "试行"), draft[1]
