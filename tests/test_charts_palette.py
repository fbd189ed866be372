"""The one palette: every status is legible, and red means missed and nothing else."""

import colorsys

import pytest

from core.charts import PALETTE, STRONG
from core.domain.cells import Status

PAGE, WALL = "#FFFFFF", "#0B1521"
RED_HUE, VIVID = 0.04, 0.6


def channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = map(linear, channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def is_red(colour: str) -> bool:
    hue, _, saturation = colorsys.rgb_to_hls(*channels(colour))
    return min(hue, 1 - hue) < RED_HUE and saturation > VIVID


def test_white_on_black_is_21_to_1() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)


def test_every_status_has_its_look_and_its_hue() -> None:
    assert set(PALETTE) == set(STRONG) == set(Status)


@pytest.mark.parametrize("status", Status)
def test_text_on_a_light_page_reaches_4_5_to_1(status: Status) -> None:
    look = PALETTE[status]
    fill = PAGE if look.fill == "transparent" else look.fill
    assert contrast(fill, look.text) >= 4.5


@pytest.mark.parametrize("status", Status)
def test_text_on_the_wall_reaches_7_to_1_where_it_matters(status: Status) -> None:
    look = PALETTE[status]
    fill = WALL if look.wall_fill == "transparent" else look.wall_fill
    assert contrast(fill, look.wall_text) >= (4.5 if status == Status.NOT_STARTED else 7)


def test_red_is_for_what_was_missed_and_for_nothing_else() -> None:
    assert is_red(PALETTE[Status.MISSED].fill)
    assert is_red(PALETTE[Status.MISSED].wall_fill)
    others = [look for status, look in PALETTE.items() if status != Status.MISSED]
    fills = [fill for look in others for fill in (look.fill, look.wall_fill) if fill != "transparent"]
    assert not any(map(is_red, fills))


def test_no_two_statuses_share_a_glyph() -> None:
    glyphs = [look.glyph for look in PALETTE.values()]
    assert len(set(glyphs)) == len(glyphs)
