"""A record of the diary, and the habits by which a unit's year turns into days."""

from dataclasses import dataclass
from datetime import date, timedelta

from days import YEAR, Span, pick_days
from dice import Dice
from script import SCENES, Temper, temper_of
from sectors import SEASONS


@dataclass(frozen=True, slots=True)
class Record:
    """One line of records.csv; what an event has no use for stays empty."""

    unit: str
    event: str
    occurred_on: date
    title: str
    leader: str = ""
    led_by_first_director: str = ""
    reported_on: date | None = None
    measure: str = ""
    value: int | None = None
    total: int | None = None
    note: str = ""


MEETING_NOTES = (
    "会议纪要已印发。",
    "议定事项6项，已分解到科室。",
    "视频开到乡镇（街道）。",
    "会议传达了省、市有关部署。",
)
VISIT_NOTES = (
    "已形成问题清单，逐项明确整改时限。",
    "邀请专家2人参加。",
    "媒体随行拍摄隐患场景。",
    "已发督促函2份。",
    "现场交办问题5项。",
    "相关照片存档备查。",
)


def _party(dice: Dice) -> str:
    """Who went along on a covert check and what was sent out afterwards."""
    came = [f"执法{dice.between(2, 6)}人"]
    came += [f"媒体{dice.between(1, 2)}家"] if dice.chance(0.45) else []
    came += [f"专家{dice.between(1, 3)}人"] if dice.chance(0.6) else []
    sent = [f"发督促函{dice.between(1, 3)}份"] if dice.chance(0.4) else []
    sent += ["发通报1期"] if dice.chance(0.18) else []
    return f"参加：{'、'.join(came)}。" + (f"{'、'.join(sent)}。" if sent else "")


def note_for(unit: str, event: str, day: date) -> str:
    """A remark on one record in seven, who took part in a covert check, else nothing."""
    dice = Dice("note", unit, event, day)
    if event == "covert_check" and dice.chance(0.9):
        return _party(dice)
    notes = MEETING_NOTES if event.endswith("_meeting") else VISIT_NOTES
    return dice.pick(notes) if dice.chance(0.14) else ""


def season(day: date) -> str:
    """What the month of the day is about."""
    return SEASONS[day.month - 1]


def prose(day: date) -> str:
    """The day as a title writes it: 3月5日."""
    return f"{day.month}月{day.day}日"


def _scene(unit: str, event: str, period: str) -> list[date] | None:
    days = SCENES.get((unit, event, period))
    return None if days is None else [date.fromisoformat(day) for day in days]


def _count(dice: Dice, temper: Temper, usual: int) -> int:
    """The usual number, and up to two more."""
    more = int(dice.chance(temper.more))
    return usual + more + (more and int(dice.chance(temper.more)))


def held(unit: str, event: str, span: Span, usual: int = 1, *, festive: bool = False) -> list[date]:
    """The days in the span on which the unit does what is asked of it; none where it misses the quota."""
    scene = _scene(unit, event, span.name)
    if scene is not None:
        return scene
    temper, dice = temper_of(unit), Dice(unit, event, span.name)
    if not dice.chance(temper.reach):
        return []
    return pick_days(dice, span, _count(dice, temper, usual), temper.rhythm, festive=festive)


def done_by(unit: str, event: str, due: date, first: date = YEAR.first) -> list[date]:
    """The day on which something due once is done: in time, late, or (an empty list) never."""
    scene = _scene(unit, event, YEAR.name)
    if scene is not None:
        return scene
    temper, dice = temper_of(unit), Dice(unit, event, "due")
    if not dice.chance(temper.late):
        return pick_days(dice, Span(event, first, due), 1, temper.rhythm)
    if due >= YEAR.last or not dice.chance(temper.reach):
        return []
    late = Span(event, due + timedelta(days=1), min(due + timedelta(days=40), YEAR.last))
    return pick_days(dice, late, 1, "even")


def planned(unit: str, event: str, last: date) -> list[date]:
    """The day of a plan that may come any time in the year but normally comes early, by `last`."""
    scene = _scene(unit, event, YEAR.name)
    if scene is not None:
        return scene
    temper, dice = temper_of(unit), Dice(unit, event, "plan")
    if not dice.chance(temper.reach):
        return []
    span = Span(event, YEAR.first, last + timedelta(days=60 if dice.chance(temper.late) else 0))
    return pick_days(dice, span, 1, "even")
