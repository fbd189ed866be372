"""Photographs as they are kept: upright, at most 1920 pixels, without the place unless it is wanted."""

import io
import threading
from functools import cache
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from core.domain.contents import FileType
from core.errors import InputError

LONGEST_SIDE = 1920
PIXEL_LIMIT = 64_000_000
_JPEG_QUALITY = 86
_ICC_LIMIT = 16 * 1024
_KEPT_TAGS = (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal)
_READERS = {
    FileType.JPEG: "JPEG",
    FileType.PNG: "PNG",
    FileType.WEBP: "WEBP",
    FileType.HEIC: "HEIF",
}
_ONE_AT_A_TIME = threading.Lock()
"""A picture at the pixel limit takes 250 MB while it is open; two people must not open two at once."""


def prepared(content: bytes, kind: FileType, *, keep_place: bool) -> tuple[bytes, FileType]:
    """Open a photograph and write it anew; HEIC becomes JPEG.

    Raises:
        InputError: it cannot be read, or has too many pixels.
    """
    _know_heif()
    try:
        with _ONE_AT_A_TIME, Image.open(io.BytesIO(content), formats=[_READERS[kind]]) as image:
            return _written(image, kind, keep_place=keep_place)
    except InputError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise InputError("图片已损坏或不完整，无法打开，请重新拍摄或导出后再上传。") from error


def _written(image: Image.Image, kind: FileType, *, keep_place: bool) -> tuple[bytes, FileType]:
    # Only the head has been read so far, so this comes before any memory is spent on pixels. Pillow's own
    # warning is no help: turning warnings into errors is not safe among threads.
    if image.width * image.height > PIXEL_LIMIT:
        raise _too_large()
    exif, profile = _told(image, keep_place=keep_place), image.info.get("icc_profile") or b""
    target = FileType.JPEG if kind == FileType.HEIC else kind
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    flat = _plain(image, target)
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    kept = {"exif": exif, "icc_profile": profile if len(profile) <= _ICC_LIMIT else b""}
    out = io.BytesIO()
    # Remarks and XMP, which can name the place too, would be carried over if they were not emptied here.
    upright = ImageOps.exif_transpose(flat)
    upright.save(out, _READERS[target], quality=_JPEG_QUALITY, comment=b"", xmp=b"", **kept)
    return out.getvalue(), target


def _too_large() -> InputError:
    return InputError(f"图片像素过多（最多 {PIXEL_LIMIT // 10_000:,} 万像素），请缩小后再上传。")


def _told(image: Image.Image, *, keep_place: bool) -> bytes:
    """Of what the camera wrote, the moment, and the place where it is wanted; never who owns the camera."""
    source, kept = image.getexif(), Image.Exif()
    details = source.get_ifd(ExifTags.IFD.Exif)
    told: dict[int, Any] = {tag.value: details[tag.value] for tag in _KEPT_TAGS if tag.value in details}
    if told:
        kept.get_ifd(ExifTags.IFD.Exif).update(told)
    place = source.get_ifd(ExifTags.IFD.GPSInfo) if keep_place else {}
    if place:
        kept.get_ifd(ExifTags.IFD.GPSInfo).update(place)
    return kept.tobytes() if told or place else b""


def _plain(image: Image.Image, target: FileType) -> Image.Image:
    """Colours that the target can hold; what is transparent becomes white in a JPEG."""
    if target != FileType.JPEG:
        return image if image.mode in ("RGB", "RGBA", "L", "LA") else image.convert("RGBA")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer)
        return ground
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


@cache
def _know_heif() -> None:
    import pillow_heif  # noqa: PLC0415 - a large library, loaded when the first picture comes

    pillow_heif.register_heif_opener()
