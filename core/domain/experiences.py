"""Experiences that others can copy (经验做法, notice 二（三）4), each with the record that counts."""

from dataclasses import dataclass
from datetime import date

from core.errors import InputError

EVENT = "experience_summary"
TITLE_LIMIT = 200
CONTENT_LIMIT = 10_000
PROMOTION_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Experience:
    """One experience of a locality; `promoted_on` is the day on which it was made known to the city."""

    number: int
    locality: str
    zone: str
    title: str
    content: str
    noted_on: date
    record_id: int
    promoted_on: date | None = None
    promotion: str = ""
    entered_by: str = ""
    change: int = 0

    def promoted_by(self, day: date) -> bool:
        """Tell whether it had been promoted by a day."""
        return self.promoted_on is not None and self.promoted_on <= day


@dataclass(frozen=True, slots=True)
class FiledExperience:
    """An experience as a file holds it: with its record's day and title, without numbers."""

    recorded_on: date
    record: str
    experience: Experience

    @property
    def key(self) -> tuple[str, date, str]:
        """The natural key: the record, since a record has one experience."""
        return self.experience.locality, self.recorded_on, self.record


def check_experience(experience: Experience, today: date) -> None:
    """Refuse what is no experience.

    Raises:
        InputError: no title or text, one too long, or a day in the future.
    """
    if not experience.title:
        raise InputError("请填写标题。", "title")
    if len(experience.title) > TITLE_LIMIT:
        raise InputError(f"标题最多 {TITLE_LIMIT} 个字，现有 {len(experience.title)} 个字。", "title")
    if not experience.content:
        raise InputError("请填写主要做法。", "content")
    if len(experience.content) > CONTENT_LIMIT:
        raise InputError(f"主要做法最多 {CONTENT_LIMIT} 个字。", "content")
    if experience.noted_on > today:
        raise InputError(f"日期 {experience.noted_on} 晚于今天（{today}）。", "on")


def check_promotion(experience: Experience, promoted_on: date, said: str, today: date) -> None:
    """Refuse what is no promotion of an experience.

    Raises:
        InputError: not said how, too long, or a day that cannot be.
    """
    if not said or len(said) > PROMOTION_LIMIT:
        raise InputError(
            f"请写明怎样推广（如印发简报、召开观摩会），最多 {PROMOTION_LIMIT} 个字。", "promotion"
        )
    if promoted_on > today:
        raise InputError(f"推广日期 {promoted_on} 晚于今天（{today}）。", "on")
    if promoted_on < experience.noted_on:
        raise InputError(f"推广日期 {promoted_on} 早于总结日期 {experience.noted_on}。", "on")
