"""Files as phones and offices make them, written with the libraries at the moment they are needed."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pillow_heif
from PIL import ExifTags, Image

CAMERA = "Phone of Zhao"
TAKEN_AT = "2025:05:20 10:00:00"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def photograph(
    form: str = "JPEG", size: tuple[int, int] = (80, 40), mode: str = "RGB", *, sideways: bool = False
) -> bytes:
    """A photograph with a place, a camera and a moment in it; red on the left, blue on the right."""
    pillow_heif.register_heif_opener()
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    image = image.convert(mode)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = CAMERA
    exif[ExifTags.Base.Orientation] = 6 if sideways else 1
    exif.get_ifd(ExifTags.IFD.GPSInfo)[1] = "N"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[2] = (36.0, 12.0, 1.0)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal.value] = TAKEN_AT
    out = io.BytesIO()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>GPSLatitude</x:xmpmeta>"
    told: dict[str, Any] = {"exif": exif.tobytes()}
    if form == "JPEG":
        told |= {"comment": CAMERA.encode(), "xmp": xmp}
    image.save(out, form, **told)
    return out.getvalue()


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def office_file(main_type: str, *more: str, body: bytes = b"<x/>") -> bytes:
    """An archive that says it is an Office file of this type, with further members by name."""
    types = f'<Types><Override ContentType="application/vnd.{main_type}"/></Types>'.encode()
    return zipped({"[Content_Types].xml": types, "part.xml": body, **dict.fromkeys(more, b"x")})


DOCX_TYPE = "openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_TYPE = "openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def opened(content: bytes) -> Image.Image:
    """An image as it was kept."""
    pillow_heif.register_heif_opener()
    return Image.open(io.BytesIO(content))


def colours(content: bytes, places: Sequence[tuple[float, float]]) -> list[str]:
    """Which colour is strongest at places given as parts of width and height."""
    image = opened(content).convert("RGB")
    found = []
    for across, down in places:
        pixel = image.getpixel((int(across * (image.width - 1)), int(down * (image.height - 1))))
        assert isinstance(pixel, tuple)
        found.append(("red", "green", "blue")[max(range(3), key=lambda part: pixel[part])])
    return found
