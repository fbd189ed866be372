"""Add, replace, remove and read attachments; bytes are looked at before they are kept."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from core.auth import Actor, Permission, Scope, require, scope_of
from core.domain.attachments import (
    ACCEPTED,
    MEDIA_TYPES,
    NOTE_LIMIT,
    SIZE_LIMIT,
    Attachment,
    Owner,
    OwnerKind,
    Sent,
    file_name_for,
)
from core.domain.contents import IMAGES, FileType, archive_is_whole, type_of
from core.domain.texts import clean, parse_reason
from core.errors import ConflictError, DamagedError, InputError, NotFoundError
from core.services.attachment_owners import Place, place_of
from core.services.photographs import prepared
from core.store import attachments as kept
from core.store.engine import Store
from core.store.rolls import units
from core.store.unit_of_work import Reader, UnitOfWork

_PDF_END, _PDF_TAIL = b"%%EOF", 4096
_GONE = "附件不存在，或您无权查看。"
_DAMAGED = "附件内容{}。有原文件的，重新上传原文件即可修复；没有的请告诉管理员从备份恢复。"


def add_attachment(store: Store, actor: Actor, owner: Owner, sent: Sent, *, now: datetime) -> Attachment:
    """Keep a file beside a thing; the same content on the same thing again gives the first.

    Raises:
        ForbiddenError: the actor may not enter for the thing's unit.
        NotFoundError: there is no such thing, or it is not for the actor to see.
        InputError: a type that is not kept, a damaged file, one that is too large.
    """
    _check_entry(store, actor, owner)
    wanted = wanted_attachment(owner, sent)
    with store.unit_of_work(actor.username, now) as work:
        place = _open_place(work, actor, owner)
        for each in kept.list_attachments(work, owner):
            if each.sha256 == wanted.sha256:
                _mend(work, place, wanted)
                return each
        change = work.change("attachment.added", place.subject, detail=_detail(wanted))
        added = kept.keep_attachment(work, change, wanted)
        work.commit()
    return added


def replace_attachment(
    store: Store, actor: Actor, read: Attachment, sent: Sent, reason: str, *, now: datetime
) -> Attachment:
    """Put a new version in the place of the one that the person read; the old one stays.

    Raises:
        ForbiddenError, NotFoundError, InputError: as for adding.
        ConflictError: somebody replaced or removed it meanwhile.
    """
    _check_entry(store, actor, read.owner)
    wanted = wanted_attachment(read.owner, sent)
    with store.unit_of_work(actor.username, now) as work:
        place = _open_place(work, actor, read.owner)
        _still_current(work, read)
        change = work.change("attachment.replaced", place.subject, parse_reason(reason), _detail(wanted))
        kept.end_attachment(work, change, read.version_id)
        replaced = kept.keep_attachment(work, change, wanted, read.attachment_id)
        work.commit()
    return replaced


def remove_attachment(store: Store, actor: Actor, read: Attachment, reason: str, *, now: datetime) -> None:
    """Take the version that the person read away, with a reason; it stays in the history.

    Raises:
        ForbiddenError: the actor may not correct for the thing's unit.
        ConflictError: somebody replaced or removed it meanwhile.
        InputError: no reason.
    """
    with store.unit_of_work(actor.username, now) as work:
        place = _visible_place(work, actor, read.owner)
        require(actor, Permission.CORRECT, place.unit)
        _still_current(work, read)
        detail = {"file": read.file_name, "sha256": read.sha256}
        change = work.change("attachment.removed", place.subject, parse_reason(reason), detail)
        kept.end_attachment(work, change, read.version_id)
        work.commit()


def attachments_of(store: Store, actor: Actor, owner: Owner) -> list[Attachment]:
    """The current attachments of a thing.

    Raises:
        NotFoundError: there is no such thing, or it is not for the actor to see.
    """
    with store.reading() as reader:
        _visible_place(reader, actor, owner)
        return kept.list_attachments(reader, owner)


def attachment_history(store: Store, actor: Actor, owner: Owner) -> list[Attachment]:
    """Every version of a thing's attachments, oldest first, replaced and removed ones too.

    Raises:
        NotFoundError: there is no such thing, or it is not for the actor to see.
    """
    with store.reading() as reader:
        _visible_place(reader, actor, owner)
        return kept.all_versions(reader, owner)


def open_attachment(store: Store, actor: Actor, version_id: int) -> tuple[Attachment, bytes]:
    """One version and its bytes.

    Raises:
        NotFoundError: there is none, or it belongs to a thing that is not for the actor to see.
        DamagedError: its bytes are not what they were.
    """
    with store.reading() as reader:
        found = kept.find_version(reader, version_id)
        if found is None:
            raise NotFoundError(_GONE)
        _visible_place(reader, actor, found.owner)
        return found, _content(reader, found)


def read_images(store: Store, actor: Actor, owners: Sequence[Owner]) -> list[tuple[Attachment, bytes]]:
    """The current photographs of things, with their bytes, for documents."""
    with store.reading() as reader:
        found: list[tuple[Attachment, bytes]] = []
        for owner in owners:
            _visible_place(reader, actor, owner)
            images = [each for each in kept.list_attachments(reader, owner) if each.is_image]
            found += [(each, _content(reader, each)) for each in images]
        return found


def count_attachments(
    store: Store, kind: OwnerKind, numbers: Iterable[str], *, images: bool = False
) -> dict[str, int]:
    """How many attachments, or photographs, each of these things has; the caller may see the things."""
    with store.reading() as reader:
        return kept.count_by_owner(reader, kind, numbers, images=images)


def wanted_attachment(owner: Owner, sent: Sent) -> kept.NewAttachment:
    """What would be kept of a file: its content looked at, a photograph worked on.

    Raises:
        InputError: a type that is not kept, a damaged file, one that is too large.
    """
    """What would be kept of a file; nothing is written.

    Raises:
        InputError: a type that is not kept, a damaged file, one that is too large.
    """
    content, kind = sent.content, _accepted_type(sent.content)
    if kind in IMAGES:
        content, kind = prepared(content, kind, keep_place=sent.keep_place)
    note = clean(sent.note)
    if len(note) > NOTE_LIMIT:
        raise InputError(f"附件说明最多 {NOTE_LIMIT} 个字，现有 {len(note)} 个字。", "note")
    return kept.NewAttachment(owner, file_name_for(sent.name, kind), MEDIA_TYPES[kind], content, note)


def _check_entry(store: Store, actor: Actor, owner: Owner) -> None:
    """Refuse before a large picture is worked on; looked at again inside the transaction."""
    with store.reading() as reader:
        _open_place(reader, actor, owner)


def _visible_place(reader: Reader, actor: Actor, owner: Owner) -> Place:
    scope, place = scope_of(actor), place_of(reader, owner)
    if place is None or not _covers(reader, actor, scope, place):
        raise NotFoundError(_GONE)
    return place


def _covers(reader: Reader, actor: Actor, scope: Scope, place: Place) -> bool:
    if place.only:
        return scope.everything or actor.unit in place.only
    kinds = {unit.code: unit.kind for unit in units(reader)}
    return place.unit in kinds and scope.covers(kinds[place.unit], place.unit)


def _open_place(reader: Reader, actor: Actor, owner: Owner) -> Place:
    place = _visible_place(reader, actor, owner)
    require(actor, Permission.ENTER, place.unit)
    if place.closed:
        raise ConflictError("所属内容已作废，不能再添加附件。")
    return place


def _still_current(work: UnitOfWork, read: Attachment) -> None:
    current = kept.find_attachment(work, read.attachment_id)
    if current is None or current.version_id != read.version_id:
        raise ConflictError("这个附件刚刚被别人替换或移除，请刷新后查看。")


def _mend(work: UnitOfWork, place: Place, wanted: kept.NewAttachment) -> None:
    """The same file sent again is in order where the bytes that were kept no longer are."""
    if kept.mend_content(work, wanted):
        work.change("attachment.mended", place.subject, detail=_detail(wanted))
        work.commit()


def _content(reader: Reader, found: Attachment) -> bytes:
    content = kept.read_content(reader, found.sha256)
    if content is None:
        raise DamagedError(_DAMAGED.format("缺失"))
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise DamagedError(_DAMAGED.format("已损坏"))
    return content


def _detail(wanted: kept.NewAttachment) -> dict[str, object]:
    return {"file": wanted.file_name, "sha256": wanted.sha256, "size": len(wanted.content)}


def _accepted_type(content: bytes) -> FileType:
    if not content:
        raise InputError("文件是空的。")
    if len(content) > SIZE_LIMIT:
        raise InputError(f"文件超过 {SIZE_LIMIT // 1024 // 1024} MB，请压缩或拆分后再上传。")
    kind = type_of(content)
    if kind not in ACCEPTED or kind is None:
        seen = f"这是{kind.label}，" if kind else ""
        raise InputError(f"{seen}不能作为附件；可上传 jpg、png、webp、heic 图片和 pdf、docx、xlsx 文件。")
    if not _is_whole(content, kind):
        raise InputError("文件不完整或已损坏，请重新导出后再上传。")
    return kind


def _is_whole(content: bytes, kind: FileType) -> bool:
    if kind == FileType.PDF:
        return _PDF_END in content[-_PDF_TAIL:]
    return kind in IMAGES or archive_is_whole(content)
