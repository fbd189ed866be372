"""The calendar as a file: read back by a parser, folded, and as Outlook, phones and WPS want it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from core.domain.deadlines import Deadline, Standing
from core.reports.calendars import Edition, calendar_of

MOMENT = datetime(2025, 6, 19, 2, 0, tzinfo=UTC)
MEETING = Deadline(
    "C1.committee.meeting.2025Q2",
    "责任落实",
    "工作会议 第二季度",
    date(2025, 6, 30),
    Standing.OPEN,
    ("不少于 1 次。", "本季度还差 1 次；剩 11 天，抓紧。"),
    15,
)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200)


def written(*deadlines: Deadline, number: int = 7) -> bytes:
    return calendar_of("消防专委会", deadlines, Edition(number, MOMENT))


def only_event(content: bytes) -> Event:
    return Calendar.from_ical(content).events[0]


def test_a_deadline_is_a_whole_day_with_a_name_of_its_own() -> None:
    event = only_event(written(MEETING))
    assert event["dtstart"].dt == date(2025, 6, 30)
    assert event["dtend"].dt == date(2025, 7, 1)
    assert event["dtstart"].params["value"] == "DATE"
    assert event["uid"] == "C1.committee.meeting.2025Q2@anze-board"
    assert event["summary"] == "工作会议 第二季度（待完成）"
    assert event["description"] == "消防专委会\n不少于 1 次。\n本季度还差 1 次；剩 11 天，抓紧。"


def test_a_later_edition_of_the_same_event_has_a_higher_number() -> None:
    first, second = (only_event(written(MEETING, number=number)) for number in (7, 8))
    assert (first["uid"], first["sequence"] + 1) == (second["uid"], second["sequence"])
    assert first["last-modified"].dt == MOMENT


def test_an_open_deadline_rings_at_nine_on_the_days_before() -> None:
    alarms = only_event(written(MEETING)).alarms.times
    assert [each["trigger"].dt for each in only_event(written(MEETING)).walk("VALARM")] == [
        timedelta(days=-15, hours=9),
        timedelta(days=-1, hours=9),
    ]
    assert [each.trigger for each in alarms] == [
        datetime(2025, 6, 15, 9, 0),  # noqa: DTZ001 - a whole day has no zone, and rings at the client's nine
        datetime(2025, 6, 29, 9, 0),  # noqa: DTZ001
    ]


def test_what_is_finished_or_missed_is_marked_and_rings_no_more() -> None:
    for standing, summary in (
        (Standing.DONE, "✓ 工作会议 第二季度（已完成）"),
        (Standing.MISSED, "✕ 工作会议 第二季度（未完成）"),
    ):
        deadline = Deadline(*[getattr(MEETING, name) for name in Deadline.__slots__[:4]], standing, (), 15)
        event = only_event(written(deadline))
        assert (event["summary"], event.walk("VALARM")) == (summary, [])


def test_the_file_says_what_it_is() -> None:
    calendar = Calendar.from_ical(written(MEETING))
    assert calendar["version"] == "2.0"
    assert calendar["method"] == "PUBLISH"
    assert calendar["x-wr-calname"] == "消防专委会 安责看板"


def test_the_same_deadlines_in_the_same_edition_give_the_same_bytes() -> None:
    assert written(MEETING) == written(MEETING)


@given(TEXTS, TEXTS)
def test_any_text_is_folded_within_75_octets_and_comes_back(title: str, told: str) -> None:
    content = written(Deadline("u", "责任落实", title, date(2025, 6, 30), Standing.OPEN, (told,), 0))
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode("utf-8")  # no character is cut in two
    event = only_event(content)
    assert event["summary"] == f"{title}（待完成）"
    assert event["description"] == f"消防专委会\n{told}"
