"""“一件事”: links with their departments, gaps, making a link clear with its record, and who may do it."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.one_matters import Chain, Gap, Link, links_from, starting_links
from core.domain.records import RecordSearch
from core.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from core.services.adjusting import Press
from core.services.journalling import read_journal
from core.services.judging import Question
from core.services.one_matters import Settling, keep_link, links_for, links_table, remove_link, settle_link
from core.services.recording import FaultyRecordError, find_records
from core.store.engine import Store
from tests.city_examples import (
    CLERK,
    DEPARTMENT_CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    TODAY,
    cell_of,
    journal,
    local,
)

QUESTION = Question(2025, TODAY)
DAY = date(2025, 6, 10)


def held(store: Store, code: str = "gas.1") -> tuple[Link, int]:
    return next(pair for pair in links_for(store, OFFICE, QUESTION) if pair[0].code == code)


def give(store: Store, code: str = "gas.1", department: str = "D1", operation: str = "give") -> Link:
    link, seen = held(store, code)
    return keep_link(store, OFFICE, replace(link, department=department), Press(operation, seen), now=NOW)


def settle(store: Store, code: str = "gas.1", operation: str = "settle") -> Link:
    press = Press(operation, held(store, code)[1])
    return settle_link(
        store, DEPARTMENT_CLERK, Settling(code, DAY, "会议纪要3号"), press, today=TODAY, now=NOW
    )


def test_every_chain_begins_with_links_that_nobody_answers_for(town: Store) -> None:
    links = [link for link, _ in links_for(town, OFFICE, QUESTION)]
    assert links == links_from([])
    assert {link.chain for link in links} == set(Chain)
    assert {link.gap(TODAY) for link in links} == {Gap.NO_DEPARTMENT}
    assert len({link.code for link in starting_links()}) == len(links)


def test_a_link_made_clear_is_shown_and_leaves_a_record_that_counts(city: Store) -> None:
    give(city)
    assert held(city)[0].gap(TODAY) == Gap.UNSETTLED
    before = cell_of(city, "D1", "department.one_matter", "2025").done
    kept = settle(city)
    assert settle(city).record_no == kept.record_no
    assert (kept.gap(TODAY), kept.gap(date(2025, 6, 9))) == (Gap.SETTLED, Gap.UNSETTLED)
    found, _ = find_records(city, OFFICE, RecordSearch(events=frozenset({"one_matter"})))
    assert [(r.record_id, r.unit, r.title, r.note) for r in found] == [
        (kept.record_no, "D1", "厘清燃气“一件事”生产储配环节监管责任", "依据：会议纪要3号")
    ]
    assert cell_of(city, "D1", "department.one_matter", "2025").done == before + 1
    line = read_journal(city, OFFICE)[0][0]
    assert (line.action, line.subject) == ("厘清“一件事”环节", "市应急局 燃气·生产储配")


def test_another_department_opens_the_link_again_and_past_views_stay(city: Store) -> None:
    give(city)
    settle(city)
    link, seen = held(city)
    press = Press("away", seen)
    later = local("2025-06-20 09:00")
    opened = keep_link(city, OFFICE, replace(link, department=""), press, now=later)
    assert (opened.settled_on, opened.gap(TODAY)) == (None, Gap.NO_DEPARTMENT)
    then = links_for(city, OFFICE, Question(2025, TODAY, local("2025-06-19 12:00")))
    assert next(each for each, _ in then if each.code == "gas.1").gap(TODAY) == Gap.SETTLED


@pytest.mark.parametrize(
    ("settling", "error", "reason"),
    [
        (Settling("gas.1", DAY, "  "), InputError, "依据的文件"),
        (Settling("gas.1", DAY, "长" * 201), InputError, "最多 200 个字"),
        (Settling("gas.1", date(2025, 6, 20), "纪要"), FaultyRecordError, "晚于今天"),
        (Settling("gas.1", date(2023, 6, 20), "纪要"), FaultyRecordError, "不在事项目录的年度"),
        (Settling("gas.99", DAY, "纪要"), NotFoundError, "没有这个环节"),
    ],
)
def test_what_cannot_be_made_clear_is_refused_and_nothing_is_written(
    town: Store, settling: Settling, error: type[Exception], reason: str
) -> None:
    give(town)
    before = journal(town)
    with pytest.raises(error, match=reason):
        settle_link(town, DEPARTMENT_CLERK, settling, Press("x", held(town)[1]), today=TODAY, now=NOW)
    assert journal(town) == before


def test_only_the_office_and_the_links_department_make_it_clear(town: Store) -> None:
    for actor in (DEPARTMENT_CLERK, CLERK, LEADER):
        with pytest.raises(ForbiddenError):
            settle_link(town, actor, Settling("gas.1", DAY, "纪要"), Press("x"), today=TODAY, now=NOW)
    with pytest.raises(InputError, match="还没有责任部门"):
        settle_link(town, OFFICE, Settling("gas.1", DAY, "纪要"), Press("x"), today=TODAY, now=NOW)
    with pytest.raises(ForbiddenError):
        links_for(town, LOCAL_CLERK, QUESTION)
    assert links_for(town, DEPARTMENT_CLERK, QUESTION)


def test_the_office_adds_changes_and_takes_out_links(town: Store) -> None:
    added = keep_link(town, OFFICE, Link("", Chain.GAS, "报警装置", "D1", 75), Press("add"), now=NOW)
    names = [link.name for link, _ in links_for(town, OFFICE, QUESTION) if link.chain == Chain.GAS]
    assert names[-1] == "报警装置"
    with pytest.raises(InputError, match="已有“报警装置”环节"):
        keep_link(town, OFFICE, Link("", Chain.GAS, "报警装置"), Press("again"), now=NOW)
    with pytest.raises(InputError, match="请填写环节名称"):
        keep_link(town, OFFICE, Link("", Chain.GAS, " "), Press("blank"), now=NOW)
    with pytest.raises(InputError, match="须是系统中的部门"):
        keep_link(town, OFFICE, Link("", Chain.GAS, "其他", "C1"), Press("kind"), now=NOW)
    seen = held(town, added.code)[1]
    remove_link(town, OFFICE, added.code, Press("out", seen), now=NOW)
    remove_link(town, OFFICE, added.code, Press("out", seen), now=NOW)
    assert added.code not in [link.code for link, _ in links_for(town, OFFICE, QUESTION)]
    remove_link(town, OFFICE, "gas.2", Press("seed"), now=NOW)
    assert "gas.2" not in [link.code for link, _ in links_for(town, OFFICE, QUESTION)]


def test_a_stale_press_is_refused(town: Store) -> None:
    link, seen = held(town)
    give(town)
    with pytest.raises(ConflictError, match="这个环节"):
        keep_link(town, OFFICE, replace(link, name="储配"), Press("late", seen), now=NOW)
    settle(town)
    with pytest.raises(InputError, match="已于 2025-06-10 厘清"):
        settle(town, operation="twice")


def test_the_table_to_take_away_says_the_gaps(town: Store) -> None:
    give(town)
    table = links_table([link for link, _ in links_for(town, OFFICE, QUESTION)], {"D1": "市应急局"}, TODAY)
    assert list(table.lines[0]) == ["燃气", "生产储配", "市应急局", "待厘清", None, ""]
