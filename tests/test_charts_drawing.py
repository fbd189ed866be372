"""Charts: a frame in, a chart out that says in Chinese what it shows."""

from typing import Any

import pytest

from core.charts import (
    completion_chart,
    completion_frame,
    describe_completion,
    status_frame,
    status_share_chart,
)
from core.domain.cells import Rates, Status
from tests.ui_examples import cell_of

RATES = [("消防专委会", Rates(8, 7, 6)), ("矿山专委会", Rates(0, 0, 0))]


def written(chart: Any) -> dict[str, Any]:
    made: dict[str, Any] = chart.to_dict()
    return made


def test_a_frame_keeps_the_numbers_that_belong_together() -> None:
    frame = completion_frame(RATES)
    assert list(frame.columns) == ["单位", "应完成", "已完成", "按期", "完成率", "及时率"]
    assert frame.iloc[0].tolist() == ["消防专委会", 8, 7, 6, 0.875, 0.75]


def test_units_keep_their_order() -> None:
    chart = written(completion_chart(completion_frame(RATES)))
    assert chart["layer"][0]["encoding"]["y"]["sort"] == ["消防专委会", "矿山专委会"]


def test_a_rate_without_settled_cells_is_a_dash_and_not_nought() -> None:
    assert describe_completion(completion_frame(RATES)) == "各单位完成率：消防专委会 87.5%，矿山专委会 —。"
    data = next(iter(written(completion_chart(completion_frame(RATES)))["datasets"].values()))
    assert [row["标注"] for row in data] == ["87.5%", "—"]


def test_a_chart_brings_its_words_its_face_and_its_language() -> None:
    chart = written(completion_chart(completion_frame(RATES)))
    assert chart["description"].startswith("各单位完成率")
    assert "Microsoft YaHei" in chart["config"]["font"]
    assert chart["config"]["locale"]["time"]["months"][10] == "十一月"


def test_an_empty_frame_still_makes_a_chart() -> None:
    assert written(completion_chart(completion_frame([])))["description"] == "暂无数据。"
    assert written(status_share_chart(status_frame([])))["description"] == "暂无数据。"


@pytest.mark.parametrize("status", Status)
def test_each_status_is_drawn_in_its_own_hue(status: Status) -> None:
    frame = status_frame([("专委会", [cell_of("committee.meeting", status, "0/1")])])
    chart = written(status_share_chart(frame))
    assert chart["encoding"]["color"]["scale"]["domain"] == [status.label]
    assert chart["description"] == f"各状态事项数：专委会：{status.label} 1。"


def test_statuses_that_do_not_occur_are_left_out() -> None:
    cells = [cell_of("committee.meeting", Status.MET, "1/1"), cell_of("committee.plan", Status.MISSED, "0/1")]
    assert status_frame([("专委会", cells)])["状态"].tolist() == ["已完成", "未完成"]
