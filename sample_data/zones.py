"""The functional zones of the demonstration city and when their five areas were accepted; all invented."""

from dataclasses import dataclass

AREAS = ("duty", "system", "support", "enforcement", "digital")


@dataclass(frozen=True, slots=True)
class Zone:
    """A line of zones.csv; `accepted`: the dates of the five areas in the order of AREAS, or ""."""

    code: str
    locality: str
    name: str
    accepted: tuple[str, str, str, str, str]


def _zone(code: str, locality: str, name: str, accepted: str) -> Zone:
    """A zone whose dates are written 0228, or - for an area not accepted in 2025."""
    duty, system, support, enforcement, digital = (
        "" if day == "-" else f"2025-{day[:2]}-{day[2:]}" for day in accepted.split()
    )
    return Zone(code, locality, name, (duty, system, support, enforcement, digital))


# By 19 June: L01 and L04 have one, L03 two, L02 four areas of five (the last follows on the 27th), L05 is
# late by eighteen days, L06 never gets there. Zones outside the counties have no quota, but a life.
ZONES = (
    _zone("Z01", "L01", "泰山城东产业园（示例）", "0221 0314 0328 0423 0514"),
    _zone("Z02", "L01", "泰山智慧物流园（示例）", "0318 0425 0606 0919 -"),
    _zone("Z03", "L02", "岱岳示范产业园（示例）", "0226 0327 0424 0528 0627"),
    _zone("Z04", "L02", "岱岳新型建材园（示例）", "0416 0612 0822 - -"),
    _zone("Z05", "L03", "新泰循环经济示范园（示例）", "0213 0228 0320 0410 0424"),
    _zone("Z06", "L03", "新泰城南工业园（示例）", "0305 0402 0429 0522 0612"),
    _zone("Z07", "L04", "肥城精细化工园（示例）", "0219 0320 0418 0520 0610"),
    _zone("Z08", "L04", "肥城高端装备园（示例）", "0327 0515 0718 1016 1128"),
    _zone("Z09", "L05", "宁阳绿色产业园（示例）", "0312 0411 0523 0618 0718"),
    _zone("Z10", "L06", "东平滨湖产业园（示例）", "0325 0513 0716 - -"),
    _zone("Z11", "L06", "东平城西工业集中区（示例）", "0422 - - - -"),
    _zone("Z12", "L07", "高新区生物医药园（示例）", "0220 0318 0417 0516 0605"),
    _zone("Z13", "L07", "高新区智能制造园（示例）", "0326 0523 0814 1023 -"),
    _zone("Z14", "L08", "景区游客服务集聚区（示例）", "0410 0610 0905 - -"),
    _zone("Z15", "L09", "徂汶文旅融合示范区（示例）", "0508 0717 - - -"),
)
