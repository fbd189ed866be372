"""Surveys of new businesses: what they found, who answers for it, and who may see and say so."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.findings import Finding, Risk
from core.domain.records import Record
from core.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from core.services.adjusting import Press
from core.services.judging import Question
from core.services.surveying import keep_finding, remove_finding, surveys_for, surveys_table
from core.store.engine import Store
from tests.city_examples import (
    CLERK,
    DEPARTMENT_CLERK,
    LEADER,
    NOW,
    OFFICE,
    TODAY,
    enter,
    journal,
    take_in,
)

QUESTION = Question(2025, TODAY)
DAY = date(2025, 5, 20)
MORE = "code,kind,name,parent,county,heavy_duty,lead_unit,order\nD2,department,市公安局,T,0,0,,8\n"


@pytest.fixture
def surveyed(city: Store) -> tuple[Store, Finding]:
    """A survey of D1, and a finding of it that is not kept yet."""
    take_in(city, {"units": MORE})
    survey = enter(city, Record("D1", "new_business_survey", DAY, "上半年摸底"), actor=OFFICE)
    return city, Finding("", survey.record_id, "密室逃脱", DAY, Risk.HIGH)


def keep(store: Store, finding: Finding, operation: str = "one", seen: int = 0) -> Finding:
    return keep_finding(store, DEPARTMENT_CLERK, finding, Press(operation, seen), today=TODAY, now=NOW)


def test_a_finding_is_kept_once_settled_and_removed(surveyed: tuple[Store, Finding]) -> None:
    store, wanted = surveyed
    keep(store, wanted)
    keep(store, wanted)
    (survey,) = surveys_for(store, OFFICE, QUESTION)
    ((found, seen),) = survey.findings
    assert (found.name, found.risk, found.settled(TODAY)) == ("密室逃脱", Risk.HIGH, False)
    kept = keep(store, replace(found, department="D2", settled_on=date(2025, 6, 1)), "two", seen)
    assert kept.settled(TODAY)
    assert not kept.settled(date(2025, 5, 31))
    (survey,) = surveys_for(store, OFFICE, QUESTION)
    seen = survey.findings[0][1]
    with pytest.raises(InputError, match="原因"):
        remove_finding(store, DEPARTMENT_CLERK, kept, "", Press("out", seen), now=NOW)
    remove_finding(store, DEPARTMENT_CLERK, kept, "重复登记", Press("out", seen), now=NOW)
    assert surveys_for(store, OFFICE, QUESTION)[0].findings == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"note": "长" * 1001}, "note"),
        ({"found_on": date(2025, 7, 1)}, "found_on"),
        ({"found_on": date(2024, 7, 1)}, "found_on"),
        ({"department": "C1"}, "department"),
        ({"settled_on": date(2025, 6, 1)}, "department"),
        ({"department": "D1", "settled_on": date(2025, 5, 1)}, "settled_on"),
        ({"department": "D1", "settled_on": date(2025, 7, 1)}, "settled_on"),
    ],
)
def test_a_faulty_finding_is_refused_beside_its_field(
    surveyed: tuple[Store, Finding], changes: dict[str, object], field: str
) -> None:
    store, wanted = surveyed
    before = journal(store)
    with pytest.raises(InputError) as refused:
        keep(store, replace(wanted, **changes))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert journal(store) == before


def test_a_department_keeps_findings_of_its_own_surveys_only(surveyed: tuple[Store, Finding]) -> None:
    store, wanted = surveyed
    other = replace(DEPARTMENT_CLERK, username="police", unit="D2")
    for actor in (other, CLERK, LEADER):
        with pytest.raises(ForbiddenError):
            keep_finding(store, actor, wanted, Press("x"), today=TODAY, now=NOW)
    with pytest.raises(NotFoundError):
        keep(store, replace(wanted, survey=1))
    with pytest.raises(NotFoundError):
        keep(store, replace(wanted, code="unknown"))


def test_a_department_sees_its_surveys_and_what_it_answers_for(surveyed: tuple[Store, Finding]) -> None:
    store, wanted = surveyed
    other = replace(DEPARTMENT_CLERK, username="police", unit="D2")
    keep(store, replace(wanted, department="D2"))
    keep(store, replace(wanted, name="剧本杀", department="D1"), "two")
    names = [found.name for found, _ in surveys_for(store, other, QUESTION)[0].findings]
    assert names == ["密室逃脱"]
    assert len(surveys_for(store, DEPARTMENT_CLERK, QUESTION)[0].findings) == 2
    assert surveys_for(store, CLERK, QUESTION) == []
    assert surveys_for(store, OFFICE, Question(2025, date(2025, 5, 19))) == []


def test_a_stale_press_is_refused_and_the_table_says_who_answers(surveyed: tuple[Store, Finding]) -> None:
    store, wanted = surveyed
    kept = keep(store, wanted)
    with pytest.raises(ConflictError, match="这个业态"):
        keep(store, replace(kept, name="密室"), "late", 0)
    table = surveys_table(surveys_for(store, OFFICE, QUESTION), {"D1": "市应急局"}, TODAY)
    assert list(table.lines[0])[:6] == ["密室逃脱", "市应急局", DAY, "较大", "未明确", "未界定"]
