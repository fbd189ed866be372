"""Photographs as they are kept: upright, small enough, without the place unless it is wanted."""

import struct
import zlib

import pytest
from PIL import ExifTags

from core.domain.contents import FileType
from core.errors import InputError
from core.services import photographs
from core.services.photographs import prepared
from tests.file_examples import CAMERA, TAKEN_AT, colours, opened, photograph

KINDS = {"JPEG": FileType.JPEG, "PNG": FileType.PNG, "WEBP": FileType.WEBP, "HEIF": FileType.HEIC}


@pytest.mark.parametrize("form", KINDS)
def test_the_place_and_the_camera_are_taken_out_and_the_moment_stays(form: str) -> None:
    content, _ = prepared(photograph(form), KINDS[form], keep_place=False)
    exif = opened(content).getexif()
    assert not exif.get_ifd(ExifTags.IFD.GPSInfo)
    assert exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal.value] == TAKEN_AT
    assert CAMERA.encode() not in content
    assert b"GPSLatitude" not in content


@pytest.mark.parametrize("form", KINDS)
def test_the_place_stays_where_the_person_keeps_it(form: str) -> None:
    content, _ = prepared(photograph(form), KINDS[form], keep_place=True)
    assert opened(content).getexif().get_ifd(ExifTags.IFD.GPSInfo)[2] == (36.0, 12.0, 1.0)
    assert CAMERA.encode() not in content


@pytest.mark.parametrize("form", KINDS)
def test_a_photograph_taken_sideways_is_turned_upright_once(form: str) -> None:
    content, _ = prepared(photograph(form, sideways=True), KINDS[form], keep_place=False)
    assert opened(content).size == (40, 80)
    assert colours(content, [(0.5, 0.1), (0.5, 0.9)]) == ["red", "blue"]
    assert opened(content).getexif().get(ExifTags.Base.Orientation, 1) == 1


def test_heic_becomes_jpeg_and_the_others_stay_what_they_are() -> None:
    kept = {form: prepared(photograph(form), kind, keep_place=False)[1] for form, kind in KINDS.items()}
    assert list(kept.values()) == [FileType.JPEG, FileType.PNG, FileType.WEBP, FileType.JPEG]


@pytest.mark.parametrize("form", KINDS)
def test_a_large_photograph_is_scaled_to_1920_pixels(form: str) -> None:
    content, _ = prepared(photograph(form, (3000, 1500)), KINDS[form], keep_place=False)
    assert opened(content).size == (1920, 960)


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("PNG", "L"), ("PNG", "P"), ("JPEG", "CMYK")])
def test_every_kind_of_colour_is_taken(form: str, mode: str) -> None:
    content, kind = prepared(photograph(form, mode=mode), KINDS[form], keep_place=False)
    assert kind == KINDS[form]
    assert opened(content).size == (80, 40)


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that would unpack to a picture of this size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8_001, 20_000, 60_000])
def test_a_decompression_bomb_is_refused_before_it_is_opened(side: int) -> None:
    with pytest.raises(InputError, match="像素过多"):
        prepared(png_that_claims(side, side), FileType.PNG, keep_place=False)


@pytest.mark.parametrize("form", KINDS)
def test_a_photograph_cut_short_is_refused(form: str) -> None:
    whole = photograph(form, (600, 300))
    with pytest.raises(InputError, match="损坏"):
        prepared(whole[: len(whole) * 2 // 3], KINDS[form], keep_place=False)


def test_a_file_that_only_begins_like_a_picture_is_refused() -> None:
    with pytest.raises(InputError, match="损坏"):
        prepared(b"\xff\xd8\xff" + b"<script>" * 50, FileType.JPEG, keep_place=False)


def test_another_format_cannot_hide_behind_a_first_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photographs, "PIXEL_LIMIT", 10**9)
    with pytest.raises(InputError, match="损坏"):
        prepared(photograph("PNG"), FileType.JPEG, keep_place=False)
