"""A small city for the tests of store, services and command line: files, people, moments, one-line deeds."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import count

from core.auth import OPERATOR, Actor, Role
from core.config import LOCAL_ZONE
from core.domain.cells import Cell
from core.domain.records import Record, RecordSearch
from core.errors import ImportRefusedError, RowProblem
from core.services.importing import Plan, import_tables
from core.services.judging import Question
from core.services.recording import enter_record, find_current, find_records
from core.services.scoreboard import cells_for
from core.services.tables import read_table
from core.store.engine import Store
from core.store.journal import Change, journal_page

TODAY = date(2025, 6, 19)
NOW = datetime(2025, 6, 19, 10, 0, tzinfo=LOCAL_ZONE)

UNITS = """code,kind,name,parent,county,heavy_duty,lead_unit,order
T,city,泰安市安委会办公室,,0,0,,1
C1,committee,危险化学品专委会,T,0,0,D1,2
C2,committee,消防专委会,T,0,1,,3
L1,locality,肥城市,T,1,0,,4
L2,locality,泰山景区,T,0,0,,5
D1,department,市应急局,T,0,0,,6
"""
LEADERS = """unit,name,title,from,until
L1,赵一鸣,市长,,
L1,钱二宁,副市长,2025-01-01,2025-05-31
C1,孙三立,第一主任,,
"""
ZONES = """code,locality,name,duty,system,support,enforcement,digital
Z1,L1,高新产业园,2025-02-21,2025-03-14,2025-03-28,2025-04-23,2025-05-14
Z2,L1,物流园,2025-02-21,,,,
"""
RECORDS = """unit,event,occurred_on,title,leader,led_by_first_director,reported_on,measure,value,total,note
C1,committee_meeting,2025-03-12,第一季度工作会议,,,,,,,
C1,director_inspection,2025-04-08,第一主任检查化工园区,,1,2025-04-10,,,,
L1,leader_inspection,2025-04-15,包保督导检查,赵一鸣,,,,,,
L1,nine_ones_report,2025-05-20,五月统计,,,,log,30,45,
D1,covert_check,2025-05-06,暗查烟花爆竹仓库,,,,,,,查封1处
"""
CITY = {"units": UNITS, "leaders": LEADERS, "zones": ZONES, "records": RECORDS}
OFFICE = Actor("office", "周明远", Role.OFFICE, "T")
CLERK = Actor("clerk", "孟庆林", Role.COMMITTEE, "C1")
OTHER_CLERK = Actor("other", "宋雅琴", Role.COMMITTEE, "C2")
LOCAL_CLERK = Actor("local", "高建业", Role.LOCALITY, "L1")
DEPARTMENT_CLERK = Actor("depart", "田文静", Role.DEPARTMENT, "D1")
LEADER = Actor("leader", "秦立新", Role.LEADER, "T")
SCREEN = Actor("screen", "大屏", Role.SCREEN)
ADMIN = Actor("admin", "郝思齐", Role.ADMIN)
AUDITOR = Actor("auditor", "审计员", Role.AUDITOR)
_OPERATIONS = count(1)


def local(text: str) -> datetime:
    """Read a moment in local time: `2025-04-20 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE)


def take_in(
    store: Store,
    files: dict[str, str] | None = None,
    *,
    today: date = TODAY,
    now: datetime = NOW,
    dry_run: bool = False,
) -> Plan:
    """Import texts by kind, as if from files of that name; the whole small city where nothing is given."""
    wanted = CITY if files is None else files
    tables = [read_table(f"{kind}.csv", text.encode("utf-8")) for kind, text in wanted.items()]
    return import_tables(store, OPERATOR, tables, today=today, now=now, dry_run=dry_run)


def problems_of(store: Store, files: Mapping[str, str | bytes], *, today: date = TODAY) -> list[RowProblem]:
    """Import what must be refused, and give every problem named."""
    try:
        tables = [
            read_table(f"{kind}.csv", text.encode("utf-8") if isinstance(text, str) else text)
            for kind, text in files.items()
        ]
        import_tables(store, OPERATOR, tables, today=today, now=NOW)
    except ImportRefusedError as error:
        return error.problems
    raise AssertionError("the files were taken in")


def record_lines(*lines: str) -> str:
    """A records file with these lines."""
    return "\n".join([RECORDS.splitlines()[0], *lines]) + "\n"


def meeting(day: str = "2025-04-20", title: str = "第二季度工作会议", unit: str = "C1") -> Record:
    """A meeting of a committee, as typed in on its day."""
    on = date.fromisoformat(day)
    return Record(unit, "committee_meeting", on, title, entered_on=on, entered_by="clerk")


def enter(
    store: Store, record: Record, *, actor: Actor = CLERK, now: datetime = NOW, sure: bool = False
) -> Record:
    """Enter a record with an operation id of its own."""
    today = now.astimezone(LOCAL_ZONE).date()
    operation = f"operation-{next(_OPERATIONS)}"
    return enter_record(store, actor, record, operation, today=today, now=now, sure=sure).record


def version_read(store: Store, record: Record) -> int:
    """The version id that a person who looks at the record now has read."""
    found = find_current(store, OFFICE, record.record_id)
    assert found
    return found[1]


def count_records(store: Store) -> int:
    """How many records there are."""
    return find_records(store, OFFICE, RecordSearch())[1]


def journal(store: Store) -> list[Change]:
    """The whole journal, oldest first."""
    with store.reading() as reader:
        changes, _ = journal_page(reader, limit=100_000)
    return changes[::-1]


def cell_of(
    store: Store,
    unit: str,
    obligation: str,
    period: str,
    *,
    as_of: date = TODAY,
    known_at: datetime | None = None,
) -> Cell:
    """One cell as the office sees it."""
    cells = cells_for(store, OFFICE, Question(2025, as_of, known_at), unit)
    return next(each for each in cells if each.key == (unit, obligation, period))


def places(problems: Iterable[RowProblem]) -> list[tuple[str, int, str]]:
    """Where the problems lie: file, row and column."""
    return [(each.file, each.row, each.column) for each in problems]
