"""Files are known by what is in them, whatever they are called."""

import zipfile

import pytest

from core.domain import contents
from core.domain.attachments import file_name_for
from core.domain.contents import FileType, archive_is_whole, type_of
from tests.file_examples import DOCX_TYPE, PDF, XLSX_TYPE, office_file, photograph, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (photograph("JPEG"), FileType.JPEG),
        (photograph("PNG"), FileType.PNG),
        (photograph("WEBP"), FileType.WEBP),
        (photograph("HEIF"), FileType.HEIC),
        (b"GIF89a" + b"\x00" * 20, FileType.GIF),
        (PDF, FileType.PDF),
        (office_file(DOCX_TYPE), FileType.DOCX),
        (office_file(XLSX_TYPE), FileType.XLSX),
        (office_file("ms-excel.sheet.macroEnabled.main+xml"), FileType.MACROS),
        (office_file(XLSX_TYPE, "xl/vbaProject.bin"), FileType.MACROS),
        (office_file("ms-excel.sheet.binary.macroEnabled.main"), FileType.BINARY_WORKBOOK),
        (zipped({"mimetype": b"x", "content.xml": b"x"}), FileType.OPEN_DOCUMENT),
        (zipped({"a.txt": b"x"}), FileType.ZIP),
        (OLE, FileType.OLD_OFFICE),
        (OLE + "EncryptedPackage".encode("utf-16-le"), FileType.LOCKED),
        (b"Rar!\x1a\x07", FileType.RAR),
        (b"<!DOCTYPE html><html>", FileType.HTML),
        (b"\xef\xbb\xbf\r\n <html xmlns:x='urn'>", FileType.HTML),
        (b"<table><tr><td>1</td></tr></table>", FileType.HTML),
        ("单位,事项\n".encode(), None),
        (b"", None),
        (b"\x00\x01\x02", None),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: FileType | None) -> None:
    assert type_of(content) == kind


def test_an_archive_cut_short_is_told_as_broken() -> None:
    whole = office_file(XLSX_TYPE)
    assert type_of(whole[: len(whole) // 2]) == FileType.BROKEN_ZIP


def test_an_archive_that_would_unpack_to_too_much_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "UNZIPPED_LIMIT", 1_000_000)
    assert type_of(office_file(XLSX_TYPE, body=b"0" * 2_000_000)) == FileType.BOMB


def test_an_archive_of_too_many_members_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MEMBER_LIMIT", 10)
    assert type_of(zipped({str(each): b"" for each in range(11)})) == FileType.BOMB


def test_a_member_that_was_damaged_is_found() -> None:
    whole = zipped({"a": b"abcdefgh" * 100}, zipfile.ZIP_STORED)
    assert archive_is_whole(whole)
    assert not archive_is_whole(whole.replace(b"abcdefgh", b"abcdefgX", 1))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("现场 照片.JPG", "现场 照片.jpg"),
        ("IMG_0001.HEIC", "IMG_0001.jpg"),
        (r"C:\Users\zhao\Desktop\通报.docx", "通报.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("报告.pdf.exe", "报告.pdf.exe.jpg"),
        ("a\u202egpj.exe", "a_gpj.exe.jpg"),
        ('一"二<三>|四?*.png', "一_二_三__四__.jpg"),
        ("con.png", "_con.jpg"),
        ("   .png", "附件.jpg"),
        ("", "附件.jpg"),
        ("\r\nSet-Cookie: x.png", "Set-Cookie_ x.jpg"),
        ("长" * 500 + ".png", "长" * 120 + ".jpg"),
    ],
)
def test_a_name_is_made_fit_for_every_system_and_true_to_its_content(typed: str, kept: str) -> None:
    assert file_name_for(typed, FileType.JPEG) == kept
