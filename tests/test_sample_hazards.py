"""The hazards of the demonstration year: lifelike, in order, and the same whichever way they come in."""

from datetime import date

from core.auth import KEEPER, OPERATOR
from core.config import ROOT
from core.domain.hazard_figures import Group, figures_of
from core.services.exporting import export_csv
from core.services.hazards import cases_for
from core.services.verifying import verify
from core.store.engine import Store

SHOWN = date(2025, 6, 19)


def test_the_moves_of_the_demonstration_give_the_dates_of_its_file(demonstration: Store) -> None:
    written = (ROOT / "sample_data" / "hazards.csv").read_text(encoding="utf-8")
    assert export_csv(demonstration, OPERATOR, "hazards") == written
    assert verify(demonstration, KEEPER) == []


def test_on_the_demonstration_date_there_is_something_of_everything(demonstration: Store) -> None:
    figures = figures_of(cases_for(demonstration, OPERATOR, SHOWN), SHOWN)
    for group in Group:
        if group not in (Group.WAITING, Group.ASKING, Group.EXPOSED):
            assert figures.count(group) > 0, group
    assert 80 <= figures.count(Group.FOUND) <= 140
    assert 0.5 < (figures.rate(Group.ON_TIME, Group.DUE) or 0) < 0.95
    assert 5 < (figures.average_days or 0) < 40


def test_the_whole_year_has_about_two_hundred_hazards(demonstration: Store) -> None:
    cases = cases_for(demonstration, OPERATOR, date(2026, 3, 1))
    assert 180 <= len(cases) <= 260
    assert {case.hazard.locality for case in cases} == {f"L{number:02}" for number in range(1, 10)}
    assert len({case.hazard.industry for case in cases}) == 14
