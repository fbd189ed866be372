"""Units: added, renamed, merged, closed, put in order; what is open stops a closing; history stays."""

from datetime import date

import pytest

from core.domain.cells import Status
from core.domain.units import UnitKind
from core.errors import ConflictError, InputError, NotFoundError
from core.services.adjusting import Press
from core.services.exporting import export_csv
from core.services.journalling import read_journal
from core.services.judging import Question
from core.services.keeping_units import (
    Closing,
    close_unit,
    keep_unit,
    place_unit,
    preview_closing,
    preview_unit,
    unit_list,
)
from core.services.recording import FaultyRecordError
from core.services.scoreboard import cells_for
from core.store.engine import Store
from core.store.rolls import units
from tests.city_examples import NOW, OFFICE, TODAY, cell_of, journal, local, take_in
from tests.permission_calls import fresh_hazard, furnish

QUESTION = Question(2025, TODAY)
NEW = {"code": "C3", "kind": "committee", "name": "新能源专委会", "parent": "T", "active_from": "2025-06-01"}


def keep(store: Store, texts: dict[str, str], operation: str = "one", seen: int = 0) -> str:
    return keep_unit(store, OFFICE, texts, QUESTION, Press(operation, seen), now=NOW).told


def seen(store: Store, code: str) -> int:
    return unit_list(store, OFFICE)[code][1]


def close(store: Store, closing: Closing, operation: str = "close") -> str:
    press = Press(operation, seen(store, closing.unit))
    return close_unit(store, OFFICE, closing, QUESTION, press, now=NOW).told


def test_a_new_unit_is_asked_from_its_first_day(city: Store) -> None:
    told = preview_unit(city, OFFICE, NEW, QUESTION, now=NOW).told
    assert "新增" in told
    assert "C3" not in unit_list(city, OFFICE)
    assert keep(city, NEW) == told
    periods = {
        c.period.code for c in cells_for(city, OFFICE, QUESTION, "C3") if c.period.code.startswith("2025Q")
    }
    assert periods == {"2025Q2", "2025Q3", "2025Q4"}
    assert keep(city, NEW) == "此前已保存，没有重复保存。"


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"code": ""}, "code", "不能为空"),
        ({"name": ""}, "name", "不能为空"),
        ({"kind": "x"}, "kind", "不存在"),
        ({"name": "消防专委会"}, "name", "已有名为“消防专委会”的单位"),
        ({"lead_unit": "D9"}, "lead_unit", "不存在"),
        ({"active_until": "2025-05-01"}, "active_until", "早于"),
    ],
)
def test_a_faulty_unit_is_refused_beside_its_field(
    town: Store, changes: dict[str, str], column: str, reason: str
) -> None:
    before = journal(town)
    with pytest.raises(FaultyRecordError, match=reason) as refused:
        keep(town, {**NEW, **changes})
    assert column in [fault.column for fault in refused.value.faults]
    assert journal(town) == before


def test_a_renamed_unit_keeps_code_records_and_its_old_name_in_past_views(city: Store) -> None:
    before = cell_of(city, "C1", "committee.meeting", "2025Q1")
    texts = {"code": "C1", "kind": "committee", "name": "危化品和油气专委会"}
    keep(city, texts, "rename", seen(city, "C1"))
    after = cell_of(city, "C1", "committee.meeting", "2025Q1")
    assert (after.unit.name, after.fraction) == ("危化品和油气专委会", before.fraction)
    assert after.unit.lead_unit == "D1"
    with city.reading(local("2025-06-19 09:59")) as reader:
        assert units(reader) == []
    keep(city, {**texts, "name": "又名"}, "again", seen(city, "C1"))
    with pytest.raises(ConflictError, match="调整过这个单位"):
        keep(city, {**texts, "name": "第三个名"}, "stale", 1)


def test_a_closed_unit_is_not_blamed_after_its_day(city: Store) -> None:
    told = close(city, Closing("C2", date(2025, 3, 31), "机构改革"))
    assert "不再考核" in told
    cells = cells_for(city, OFFICE, Question(2025, date(2025, 12, 31)), "C2")
    quarters = {cell.period.code for cell in cells if cell.obligation.code == "committee.meeting"}
    assert quarters == {"2025Q1"}
    halves = {cell.period.code for cell in cells if cell.obligation.code == "committee.plenary"}
    assert halves == {"2025H1"}
    line = read_journal(city, OFFICE)[0][0]
    assert (line.action, line.subject, line.reason) == ("停用单位", "消防专委会", "机构改革")


def test_a_merged_unit_keeps_its_records_and_names_its_successor(city: Store) -> None:
    close(city, Closing("C1", date(2025, 6, 30), "职责并入", "C2"))
    unit = unit_list(city, OFFICE)["C1"][0]
    assert (unit.successor, unit.active_until) == ("C2", date(2025, 6, 30))
    assert cell_of(city, "C1", "committee.meeting", "2025Q1").status == Status.MET
    assert cell_of(city, "C2", "committee.meeting", "2025Q1").done == 0


@pytest.mark.parametrize(
    ("closing", "reason"),
    [
        (Closing("C2", date(2025, 3, 31), ""), "请填写原因"),
        (Closing("C2", date(2025, 3, 31), "并入", "C2"), "只能并入另一个专委会"),
        (Closing("C2", date(2025, 3, 31), "并入", "L1"), "只能并入另一个专委会"),
    ],
)
def test_a_closing_that_does_not_fit_is_refused(town: Store, closing: Closing, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        close(town, closing)
    with pytest.raises(NotFoundError):
        preview_closing(town, OFFICE, Closing("X", TODAY, "无"), QUESTION, now=NOW)


def test_a_unit_with_open_hazards_or_measures_is_not_closed_and_they_are_listed(lite_store: Store) -> None:
    furnish(lite_store)
    fresh_hazard(lite_store, "L1")
    before = journal(lite_store)
    with pytest.raises(InputError) as refused:
        close(lite_store, Closing("L1", TODAY, "撤销"))
    said = str(refused.value)
    assert said.startswith("肥城市还有 2 处隐患未销号（YH2025-")
    assert "1 份督办未办结（安委办督〔2025〕" in said
    assert said.endswith("请先办结或移交，再停用。")
    assert journal(lite_store) == before


def test_units_are_put_in_order_and_boards_follow(city: Store) -> None:
    place_unit(city, OFFICE, "C2", "", "first", now=NOW)
    place_unit(city, OFFICE, "C2", "", "first", now=NOW)
    cells = cells_for(city, OFFICE, QUESTION)
    order = list(dict.fromkeys(cell.unit.code for cell in cells if cell.unit.kind == UnitKind.COMMITTEE))
    assert order == ["C2", "C1"]
    place_unit(city, OFFICE, "C2", "C1", "back", now=NOW)
    assert [each.code for each in (unit for unit, _ in unit_list(city, OFFICE).values())][1:3] == ["C1", "C2"]
    with pytest.raises(InputError, match="没有改动"):
        place_unit(city, OFFICE, "C2", "C1", "same", now=NOW)


def test_the_successor_goes_out_and_comes_in_with_the_units_file(town: Store) -> None:
    close(town, Closing("C1", date(2025, 6, 30), "职责并入", "C2"))
    text = export_csv(town, OFFICE, "units")
    assert "2025-06-30,C2" in text
    assert str(take_in(town, {"units": text})) == "新增 0，更新 0，未变 6"
