"""Who plays in the demonstration city: its units and their leaders. Every person is invented.

The counties and cities of Tai'an and the kinds of departments are real; which committee has which lead
department, and every leader's name, are made up.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as units.csv has it; `order` is its place among all units."""

    code: str
    kind: str
    name: str
    order: int
    county: bool = False
    heavy_duty: bool = False
    lead_unit: str = ""

    @property
    def parent(self) -> str:
        """The unit above: the city's office for all but itself."""
        return "" if self.kind == "city" else CITY_CODE


@dataclass(frozen=True, slots=True)
class Leader:
    """A line of leaders.csv; an empty bound is open."""

    unit: str
    name: str
    title: str
    since: str = ""
    until: str = ""

    def active_on(self, day: date) -> bool:
        """Whether the leader is in office on the day."""
        return self.since <= day.isoformat() and (not self.until or day.isoformat() <= self.until)


CITY_CODE = "T00"
CITY_NAME = "泰安市安委会办公室"
COMMITTEES = (
    ("矿山专委会", "D01"),
    ("危险化学品专委会", "D01"),
    ("工贸行业专委会", "D07"),
    ("道路交通专委会", "D02"),
    ("建筑施工专委会", "D04"),
    ("消防专委会", "D05"),
    ("城镇燃气专委会", "D04"),
    ("特种设备专委会", "D06"),
    ("民爆物品专委会", "D02"),
    ("文化旅游专委会", "D08"),
    ("教育专委会", "D09"),
    ("农业农村专委会", "D10"),
    ("商贸流通专委会", "D11"),
    ("电力能源专委会", "D12"),
)
DEPARTMENTS = (
    "市应急管理局",
    "市公安局",
    "市交通运输局",
    "市住房城乡建设局",
    "市消防救援支队",
    "市市场监督管理局",
    "市工业和信息化局",
    "市文化和旅游局",
    "市教育局",
    "市农业农村局",
    "市商务局",
    "市发展改革委",
    "市卫生健康委",
    "市自然资源和规划局",
)
LOCALITIES = (
    ("泰山区", True),
    ("岱岳区", True),
    ("新泰市", True),
    ("肥城市", True),
    ("宁阳县", True),
    ("东平县", True),
    ("泰安高新区管委会", False),
    ("泰山景区管委会", False),
    ("徂汶景区管委会", False),
)
HEAVY_DUTY = frozenset({"C01", "C02", "C05", "L03", "L04"})
FIRST_DIRECTOR = "第一主任（副市长）"

# One vice mayor leads several committees; C08 changes hands on 1 September.
FIRST_DIRECTORS = {
    "郑维舟": ("C01", "C02", "C03"),
    "陆景衡": ("C04", "C06", "C09"),
    "韩若谷": ("C05", "C07", "C14"),
    "唐以宁": ("C10", "C11"),
    "石砚平": ("C12", "C13"),
}
HANDED_OVER = (
    Leader("C08", "许怀瑾", FIRST_DIRECTOR, until="2025-08-31"),
    Leader("C08", "蒋承恺", FIRST_DIRECTOR, since="2025-09-01"),
)

DISTRICT = ("区委书记", "区委副书记、区长", "区委常委、常务副区长", "副区长")
CITY = ("市委书记", "市委副书记、市长", "市委常委、常务副市长", "副市长")
COUNTY = ("县委书记", "县委副书记、县长", "县委常委、常务副县长", "副县长")
BOARD = ("党工委书记", "管委会主任", "管委会常务副主任", "管委会副主任")

# Names in the order of rank; everyone after the third bears the last title. A pair of dates: since, until.
ROSTERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "L01": (
        DISTRICT,
        ("谢明湛", "贺远樵", "曹砚青", "丁书岚", "魏承溪", "姜柏舟/|2025-05-31", "辛远/2025-06-10|"),
    ),
    "L02": (DISTRICT, ("邵启恒", "罗云峥", "潘以恬", "程岳松", "夏知行", "方澄", "田沐阳", "白皓宁")),
    "L03": (
        CITY,
        ("傅青屿", "尹长汀", "薛望舒", "段其琛", "侯亦安", "武清晏", "汪砚池", "姚川", "江若楠/2025-08-01|"),
    ),
    "L04": (
        CITY,
        (
            "万承泽",
            "钱墨轩",
            "戴知远",
            "范景行",
            "彭予安",
            "余松年",
            "苏怀清",
            "卢启明/|2025-09-15",
            "文知节/2025-09-20|",
        ),
    ),
    "L05": (COUNTY, ("金以深", "贾云帆", "任书航", "廖清和", "石予宁", "熊景明", "姚望川")),
    "L06": (
        COUNTY,
        ("康砚舟", "邱远山", "秦沐言", "江树声", "史清越", "顾怀远/|2025-03-15", "车清野/2025-04-08|"),
    ),
    "L07": (BOARD, ("侯景初", "邹云起", "龚知夏", "孔砚秋", "常若水", "乔宇")),
    "L08": (BOARD, ("黎望岳", "向清扬", "施景山", "严予墨", "梅松涛", "俞若木", "温书宁/2025-03-01|")),
    "L09": (BOARD, ("牛启舟", "葛云深", "章怀川", "鲁知微", "柳景和", "池农")),
}


def _committees() -> list[Unit]:
    return [
        Unit(code, "committee", name, number + 1, heavy_duty=code in HEAVY_DUTY, lead_unit=lead)
        for number, (name, lead) in enumerate(COMMITTEES, start=1)
        for code in (f"C{number:02}",)
    ]


def _departments() -> list[Unit]:
    before = 1 + len(COMMITTEES) + len(LOCALITIES)
    return [
        Unit(f"D{number:02}", "department", name, before + number)
        for number, name in enumerate(DEPARTMENTS, start=1)
    ]


def _localities() -> list[Unit]:
    before = 1 + len(COMMITTEES)
    return [
        Unit(code, "locality", name, before + number, county, code in HEAVY_DUTY)
        for number, (name, county) in enumerate(LOCALITIES, start=1)
        for code in (f"L{number:02}",)
    ]


def units() -> list[Unit]:
    """All units in their official order: city, committees, localities, departments."""
    return [Unit(CITY_CODE, "city", CITY_NAME, 1), *_committees(), *_localities(), *_departments()]


def _first_directors() -> list[Leader]:
    lasting = [
        Leader(code, name, FIRST_DIRECTOR) for name, codes in FIRST_DIRECTORS.items() for code in codes
    ]
    return sorted([*lasting, *HANDED_OVER], key=lambda leader: (leader.unit, leader.since))


def _roster(unit: str) -> list[Leader]:
    titles, people = ROSTERS[unit]
    roster = []
    for rank, person in enumerate(people):
        name, _, bounds = person.partition("/")
        since, _, until = bounds.partition("|")
        roster.append(Leader(unit, name, titles[min(rank, len(titles) - 1)], since, until))
    return roster


def leaders() -> list[Leader]:
    """Everyone in office at some time of the year, by unit."""
    return [*_first_directors(), *(leader for unit in ROSTERS for leader in _roster(unit))]


def first_director(unit: str, day: date) -> str:
    """The name of the committee's first director on the day."""
    return next(leader.name for leader in _first_directors() if leader.unit == unit and leader.active_on(day))
