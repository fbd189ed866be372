"""Pictures for the demonstration: drawn, never photographed, so that nobody takes them for a real place."""

import io
from functools import cache

from PIL import Image, ImageDraw

_SIZE = (960, 640)
_WALLS = ((205, 211, 216), (214, 205, 190), (190, 205, 210), (222, 216, 205))
_FLOOR, _STEEL, _DARK, _RED, _AMBER, _GREEN = (
    *((150, 148, 142), (120, 130, 140), (60, 66, 74)),
    *((196, 58, 44), (230, 170, 40), (60, 140, 100)),
)
VARIANTS = len(_WALLS)


@cache
def sample_picture(variant: int, *, mended: bool) -> bytes:
    """A drawn workshop wall with a box: open and marked red, or shut and marked green once `mended`."""
    wall = _WALLS[variant % VARIANTS]
    image = Image.new("RGB", _SIZE, wall)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 470, 960, 640), fill=_FLOOR)
    for line in range(0, 960, 120):
        pen.line((line + 40 * (variant % 3), 0, line, 470), fill=tuple(part - 12 for part in wall), width=3)
    _draw_shelves(pen, variant)
    _draw_box(pen, 330 + 40 * (variant % 3), mended=mended)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def _draw_shelves(pen: ImageDraw.ImageDraw, variant: int) -> None:
    """Things stand about: pipes on one wall, crates on another."""
    if variant % 2:
        for row in range(3):
            pen.rectangle((40, 120 + row * 90, 260, 150 + row * 90), fill=_STEEL)
            pen.ellipse((250, 115 + row * 90, 280, 155 + row * 90), fill=_DARK)
    else:
        for column in range(3):
            pen.rectangle(
                (60 + column * 75, 360, 125 + column * 75, 470), fill=_AMBER, outline=_DARK, width=4
            )


def _draw_box(pen: ImageDraw.ImageDraw, left: int, *, mended: bool) -> None:
    pen.rectangle((left, 150, left + 240, 430), fill=_STEEL, outline=_DARK, width=6)
    if mended:
        pen.ellipse((left + 95, 250, left + 145, 300), fill=_GREEN)
        pen.line((left + 105, 276, left + 116, 288, left + 136, 262), fill=(255, 255, 255), width=7)
        return
    pen.rectangle((left + 16, 166, left + 224, 414), fill=_DARK)
    for place, colour in enumerate((_RED, _AMBER, _GREEN, _RED)):
        start = (left + 60 + place * 40, 180)
        pen.line((*start, start[0] - 30, 300, start[0] + 25, 400), fill=colour, width=9)
    pen.ellipse((left + 190, 80, left + 300, 190), outline=_RED, width=12)
