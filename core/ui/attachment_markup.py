"""Attachments as markup: photographs side by side, documents as a list, what was replaced in small."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from core.config import local_moment
from core.domain.attachments import Attachment
from core.ui.html import Markup, element, join

_KILO = 1024


def image_address(attachment: Attachment) -> str:
    """Where a browser finds a photograph to show within a page; good for `src`, asked about each time."""
    return f"{file_address(attachment)}?inline=1"


def file_address(attachment: Attachment) -> str:
    """Where a browser saves a file from."""
    return f"attachment/{attachment.version_id}/{quote(attachment.file_name, safe='')}"


def attachments_markup(
    current: Sequence[Attachment], ended: Sequence[Attachment], people: Mapping[str, str]
) -> Markup:
    """Write the gallery, the list of documents and the versions that no longer stand."""
    images = [_figure(each, people) for each in current if each.is_image]
    files = [_line(each, people) for each in current if not each.is_image]
    parts = [element("div", *images, class_="gallery")] if images else []
    parts += [element("ul", *files, class_="files")] if files else []
    if ended:
        told = element("summary", f"已替换或移除 {len(ended)} 个")
        lines = [_line(each, people) for each in ended]
        parts.append(element("details", told, element("ul", *lines, class_="files")))
    return element("div", *parts, class_="anze-files")


def size_in_words(size: int) -> str:
    """A size in bytes as people read it: 340 KB, 2.1 MB."""
    if size < _KILO * _KILO:
        return f"{max(1, round(size / _KILO))} KB"
    return f"{size / _KILO / _KILO:.1f} MB"


def _figure(each: Attachment, people: Mapping[str, str]) -> Markup:
    image = element("img", src=image_address(each), alt=each.note or each.file_name, loading="lazy")
    link = element("a", image, href=image_address(each), target="_blank", rel="noopener")
    said = element("span", each.note or each.file_name)
    return element("figure", link, element("figcaption", said, _signature(each, people)))


def _line(each: Attachment, people: Mapping[str, str]) -> Markup:
    link = element("a", each.file_name, href=file_address(each), download=each.file_name)
    return element("li", join(link, _signature(each, people)))


def _signature(each: Attachment, people: Mapping[str, str]) -> Markup:
    who = people.get(each.added_by, each.added_by)
    day = f"{local_moment(each.added_at):%Y-%m-%d %H:%M}"
    return element("small", f"{size_in_words(each.size)} · {who} {day}")
