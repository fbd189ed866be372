"""One locality's register of enterprises, all invented: what each did when, so that its reports come true.

The locality reports, as before, how many of its enterprises did what; here the same numbers are told one
enterprise after the other. Whoever lags behind lags in most things.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from days import HALVES, QUARTERS, Span, next_working
from dice import Dice
from records import Record
from reporting import DRIVES, SIZES, enterprises_on

LOCALITY = "L02"
OPENED = date(2025, 7, 1)
ONE_DAY = timedelta(days=1)
FEBRUARY = 2
Row = tuple[object, ...]
ENTERPRISE_COLUMNS = (
    *("code", "name", "locality", "industry", "high_risk", "staff", "active_from", "active_until"),
)
NINE = ("duty_list", "log", "review", "training", "warning", "merit", "pledge", "assessment", "reward")
SIX = ("six_letters", "six_inspection", "six_study", "six_meeting", "six_lecture", "six_drill")
DUTY_COLUMNS = ("enterprise", *NINE, *SIX, "insurance")
CHECK_COLUMNS = ("enterprise", "checked_on", "visit", "checked_by", "found_true", "found_false", "note")

# How many there are of each industry, what they are called, and how large they may be. The eight make 92.
INDUSTRIES = (
    ("矿山", 8, "石料 建材矿业 石膏矿业", (40, 320)),
    ("危险化学品", 18, "化工 涂料 加油站 工业气体 助剂", (12, 260)),
    ("烟花爆竹", 10, "烟花销售 爆竹批发", (4, 20)),
    ("交通运输", 26, "物流运输 客运 货运 危货运输 汽车运输", (15, 180)),
    ("建筑施工", 20, "建筑工程 市政工程 装饰工程 安装工程", (30, 400)),
    ("民用爆炸物品", 2, "爆破工程", (20, 60)),
    ("金属冶炼", 5, "铸造 铝业", (60, 380)),
    ("水上运输", 3, "游船服务", (8, 30)),
    ("工贸", 140, "机械制造 木业 纺织 食品 包装 塑料制品 电器 玻璃 家具 建材", (10, 300)),
    ("商贸流通", 60, "商贸 超市 家居广场 农贸市场", (8, 120)),
    ("餐饮住宿", 40, "酒店 餐饮 宾馆", (8, 90)),
    ("仓储物流", 25, "仓储 冷链 快递", (10, 80)),
    ("城镇燃气", 15, "燃气 液化气站", (10, 70)),
    ("电力能源", 12, "热力 光伏 供电服务", (15, 120)),
    ("文化旅游", 10, "文化旅游 影城", (10, 90)),
    ("农业农村", 18, "农业科技 养殖 粮油加工 果品", (6, 60)),
)
HIGH_RISK = 8
FIRST = "宏康鸿泰瑞恒盛华安信德源丰润隆昌嘉诚永和金兴顺祥旭正茂东元百"
SECOND = "远达通利捷创业成辉晟宇川海森林凯悦龙腾飞扬明亮毅勤朴实谦敬彬"
FIRST_VISIT, VISITS_A_YEAR = date(2025, 2, 10), 64
VISITS = ("督查", "巡查", "执法检查", "明查暗访")
TEAMS = ("区安委办督查组", "区应急局执法大队", "市安委办第二巡查组", "区行业主管部门联合组")
REMARKS = {
    "duty_list": "岗位清单与实际岗位不符",
    "log": "履职记录缺近两个月内容",
    "review": "没有述职材料",
    "training": "培训只有签到，没有考核",
    "warning": "警示教育没有记录",
    "merit": "评优办法没有执行",
    "pledge": "承诺书为代签",
    "assessment": "考核与绩效没有挂钩",
    "reward": "奖励资金没有兑现",
}
LABELS = dict(
    zip(NINE, ["一责", "一本", "一述", "一培", "一警", "一评", "一诺", "一考", "一奖"], strict=True)
)


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One enterprise; `lag` from 0 to 1 is how far it falls behind the others."""

    code: str
    name: str
    industry: str
    high_risk: bool
    staff: int
    opened: date | None
    lag: float


def enterprises() -> list[Enterprise]:
    """All of them, those that open in July among them."""
    found: list[Enterprise] = []
    for place, (industry, count, nouns, staff) in enumerate(INDUSTRIES):
        for number in range(count):
            found.append(_enterprise(len(found) + 1, place, number, industry, nouns.split(), staff))
    later = enterprises_on(LOCALITY, OPENED) - SIZES[LOCALITY].enterprises
    for number in range(later):
        each = _enterprise(len(found) + 1, len(INDUSTRIES), number, "工贸", ["智能装备", "新材料"], (20, 90))
        found.append(replace(each, opened=OPENED))
    return found


def _enterprise(
    running: int, place: int, number: int, industry: str, nouns: Sequence[str], staff: tuple[int, int]
) -> Enterprise:
    """Within one noun of one industry, no two names share a sign of their brand."""
    noun, turn = nouns[number % len(nouns)], number // len(nouns)
    start = place * 5 + (number % len(nouns)) * 3
    brand = FIRST[(turn + start) % len(FIRST)] + SECOND[(turn * 7 + start * 2) % len(SECOND)]
    code = f"{LOCALITY}-{running:04d}"
    dice = Dice(code, "enterprise")
    return Enterprise(
        code,
        f"{brand}{noun}有限公司（示例）",
        industry,
        place < HIGH_RISK,
        dice.between(*staff),
        None,
        dice.fraction(),
    )


def enterprise_rows() -> Iterator[Row]:
    """The register's file."""
    for each in enterprises():
        risk = int(each.high_risk)
        yield (each.code, each.name, LOCALITY, each.industry, risk, each.staff, each.opened or "", "")


def duty_rows(reports: Sequence[Record]) -> Iterator[Row]:
    """What each enterprise did, a row each."""
    known = enterprises()
    days: dict[str, dict[str, list[str]]] = {each.code: {} for each in known}
    for measure in NINE:
        for first, own in _windows(reports, measure):
            for code, day in _done_in(known, measure, first, own):
                days[code].setdefault(measure, []).append(day.isoformat())
    for each in known:
        for duty, found in _six(each):
            days[each.code].setdefault(duty, []).append(found.isoformat())
    for code, told in _policies(known, [r for r in reports if r.event == "insurance_report"]):
        days[code].setdefault("insurance", []).append(told)
    for code, own in days.items():
        yield (code, *("、".join(sorted(own.get(duty, ()))) for duty in DUTY_COLUMNS[1:]))


def _windows(reports: Sequence[Record], measure: str) -> Iterator[tuple[date, list[Record]]]:
    """The drives for one of the nine: where each begins, and what was reported in it."""
    own = sorted((r for r in reports if r.measure == measure), key=lambda r: r.occurred_on)
    drives = [each for each in DRIVES if each.measure == measure]
    for drive in drives:
        last = date(2025, 12, 31) if drive.once else drive.last
        within = [each for each in own if drive.first <= each.occurred_on <= last]
        if within:
            yield drive.first, within


def _done_in(
    known: Sequence[Enterprise], measure: str, first: date, reports: Sequence[Record]
) -> Iterator[tuple[str, date]]:
    """On the day of each report as many as it has more: whoever takes only the records away sees the same."""
    ranked = sorted(known, key=lambda each: each.lag + 0.6 * Dice(each.code, measure, first).fraction())
    done = set[str]()
    for report in reports:
        there = [each for each in ranked if each.opened is None or each.opened <= report.occurred_on]
        waiting = [each for each in there if each.code not in done]
        fresh = waiting[: max(0, (report.value or 0) - len(there) + len(waiting))]
        for each in fresh:
            yield each.code, report.occurred_on
        done |= {each.code for each in fresh}


def _day(dice: Dice, first: date, last: date) -> date:
    day = next_working(first + dice.between(0, max(0, (last - first).days)) * ONE_DAY)
    return min(max(day, first), last)


def _months() -> list[Span]:
    starts = [date(2025, month, 1) for month in range(1, 13)] + [date(2026, 1, 1)]
    return [Span(f"{a}", a, b - ONE_DAY) for a, b in pairwise(starts)]


def _six(each: Enterprise) -> Iterator[tuple[str, date]]:
    """What its head did of the six: once in most periods, less often where it lags."""
    spans: dict[str, tuple[Sequence[Span], float]] = {
        "six_letters": ([Span("letters", date(2025, 1, 8), date(2025, 3, 28))], 0.97),
        "six_inspection": (_months() if each.high_risk else QUARTERS, 0.97),
        "six_study": (QUARTERS, 0.95),
        "six_meeting": (HALVES, 0.93),
        "six_lecture": (HALVES, 0.95),
        "six_drill": ([Span("drill", date(2025, 5, 12), date(2025, 11, 28))], 0.92),
    }
    for duty, (periods, reach) in spans.items():
        for span in periods:
            dice = Dice(each.code, duty, span.name)
            begun = each.opened is None or each.opened <= span.first
            if begun and dice.chance(reach - 0.25 * each.lag):
                yield duty, _day(dice, span.first, span.last)


def _policies(known: Sequence[Enterprise], reports: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Insured for a year from the report that counts it."""
    risky = sorted((each for each in known if each.high_risk), key=lambda each: each.lag)
    before = 0
    for report in sorted(reports, key=lambda each: each.occurred_on):
        fresh = risky[before : report.value]
        for each in fresh:
            yield each.code, _policy(report.occurred_on)
        before = max(before, report.value or 0)


def _after_a_year(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28) if day.month == FEBRUARY else day.day)


def _policy(first: date) -> str:
    return f"{first}至{_after_a_year(first) - ONE_DAY}"


def check_rows(duties: Sequence[Row]) -> Iterator[Row]:
    """Visits through the year: what was noted is mostly true; now and then it is not, or more was done."""
    known = {each.code: each for each in enterprises()}
    for number in range(VISITS_A_YEAR):
        dice = Dice("spot check", number)
        row = dict(zip(DUTY_COLUMNS, map(str, duties[int(dice.fraction() * len(duties))]), strict=True))
        each, day = known[row["enterprise"]], next_working(FIRST_VISIT + int(number * 4.9) * ONE_DAY)
        if each.opened is None or each.opened <= day:
            yield _check(dice, each, day, row)


def _check(dice: Dice, each: Enterprise, day: date, row: Mapping[str, str]) -> Row:
    true: list[str] = []
    false: list[str] = []
    for measure in NINE:
        noted = _noted(row[measure], measure, day)
        if dice.chance(0.5 if noted else 0.12):
            sound = dice.chance(1.0 - 0.16 * each.lag if noted else 0.3)
            (true if sound else false).append(measure)
    if not (true or false):
        true.append("log")
    remark = "；".join(REMARKS[measure] for measure in false[:2])
    told = ("、".join(LABELS[measure] for measure in found) for found in (true, false))
    return (each.code, day, dice.pick(VISITS), dice.pick(TEAMS), *told, remark)


def _noted(days: str, measure: str, day: date) -> bool:
    """Whether the register knew of it on the day, in the period that held the day."""
    months = {"warning": 3, "review": 6, "pledge": 6}.get(measure, 12)
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return any(start.isoformat() <= each <= day.isoformat() for each in days.split("、") if each)
