"""How the services of “一件事” and of surveys are called in the test of permissions."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any

from core.auth import Actor
from core.domain.findings import Finding
from core.domain.one_matters import Chain, Link
from core.domain.records import Record
from core.services import one_matters, recording, surveying
from core.services.adjusting import Press
from core.services.judging import Question
from core.services.one_matters import Settling
from core.store.engine import Store
from core.store.matters import write_link
from tests.city_examples import NOW, OFFICE, TODAY

QUESTION = Question(2025, TODAY)
_NUMBERS = count(1)


def _press() -> Press:
    return Press(f"matters-{next(_NUMBERS)}")


def _link_of(store: Store, unit: str) -> str:
    code = f"link-{unit}"
    with store.unit_of_work("测试", NOW) as work:
        write_link(work, work.change("link.added", code), Link(code, Chain.GAS, f"环节{unit}", unit))
        work.commit()
    return code


def _settle(store: Store, actor: Actor, at: Any) -> object:
    settling = Settling(_link_of(store, at.unit), TODAY, "")
    return one_matters.settle_link(store, actor, settling, _press(), today=TODAY, now=NOW)


def _finding(store: Store, unit: str) -> Finding:
    """A finding of a survey; only departments have surveys, so others' stand under a record that is none."""
    if not unit.startswith("D"):
        return Finding("", -1, "业态", TODAY)
    wanted = Record(unit, "new_business_survey", date(2025, 5, 20), f"摸底 {next(_NUMBERS)}")
    entered = recording.enter_record(
        store, OFFICE, wanted, _press().operation, today=TODAY, now=NOW, sure=True
    )
    return Finding("", entered.record.record_id, "业态", TODAY)


def _keep(store: Store, actor: Actor, at: Any) -> object:
    return surveying.keep_finding(store, actor, _finding(store, at.unit), _press(), today=TODAY, now=NOW)


def _remove(store: Store, actor: Actor, at: Any) -> object:
    wanted = _finding(store, at.unit)
    kept = (
        surveying.keep_finding(store, OFFICE, wanted, _press(), today=TODAY, now=NOW)
        if wanted.survey > 0
        else wanted
    )
    return surveying.remove_finding(store, actor, kept, "", _press(), now=NOW)


MATTER_CALLS: Mapping[str, Callable[[Store, Actor, Any], object]] = {
    "one_matters.keep_link": lambda s, a, _: one_matters.keep_link(
        s, a, Link("", Chain.GAS, ""), _press(), now=NOW
    ),
    "one_matters.links_for": lambda s, a, _: one_matters.links_for(s, a, QUESTION),
    "one_matters.remove_link": lambda s, a, _: one_matters.remove_link(
        s, a, _link_of(s, "D1"), _press(), now=NOW
    ),
    "one_matters.settle_link": _settle,
    "surveying.keep_finding": _keep,
    "surveying.remove_finding": _remove,
    "surveying.surveys_for": lambda s, a, t: (
        bool(_finding(s, t.unit))
        and bool([each for each in surveying.surveys_for(s, a, QUESTION) if each.record.unit == t.unit])
    ),
}
