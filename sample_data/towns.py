"""The towns of six counties with their people, and every locality's special inspectors.

The names and numbers of towns are public; how many people they have, and which bear a heavy load, is made up.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from cast import units
from dice import Dice
from records import Record

NAMES = {
    "L01": "岱庙街道 财源街道 泰前街道 上高街道 徐家楼街道 省庄镇 邱家店镇 大津口乡",
    "L02": (
        "粥店街道 天平街道 北集坡街道 山口镇 祝阳镇 范镇 角峪镇 徂徕镇 满庄镇 夏张镇 道朗镇 黄前镇 "
        "大汶口镇 马庄镇 房村镇 良庄镇 下港镇 化马湾乡"
    ),
    "L03": (
        "青云街道 新汶街道 新甫街道 东都镇 小协镇 翟镇 泉沟镇 羊流镇 果都镇 西张庄镇 天宝镇 楼德镇 "
        "禹村镇 宫里镇 谷里镇 石莱镇 放城镇 刘杜镇 汶南镇 龙廷镇 岳家庄乡"
    ),
    "L04": (
        "新城街道 老城街道 王瓜店街道 仪阳街道 潮泉镇 桃园镇 王庄镇 湖屯镇 石横镇 安临站镇 孙伯镇 "
        "安驾庄镇 边院镇 汶阳镇"
    ),
    "L05": "文庙街道 八仙桥街道 泗店镇 东疏镇 伏山镇 堽城镇 蒋集镇 磁窑镇 华丰镇 东庄镇 葛石镇 鹤山镇 乡饮乡",
    "L06": (
        "东平街道 州城街道 彭集街道 沙河站镇 老湖镇 银山镇 斑鸠店镇 接山镇 大羊镇 梯门镇 新湖镇 "
        "戴庙镇 商老庄乡 旧县乡"
    ),
}
HEAVY_SHARE = 0.3
COUNTED = date(2025, 3, 20), date(2025, 9, 18)
"""When localities count their special inspectors."""
Row = tuple[object, ...]
TOWN_COLUMNS = ("code", "locality", "name", "heavy_duty", "active_from", "active_until")
TOWN_STAFF_COLUMNS = ("town", "counted_on", "staff", "note")
INSPECTOR_COLUMNS = ("locality", "counted_on", "full_time", "part_time", "note")


def _code(locality: str, place: int) -> str:
    return f"{locality}-T{place:02d}"


def _heavy(code: str) -> bool:
    return Dice(code, "heavy").chance(HEAVY_SHARE)


def towns() -> Iterator[Row]:
    """Every town of the six counties."""
    for locality, names in NAMES.items():
        for place, name in enumerate(names.split(), start=1):
            code = _code(locality, place)
            yield (code, locality, name, int(_heavy(code)), "", "")


def town_staff(reports: Iterable[Record]) -> Iterator[Row]:
    """Each town counted on the days on which its county reports, as many of them well staffed as it says."""
    for report in reports:
        codes = [_code(report.unit, place) for place in range(1, len(NAMES[report.unit].split()) + 1)]
        ranked = sorted(codes, key=lambda code: Dice(code, "slow to hire").fraction())
        enough = set(ranked[: report.value])
        for code in codes:
            yield (code, report.occurred_on, _people(code, enough=code in enough), "")


def _people(code: str, *, enough: bool) -> int:
    required = 5 if _heavy(code) else 3
    dice = Dice(code, "people", enough)
    return required + dice.between(0, 2) if enough else required - dice.between(1, 2)


def inspectors() -> Iterator[Row]:
    """Every locality's special inspectors, a few more in autumn than in spring."""
    for unit in units():
        if unit.kind == "locality":
            dice = Dice(unit.code, "inspectors")
            full, part = dice.between(2, 9), dice.between(4, 20)
            for place, day in enumerate(COUNTED):
                yield (
                    unit.code,
                    day,
                    full + place * dice.between(0, 2),
                    part + place * dice.between(0, 4),
                    "",
                )
