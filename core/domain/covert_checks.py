"""Covert checks: who took part, what followed, and the "four mores" of a unit (notice, 二（二）4).

Who took part stands in the record's note as the office writes it (执法4人、媒体1家、专家2人), so that it goes
out with the record into any file and comes back with it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.domain.hazards import Case, Source
from core.domain.periods import Cadence, Period, period_holding
from core.domain.records import Record

COVERT_CHECK = "covert_check"
_WORDS = {
    "enforcement": re.compile(r"执法(?:人员)?\s*([0-9]{1,3})\s*[人名]"),
    "media": re.compile(r"媒体\s*([0-9]{1,3})\s*[家人名]"),
    "experts": re.compile(r"专家\s*([0-9]{1,3})\s*[人名]"),
    "letters": re.compile(r"督促函\s*([0-9]{1,3})\s*[份件]"),
    "bulletins": re.compile(r"通报\s*([0-9]{1,3})\s*[份期次]"),
}
_SOME = {"media": re.compile(r"媒体(?:随行|参加)"), "experts": re.compile(r"(?:邀请|组织)专家(?![0-9])")}
"""Words that say that somebody came, but not how many."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who took part and what was sent out afterwards, as counts."""

    enforcement: int = 0
    media: int = 0
    experts: int = 0
    letters: int = 0
    bulletins: int = 0

    @property
    def words(self) -> str:
        """As the note says it; empty where nobody is counted."""
        came = [
            f"执法{self.enforcement}人" if self.enforcement else "",
            f"媒体{self.media}家" if self.media else "",
            f"专家{self.experts}人" if self.experts else "",
        ]
        sent = [
            f"发督促函{self.letters}份" if self.letters else "",
            f"发通报{self.bulletins}期" if self.bulletins else "",
        ]
        parts = ["参加：" + "、".join(filter(None, came))] if any(came) else []
        parts += ["、".join(filter(None, sent))] if any(sent) else []
        return "".join(f"{part}。" for part in parts)


def party_of(note: str) -> Party:
    """Read who took part from a note; what it does not say is 0."""
    counts = {name: sum(int(each) for each in pattern.findall(note)) for name, pattern in _WORDS.items()}
    for name, pattern in _SOME.items():
        counts[name] = counts[name] or int(bool(pattern.search(note)))
    return Party(**counts)


@dataclass(frozen=True, slots=True)
class Check:
    """One covert check with the hazards that it found."""

    record: Record
    party: Party
    cases: tuple[Case, ...] = ()


def checks_of(records: Iterable[Record], cases: Iterable[Case]) -> list[Check]:
    """The covert checks by day, the newest first, each with its hazards.

    A hazard belongs to the first check of the unit that found it on the day on which it was found.
    """
    found: dict[tuple[str, date], list[Case]] = {}
    for case in cases:
        if case.hazard.source == Source.COVERT_CHECK.value:
            found.setdefault((case.hazard.found_by, case.hazard.found_on), []).append(case)
    oldest_first = sorted(
        (each for each in records if each.event == COVERT_CHECK),
        key=lambda record: (record.occurred_on, record.record_id),
    )
    checks = [
        Check(each, party_of(each.note), tuple(found.pop((each.unit, each.occurred_on), ())))
        for each in oldest_first
    ]
    return checks[::-1]


@dataclass(frozen=True, slots=True)
class Mores:
    """The four mores of a unit in a quarter: covert checks, photographs, letters, bulletins; and hazards."""

    checks: int = 0
    pictures: int = 0
    letters: int = 0
    bulletins: int = 0
    hazards: int = 0

    def __add__(self, other: "Mores") -> "Mores":
        return Mores(
            self.checks + other.checks,
            self.pictures + other.pictures,
            self.letters + other.letters,
            self.bulletins + other.bulletins,
            self.hazards + other.hazards,
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """Letters and bulletins that the city's office sent out itself, by quarter."""

    unit: str = ""
    letters: Mapping[Period, int] = field(default_factory=dict)
    bulletins: Mapping[Period, int] = field(default_factory=dict)


def four_mores(
    checks: Sequence[Check], pictures: Mapping[str, int], sent: Sent
) -> dict[tuple[str, Period], Mores]:
    """Count by unit and quarter; `pictures` are the photographs of a record or hazard by its number."""
    told: dict[tuple[str, Period], Mores] = {}
    for check in checks:
        key = check.record.unit, period_holding(Cadence.QUARTER, check.record.occurred_on)
        told[key] = told.get(key, Mores()) + _mores_of(check, pictures)
    for period in {*sent.letters, *sent.bulletins}:
        own = Mores(letters=sent.letters.get(period, 0), bulletins=sent.bulletins.get(period, 0))
        told[sent.unit, period] = told.get((sent.unit, period), Mores()) + own
    return told


def _mores_of(check: Check, pictures: Mapping[str, int]) -> Mores:
    taken = pictures.get(str(check.record.record_id), 0)
    taken += sum(pictures.get(case.hazard.code, 0) for case in check.cases)
    return Mores(1, taken, check.party.letters, check.party.bulletins, len(check.cases))
