"""The schematic map as markup: a tile a locality, its name, its rate, its shade; for pages and the wall."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from core.domain.cells import Cell, percent, whole_percent
from core.domain.tile_map import CAPTION, STEPS, Tile, tiles_of
from core.ui.frame import section_head
from core.ui.html import Markup, element, join, link_to
from core.ui.picker import kept_address

_PAGE = "localities"


def draw_tile_map(cells: Iterable[Cell]) -> None:
    """Draw the map of the localities among the cells on a page, with its heading; nothing without any."""
    tiles = tiles_of(cells)
    if tiles:
        section_head("各属地完成率", CAPTION)
        st.html(join(tile_map_markup(tiles, kept_address()), tile_legend_markup()))


def tile_map_markup(tiles: Sequence[Tile], kept: Mapping[str, str] | None = None) -> Markup:
    """Write the map; with `kept`, the address parameters to carry on, each tile links to its locality.

    The style sheet is `tiles.css`; on the wall the darker shades hold.
    """
    items = [_tile(tile, kept) for tile in tiles]
    return element("ul", *items, class_="tiles", aria_label=f"各属地完成率，{CAPTION}")


def tile_legend_markup() -> Markup:
    """Write what the shades mean."""
    bounds = [f"{int(step * 100)}%" for step in STEPS]
    words = [f"{bounds[0]}以下", *(f"{low}起" for low in bounds)]
    items = [element("li", word, data_shade=number) for number, word in enumerate(words, start=1)]
    return element("ul", *items, class_="tile-legend", aria_label="图例")


def _tile(tile: Tile, kept: Mapping[str, str] | None) -> Markup:
    rates, share = tile.rates, percent(tile.rates.completion)
    label = f"{tile.name} 完成率 {share}，应完成 {rates.settled}，已完成 {rates.fulfilled}"
    content = (element("span", tile.name), element("b", whole_percent(rates.completion)))
    if kept is None:
        inside = element("div", *content, title=label)
    else:
        inside = element("a", *content, href=link_to(_PAGE, {**kept, "unit": tile.unit}), aria_label=label)
    place = f"grid-column:{tile.column + 1};grid-row:{tile.row + 1}"
    return element("li", inside, style=place, data_unit=tile.unit, data_shade=tile.shade)
