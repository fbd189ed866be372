"""Attachments: photographs and documents that belong to a record, a hazard, or another thing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.domain.contents import IMAGES, FileType
from core.domain.labels import Labelled
from core.domain.texts import clean

SIZE_LIMIT = 20 * 1024 * 1024
NAME_LIMIT = 120
NOTE_LIMIT = 500
MEDIA_TYPES: Mapping[FileType, str] = {
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.WEBP: "image/webp",
    FileType.PDF: "application/pdf",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What is kept; a HEIC photograph becomes a JPEG, which every browser and document shows."""
ACCEPTED = frozenset(MEDIA_TYPES) | IMAGES
# What Windows forbids in a name, and signs that turn the direction of text around to hide an ending.
_FORBIDDEN = re.compile('[\\\\/:*?"<>|\n\t\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


class OwnerKind(Labelled):
    """What an attachment can belong to."""

    RECORD = "record", "记录"
    HAZARD = "hazard", "隐患"
    ZONE_PLAN = "zone_plan", "功能区方案"
    ZONE_AREA = "zone_area", "功能区佐证材料"
    EXPERIENCE = "experience", "经验做法"


@dataclass(frozen=True, slots=True)
class Owner:
    """The thing an attachment belongs to; `number` is its lasting id as text."""

    kind: OwnerKind
    number: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as a person sends it; `keep_place` leaves in a photograph where it was taken."""

    name: str
    content: bytes
    keep_place: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One version of an attachment; `size` in bytes, `added_at` naive UTC, `ended` where it was replaced."""

    attachment_id: int
    version_id: int
    owner: Owner
    file_name: str
    media_type: str
    size: int
    sha256: str
    note: str
    added_at: datetime
    added_by: str
    ended: bool = False

    @property
    def is_image(self) -> bool:
        """Tell whether a browser can show it in a page."""
        return self.media_type.startswith("image/")


def file_name_for(typed: str, kind: FileType) -> str:
    """A name that any system can keep, with the ending that its content deserves."""
    whole = _FORBIDDEN.sub("_", clean(typed.replace("\\", "/").rpartition("/")[2]))
    stem, dot, ending = whole.rpartition(".")
    known = {each.value for each in FileType} | {"jpeg", "heif", "jpe"}
    base = (stem if dot and ending.lower() in known else whole).strip(" .") or "附件"
    if _RESERVED.match(base):
        base = f"_{base}"
    return f"{base[:NAME_LIMIT]}.{kind.value}"
