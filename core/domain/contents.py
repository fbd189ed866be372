"""What a file is by its content, never by its name; zip archives are looked at before anything opens them."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from core.domain.labels import Labelled

MEMBER_LIMIT = 10_000
UNZIPPED_LIMIT = 300 * 1024 * 1024
_CONTENT_TYPES = "[Content_Types].xml"
_CONTENT_TYPES_LIMIT = 1024 * 1024
_LOCKED_NAME = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"(?i)\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|table|meta|div)\b")
_LOOKED_AT = 2048


class FileType(Labelled):
    """Types of files; the code is the usual ending of the name."""

    JPEG = "jpg", "JPEG 图片"
    PNG = "png", "PNG 图片"
    WEBP = "webp", "WebP 图片"
    HEIC = "heic", "HEIC 图片"
    GIF = "gif", "GIF 图片"
    PDF = "pdf", "PDF 文件"
    DOCX = "docx", "Word 文档（.docx）"
    XLSX = "xlsx", "Excel 工作簿（.xlsx）"
    MACROS = "xlsm", "含宏的 Office 文件（.xlsm、.docm）"
    BINARY_WORKBOOK = "xlsb", "二进制 Excel 工作簿（.xlsb）"
    OLD_OFFICE = "xls", "旧版 Office 或 WPS 文件（.xls、.et、.doc）"
    LOCKED = "locked", "设有打开密码的文件"
    OPEN_DOCUMENT = "ods", "OpenDocument 文件（.ods、.odt）"
    ZIP = "zip", "压缩包"
    BROKEN_ZIP = "broken", "残缺的 Office 文件或压缩包"
    BOMB = "bomb", "解压后过大的文件"
    RAR = "rar", "压缩包"
    HTML = "html", "网页"


IMAGES = frozenset({FileType.JPEG, FileType.PNG, FileType.WEBP, FileType.HEIC})
_HEADS: Mapping[bytes, FileType] = {
    b"\xff\xd8\xff": FileType.JPEG,
    b"\x89PNG": FileType.PNG,
    b"GIF8": FileType.GIF,
    b"%PDF": FileType.PDF,
    b"Rar!": FileType.RAR,
    b"7z\xbc\xaf": FileType.RAR,
    b"\x1f\x8b": FileType.RAR,
}
_OFFICE_PARTS: Mapping[bytes, FileType] = {
    b"macroEnabled.main+xml": FileType.MACROS,
    b"sheet.binary.macroEnabled": FileType.BINARY_WORKBOOK,
    b"spreadsheetml.sheet.main+xml": FileType.XLSX,
    b"wordprocessingml.document.main+xml": FileType.DOCX,
}
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, RuntimeError)


def type_of(content: bytes) -> FileType | None:
    """Tell the type of a file; None for plain text and for what is not known."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _type_of_zip(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return FileType.LOCKED if _LOCKED_NAME in content else FileType.OLD_OFFICE
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileType.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return FileType.HEIC
    found = next((kind for head, kind in _HEADS.items() if content.startswith(head)), None)
    return found or (FileType.HTML if _HTML.match(content[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf")) else None)


def archive_is_whole(content: bytes) -> bool:
    """Tell whether every member of a zip archive unpacks to what its checksum says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.testzip() is None
    except _UNREADABLE:
        return False


def _type_of_zip(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MEMBER_LIMIT or sum(each.file_size for each in members) > UNZIPPED_LIMIT:
                return FileType.BOMB
            return _type_of_members(archive, {each.filename for each in members})
    except _UNREADABLE:
        return FileType.BROKEN_ZIP


def _type_of_members(archive: zipfile.ZipFile, names: set[str]) -> FileType:
    if any(name.endswith("vbaProject.bin") for name in names):
        return FileType.MACROS
    if _CONTENT_TYPES in names:
        with archive.open(_CONTENT_TYPES) as file:
            types = file.read(_CONTENT_TYPES_LIMIT)
        return next((kind for part, kind in _OFFICE_PARTS.items() if part in types), FileType.ZIP)
    return FileType.OPEN_DOCUMENT if "mimetype" in names and "content.xml" in names else FileType.ZIP
