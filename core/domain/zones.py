"""Functional zones and the five areas in which each is standardised (notice, 二（三）4)."""

from dataclasses import dataclass
from datetime import date

from core.domain.labels import Labelled


class Area(Labelled):
    """The five areas of functional-zone standardisation."""

    DUTY = "duty", "安全生产责任制"
    SYSTEM = "system", "管理体系"
    SUPPORT = "support", "基础保障"
    ENFORCEMENT = "enforcement", "日常执法"
    DIGITAL = "digital", "信息化建设"


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone of a locality; `accepted` holds each area's date in the order of `Area`, None = not yet."""

    code: str
    locality: str
    name: str
    accepted: tuple[date | None, ...] = (None,) * len(Area)

    @property
    def completed_on(self) -> date | None:
        """The latest of the five acceptance dates, once all five areas are accepted."""
        days = [day for day in self.accepted if day]
        return max(days) if len(days) == len(Area) else None
