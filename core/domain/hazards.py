"""Hazards: what endangers people somewhere, and how far it has come from found to closed.

What holds is never stored: it follows from the moves (notice, 二（二）4 and 二（三）5).
"""

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.labels import Labelled

PLACE_LIMIT = 200
DESCRIPTION_LIMIT = 2_000
DOCUMENT_LIMIT = 200
SOURCE_LIMIT = 40


class Level(Labelled):
    """How grave a hazard is."""

    GENERAL = "general", "一般"
    MAJOR = "major", "重大"


class Source(Labelled):
    """How hazards come to light; a file may name others, which stay as they were typed."""

    COVERT_CHECK = "covert_check", "暗查暗访"
    INSPECTION = "inspection", "监督检查"
    JOINT_ENFORCEMENT = "joint_enforcement", "联合执法检查"
    KEY_PERIOD_CHECK = "key_period_check", "重点时段检查"
    STAFF_REPORT = "staff_report", "员工报告"


class Stage(Labelled):
    """Where a hazard stands."""

    FOUND = "found", "待交办"
    RECTIFYING = "rectifying", "整改中"
    RECHECKING = "rechecking", "待复查"
    CLOSED = "closed", "已销号"


OPEN_STAGES = frozenset({Stage.FOUND, Stage.RECTIFYING, Stage.RECHECKING})


class Deed(Labelled):
    """What can be done about a hazard."""

    FOUND = "found", "发现登记"
    ASSIGNED = "assigned", "交办整改"
    LISTED = "listed", "挂牌督办"
    ESCALATED = "escalated", "提级督办"
    PROGRESS = "progress", "报告进展"
    EXTENSION_ASKED = "extension_asked", "申请延期"
    EXTENSION_GRANTED = "extension_granted", "同意延期"
    EXTENSION_REFUSED = "extension_refused", "不同意延期"
    RECTIFIED = "rectified", "整改完成"
    RETURNED = "returned", "复查退回"
    ACCEPTED = "accepted", "现场验收"
    DELISTED = "delisted", "摘牌公示"
    CLOSED = "closed", "复查销号"
    FIXED_AT_ONCE = "fixed_at_once", "即查即改"
    EXPOSED = "exposed", "警示曝光"
    LOOKED_BACK = "looked_back", "回头看"
    REOPENED = "reopened", "重新整改"


LISTING_FIELDS = (
    ("supervisor", "督办单位"),
    ("grade", "督办层级"),
    ("measures", "整改措施"),
    ("funds", "整改资金"),
    ("responsible", "整改责任人"),
    ("plan", "应急预案"),
)
"""What a listing lays down beside its deadline: name and Chinese label."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """One hazard as it was found.

    `industry` is the committee in whose line of work it lies, `found_by` the unit whose check found it; both
    may be empty.
    """

    code: str
    locality: str
    place: str
    description: str
    level: Level
    found_on: date
    source: str = ""
    industry: str = ""
    found_by: str = ""

    @property
    def source_label(self) -> str:
        """The source in Chinese; as typed where the file named one of its own."""
        known = Source.parse(self.source)
        return known.label if known else self.source or "未注明"


@dataclass(frozen=True, slots=True)
class Move:
    """One thing done about a hazard on a day.

    `due` is the date to rectify that it sets or asks for; `detail` holds pairs of name and text; `person` is
    empty where a file did not say; `at` is the naive UTC moment of entry.
    """

    deed: Deed
    on: date
    person: str = ""
    note: str = ""
    unit: str = ""
    due: date | None = None
    document: str = ""
    detail: tuple[tuple[str, str], ...] = ()
    move_id: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What follows from a hazard's moves; a date that a later move undid is empty again."""

    stage: Stage = Stage.FOUND
    unit: str = ""
    due: date | None = None
    assigned_on: date | None = None
    rectified_on: date | None = None
    rectified_by: str = ""
    closed_on: date | None = None
    at_once: bool = False
    asked_until: date | None = None
    rechecks: int = 0
    returns: int = 0
    listed_on: date | None = None
    accepted_on: date | None = None
    delisted_on: date | None = None
    reported_on: date | None = None
    looked_back_on: date | None = None
    escalated_on: date | None = None
    exposed_on: date | None = None
    last_on: date | None = None

    @property
    def listed(self) -> bool:
        """Tell whether it is under listed supervision and not yet taken off the list."""
        return self.listed_on is not None and self.delisted_on is None

    @property
    def open(self) -> bool:
        """Tell whether it is not closed."""
        return self.stage in OPEN_STAGES

    @property
    def on_time(self) -> bool | None:
        """Tell whether it was rectified by its date; None where either date is missing."""
        if self.rectified_on is None or self.due is None:
            return None
        return self.rectified_on <= self.due


@dataclass(frozen=True, slots=True)
class Case:
    """A hazard, its moves up to a day, and what follows from them."""

    hazard: Hazard
    moves: tuple[Move, ...]
    course: Course

    @property
    def responsible(self) -> str:
        """The unit that must rectify: the one it was assigned to, else its locality."""
        return self.course.unit or self.hazard.locality

    @property
    def units(self) -> frozenset[str]:
        """Everyone it concerns: locality, responsible unit, finder and committee."""
        concerned = (self.hazard.locality, self.responsible, self.hazard.found_by, self.hazard.industry)
        return frozenset(unit for unit in concerned if unit)

    def overdue(self, as_of: date) -> bool:
        """Tell whether its date to rectify has passed and it is not rectified."""
        waiting = self.course.stage in (Stage.FOUND, Stage.RECTIFYING)
        return waiting and self.course.due is not None and self.course.due < as_of

    def days_left(self, as_of: date) -> int | None:
        """Days to the date to rectify, negative once it has passed; None where nothing is waited for."""
        if self.course.due is None or self.course.stage not in (Stage.FOUND, Stage.RECTIFYING):
            return None
        return (self.course.due - as_of).days

    def age(self, as_of: date) -> int:
        """Days since it was found."""
        return (as_of - self.hazard.found_on).days

    @property
    def seen(self) -> int:
        """The newest move's id: who acts names the one they saw."""
        return self.moves[-1].move_id if self.moves else 0


@dataclass(frozen=True, slots=True)
class FiledHazard:
    """A hazard as a file holds it: as it was found, and one date for each thing done about it."""

    hazard: Hazard
    unit: str = ""
    rectify_by: date | None = None
    rectified_on: date | None = None
    closed_on: date | None = None
    listed_on: date | None = None
    escalated_on: date | None = None
    exposed_on: date | None = None
