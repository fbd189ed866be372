"""What is not left to chance: each unit's temper, and the scenes that the demonstration date needs.

On 2025-06-19 the demo accounts' units look like this: C06 has held no working meeting this quarter (it
follows on the 25th) and has more open work; L02 has made no covert check and two of its leaders have not
inspected; D01 has checked covertly but not surveyed new business.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Temper:
    """How a unit works: probabilities from 0 to 1, and the part of a period in which it gets moving."""

    reach: float  # that a quota is reached in a period
    rhythm: str  # a key of days.RHYTHMS
    more: float  # of one more than required, and again one more
    late: float  # that a due date slips
    backfill: float  # that a record is typed in weeks later


DILIGENT = Temper(0.995, "early", 0.5, 0.02, 0.03)
STEADY = Temper(0.95, "even", 0.33, 0.08, 0.045)
LAST_WEEK = Temper(0.93, "last", 0.12, 0.30, 0.045)
RELAXED = Temper(0.86, "even", 0.20, 0.35, 0.10)
LAGGARD = Temper(0.76, "last", 0.08, 0.60, 0.20)

TEMPERS = {
    **dict.fromkeys(("T00", "C01", "C02", "C04", "D01", "D05", "L03", "L07"), DILIGENT),
    **dict.fromkeys(("C05", "C10", "C13", "D03", "D08", "D11", "L05", "L08"), LAST_WEEK),
    **dict.fromkeys(("C08", "C14", "D02", "D07", "D13"), RELAXED),
    **dict.fromkeys(("C12", "D14", "L06"), LAGGARD),
}

# (unit, event, period) to the days on which it takes place; an empty tuple: it does not.
SCENES: dict[tuple[str, str, str], tuple[str, ...]] = {
    ("T00", "wage_exchange_meeting", "2025H1"): ("2025-06-24",),
    ("T00", "wage_exchange_meeting", "2025H2"): ("2025-12-11",),
    ("C06", "rules_revised", "2025"): ("2025-03-06",),
    ("C06", "committee_meeting", "2025Q1"): ("2025-01-15", "2025-03-12"),
    ("C06", "committee_meeting", "2025Q2"): ("2025-06-25",),
    ("C06", "plenary_meeting", "2025H1"): ("2025-06-27",),
    ("C06", "director_inspection", "2025Q1"): (),
    ("C06", "director_inspection", "2025Q2"): ("2025-04-29", "2025-06-17"),
    ("C06", "joint_enforcement", "2025H1"): ("2025-06-20",),
    ("C06", "four_training", "2025"): ("2025-03-20",),
    ("C06", "four_supervision", "2025"): ("2025-05-22",),
    ("C06", "four_education", "2025"): ("2025-06-12",),
    ("C06", "four_assistance", "2025"): ("2025-09-11",),
    ("L02", "rules_revised", "2025"): ("2025-02-20",),
    ("L02", "implementation_plan", "2025"): ("2025-01-21",),
    ("L02", "special_meeting", "2025Q1"): (),
    ("L02", "standing_meeting", "2025Q2"): ("2025-04-24",),
    ("L02", "executive_meeting", "2025Q2"): ("2025-05-20",),
    ("L02", "covert_check", "2025Q1"): ("2025-01-22", "2025-03-18"),
    ("L02", "covert_check", "2025Q2"): ("2025-06-26",),
    ("L02", "joint_enforcement", "2025H1"): ("2025-04-16", "2025-06-10"),
    ("L02", "experience_summary", "2025"): ("2025-06-27",),
    ("L02", "leader_inspection:邵启恒", "2025Q2"): ("2025-04-28",),
    ("L02", "leader_inspection:罗云峥", "2025Q2"): ("2025-04-29", "2025-05-29"),
    ("L02", "leader_inspection:潘以恬", "2025Q2"): ("2025-05-14",),
    ("L02", "leader_inspection:程岳松", "2025Q2"): ("2025-06-23",),
    ("L02", "leader_inspection:夏知行", "2025Q2"): ("2025-05-22", "2025-06-11"),
    ("L02", "leader_inspection:方澄", "2025Q2"): ("2025-04-17",),
    ("L02", "leader_inspection:田沐阳", "2025Q2"): (),
    ("L02", "leader_inspection:白皓宁", "2025Q2"): ("2025-06-05",),
    ("D01", "covert_check", "2025Q2"): ("2025-04-17", "2025-05-23", "2025-06-13"),
    ("D01", "new_business_survey", "2025H1"): ("2025-06-27",),
    ("D01", "duty_assessment", "2025H1"): ("2025-06-24",),
    ("C12", "rules_revised", "2025"): (),
    ("D14", "duty_list_revised", "2025"): (),
    ("D13", "duty_list_revised", "2025"): ("2025-03-14",),
    ("D07", "covert_check", "2025Q1"): (),
    ("D11", "covert_check", "2025Q1"): (),
    ("D08", "duty_list_revised", "2025"): ("2025-03-04",),
    ("L06", "rules_revised", "2025"): ("2025-04-09",),
    ("L06", "experience_summary", "2025"): (),
    # From 7 January there is something overdue: an inspection on New Year's Day that nobody ever reported.
    ("C09", "director_inspection", "2025Q1"): ("2025-01-01", "2025-03-20"),
}

# First-director inspections whose report is settled here; None: never reported to the city's office.
REPORTED: dict[tuple[str, date], date | None] = {
    ("C06", date(2025, 4, 29)): date(2025, 4, 30),
    ("C06", date(2025, 6, 17)): date(2025, 6, 20),
    ("C09", date(2025, 1, 1)): None,
}
NEVER_REPORTS_ONCE = frozenset({"C12", "C13"})

# Reports of the "nine ones" that were due once and came out "late" or "never" full.
SHORTFALLS = {
    ("L04", "duty_list"): "late",
    ("L05", "duty_list"): "late",
    ("L06", "duty_list"): "never",
    ("L06", "log"): "never",
    ("L08", "log"): "late",
    ("L09", "log"): "late",
    ("L05", "reward"): "late",
    ("L06", "reward"): "never",
}


def temper_of(unit: str) -> Temper:
    """The unit's temper; most are steady."""
    return TEMPERS.get(unit, STEADY)
