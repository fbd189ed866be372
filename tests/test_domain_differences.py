"""Two who correct one record: where they met, and what comes of putting both together."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.domain.differences import Clash, Vocabulary, clashes, merged
from core.domain.records import Record

READ = Record("C1", "committee_meeting", date(2025, 3, 12), "会议", note="原备注")
NAMES = Vocabulary({}, {}, {})
TITLES, NOTES = st.sampled_from(["会议", "甲改", "乙改"]), st.sampled_from(["原备注", "甲备注", ""])


def test_only_what_the_first_changed_is_shown_and_what_both_changed_is_marked() -> None:
    now = replace(READ, title="甲改", note="甲备注")
    wanted = replace(READ, title="乙改", leader="赵一鸣")
    met = clashes(READ, now, wanted, NAMES)
    assert met == [Clash("标题", "会议", "甲改", "乙改"), Clash("备注", "原备注", "甲备注", "原备注")]
    assert [each.is_contested for each in met] == [True, False]


@given(TITLES, NOTES, TITLES, NOTES)
def test_merging_takes_each_persons_own_changes_and_the_second_where_both_changed(
    first_title: str, first_note: str, second_title: str, second_note: str
) -> None:
    now = replace(READ, title=first_title, note=first_note)
    result = merged(READ, now, replace(READ, title=second_title, note=second_note))
    assert result.title == (first_title if second_title == READ.title else second_title)
    assert result.note == (first_note if second_note == READ.note else second_note)
