"""Zip files without a clock: the same parts always give the same bytes."""

import io
import zipfile

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_CONTENT_TYPES = "[Content_Types].xml"


def fixed_zip(content: bytes) -> bytes:
    """Pack a zip file anew: parts in order, every one of the same moment, packed in the same way."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(out, "w") as packed:
        for name in sorted(found.namelist(), key=lambda each: (each != _CONTENT_TYPES, each)):
            part = zipfile.ZipInfo(name, _FIRST_DAY)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            part.create_system = 0
            packed.writestr(part, found.read(name), compresslevel=6)
    return out.getvalue()
