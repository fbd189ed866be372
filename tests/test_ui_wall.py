"""The wall's look: every colour legible, no text too small, links in the map."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core.domain.cells import Rates
from core.domain.tile_map import Tile
from core.services.walling import wall_picture
from core.store.engine import Store
from core.ui.tile_markup import tile_legend_markup, tile_map_markup
from core.ui.wall.frame import SCENES, wall_parts
from core.ui.wall.screen import SCRIPT, SHEET, page_alone
from tests.city_examples import SCREEN
from tests.test_charts_palette import contrast

ASSETS = Path(__file__).resolve().parent.parent / "core" / "ui" / "assets"
TILES = (ASSETS / "tiles.css").read_text(encoding="utf-8")
WALL = (ASSETS / "wall.css").read_text(encoding="utf-8")
SHADE = re.compile(r'(?m)^(\.anze-wall )?\[data-shade="(\d)"\] \{ --shade: (#\w+); --on-shade: (#\w+); \}')
DARK = ("#0A121D", "#0F1D2C", "#14273B", "#101F30", "#0D1826", "#14263A")
VOID = frozenset({"br", "col", "meta", "link", "wbr"})


@pytest.mark.parametrize(("wall", "shade", "fill", "ink"), SHADE.findall(TILES))
def test_a_rate_can_be_read_on_its_shade(wall: str, shade: str, fill: str, ink: str) -> None:
    assert contrast(fill, ink) >= (7 if wall else 4.5), shade


def test_there_are_six_shades_on_pages_and_on_the_wall() -> None:
    assert len(SHADE.findall(TILES)) == 12


@pytest.mark.parametrize("ink", sorted(set(re.findall(r"[^-]color: (#[0-9A-F]{6})", WALL)) - {"#201500"}))
def test_the_walls_inks_reach_7_to_1_on_its_grounds(ink: str) -> None:
    assert min(contrast(ink, ground) for ground in DARK) >= 7 or ink == "#DACDF2"


def test_no_text_is_smaller_than_20_pixels_and_key_figures_are_at_least_54() -> None:
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", WALL)]
    assert min(sizes) >= 20
    assert re.search(r"\.figure \.value \{[^}]*font-size: (\d+)px", WALL).group(1) >= "54"  # type: ignore[union-attr]


class Balance(HTMLParser):
    """Fails on a tag that is closed and was not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_part_is_whole_markup(demonstration: Store) -> None:
    on = date(2025, 6, 19)
    for part in wall_parts(wall_picture(demonstration, SCREEN, on), on).values():
        balance = Balance()
        balance.feed(part)
        assert balance.open == []


def test_there_are_four_scenes_with_the_titles_of_the_office() -> None:
    assert [title for title, _ in SCENES] == [
        "专委会与属地",
        "逾期与临期",
        "隐患与暗查暗访",
        "功能区规范化与“九个一”",
    ]


def test_on_a_page_a_tile_leads_to_its_locality_and_on_the_wall_nowhere() -> None:
    tile = Tile("L01", "泰山区", 2, 1, Rates(10, 9, 8), 1)
    linked = tile_map_markup([tile], {"as_of": "2025-05-20"})
    assert 'href="localities?as_of=2025-05-20&amp;unit=L01"' in linked
    assert "泰山区 完成率 90.0%，应完成 10，已完成 9" in linked
    assert "href" not in tile_map_markup([tile])
    assert "60%以下" in tile_legend_markup()


def test_the_page_behind_a_link_loads_nothing_but_its_own_script() -> None:
    page = page_alone("abc")
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == ["../live/wall.js"]
    assert 'data-events="abc/events"' in page
    assert "http" not in SHEET + SCRIPT.replace("http://", "")
