"""Attachments in versions: keep, end, list, read the bytes, and find what is damaged."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, insert, select, update

from core.domain.attachments import Attachment, Owner, OwnerKind
from core.store.attachment_rows import AttachmentBlobRow, AttachmentRow
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """What makes a version, but for its number, moment and person."""

    owner: Owner
    file_name: str
    media_type: str
    content: bytes
    note: str = ""

    @property
    def sha256(self) -> str:
        """The content's name among the blobs."""
        return hashlib.sha256(self.content).hexdigest()


def list_attachments(reader: Reader, owner: Owner) -> list[Attachment]:
    """The current attachments of a thing, in the order in which they were first added."""
    query = select(AttachmentRow).where(reader.current(AttachmentRow), *_of(owner))
    return [_attachment(row) for row in reader.session.scalars(query.order_by(AttachmentRow.attachment_id))]


def images_of(reader: Reader, owners: Iterable[Owner]) -> dict[Owner, list[Attachment]]:
    """The current images of many things at once, each thing's in the order they were added."""
    found: dict[Owner, list[Attachment]] = {owner: [] for owner in owners}
    for kind in OwnerKind:
        numbers = sorted(owner.number for owner in found if owner.kind == kind)
        query = select(AttachmentRow).where(
            reader.current(AttachmentRow),
            AttachmentRow.owner_kind == kind.value,
            AttachmentRow.owner_number.in_(numbers),
            AttachmentRow.media_type.startswith("image/"),
        )
        for row in reader.session.scalars(query.order_by(AttachmentRow.attachment_id)) if numbers else ():
            found[Owner(kind, row.owner_number)].append(_attachment(row))
    return found


def all_versions(reader: Reader, owner: Owner) -> list[Attachment]:
    """Every version of every attachment of a thing, oldest first."""
    query = select(AttachmentRow).where(*_of(owner)).order_by(AttachmentRow.version_id)
    return [_attachment(row) for row in reader.session.scalars(query)]


def find_version(reader: Reader, version_id: int) -> Attachment | None:
    """One version, current or ended."""
    row = reader.session.get(AttachmentRow, version_id)
    return _attachment(row) if row else None


def find_attachment(reader: Reader, attachment_id: int) -> Attachment | None:
    """The current version of an attachment; None where it is unknown or was removed."""
    query = select(AttachmentRow).where(
        reader.current(AttachmentRow), AttachmentRow.attachment_id == attachment_id
    )
    row = reader.session.scalars(query).one_or_none()
    return _attachment(row) if row else None


def read_content(reader: Reader, sha256: str) -> bytes | None:
    """The bytes of this name; None where they are missing."""
    return reader.session.scalar(select(AttachmentBlobRow.content).where(AttachmentBlobRow.sha256 == sha256))


def count_by_owner(
    reader: Reader, kind: OwnerKind, numbers: Iterable[str], *, images: bool = False
) -> dict[str, int]:
    """How many current attachments, or images, each thing has; things without any are left out."""
    where = [reader.current(AttachmentRow), AttachmentRow.owner_kind == kind.value]
    where.append(AttachmentRow.owner_number.in_(sorted(set(numbers))))
    if images:
        where.append(AttachmentRow.media_type.startswith("image/"))
    query = select(AttachmentRow.owner_number, func.count()).where(*where)
    counted = reader.session.execute(query.group_by(AttachmentRow.owner_number))
    return {number: count for number, count in counted}  # noqa: C416 - rows are no plain pairs to mypy


def keep_attachment(
    work: UnitOfWork, change: int, wanted: NewAttachment, attachment_id: int | None = None
) -> Attachment:
    """Begin an attachment, or another version of one whose version was ended by the same change."""
    _keep_content(work, wanted)
    row = AttachmentRow(
        begun_by=change,
        attachment_id=attachment_id or _next_number(work),
        owner_kind=wanted.owner.kind.value,
        owner_number=wanted.owner.number,
        file_name=wanted.file_name,
        media_type=wanted.media_type,
        size=len(wanted.content),
        sha256=wanted.sha256,
        note=wanted.note,
        added_at=work.now,
        added_by=work.person,
    )
    work.session.add(row)
    work.session.flush()
    return _attachment(row)


def end_attachment(work: UnitOfWork, change: int, version_id: int) -> None:
    """End a version; its bytes stay."""
    work.end(work.session.get_one(AttachmentRow, version_id), change)
    work.session.flush()


def damaged_contents(reader: Reader) -> Iterator[str]:
    """Bytes that are no longer what they were, one content in memory at a time."""
    query = select(AttachmentBlobRow.sha256, AttachmentBlobRow.size).order_by(AttachmentBlobRow.sha256)
    for sha256, size in reader.session.execute(query).all():
        content = read_content(reader, sha256) or b""
        if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            yield f"附件内容 {sha256[:12]} 已损坏{_named(reader, sha256)}。"


def missing_contents(reader: Reader) -> Iterator[str]:
    """Versions whose bytes are gone."""
    kept = select(AttachmentBlobRow.sha256)
    query = select(AttachmentRow).where(AttachmentRow.sha256.not_in(kept)).order_by(AttachmentRow.version_id)
    for row in reader.session.scalars(query):
        yield f"附件“{row.file_name}”（编号 {row.attachment_id}，版本 {row.version_id}）的内容缺失。"


def orphaned_contents(reader: Reader) -> Iterator[str]:
    """Bytes that no version names."""
    named = select(AttachmentRow.sha256)
    query = select(AttachmentBlobRow.sha256, AttachmentBlobRow.size)
    query = query.where(AttachmentBlobRow.sha256.not_in(named)).order_by(AttachmentBlobRow.sha256)
    for sha256, size in reader.session.execute(query):
        yield f"附件内容 {sha256[:12]}（{size} 字节）不属于任何附件。"


def attachment_owners(reader: Reader) -> Sequence[Owner]:
    """Every thing that has, or had, an attachment."""
    query = select(AttachmentRow.owner_kind, AttachmentRow.owner_number).distinct()
    return [
        Owner(OwnerKind.of(kind), number)
        for kind, number in reader.session.execute(
            query.order_by(AttachmentRow.owner_kind, AttachmentRow.owner_number)
        )
    ]


def _named(reader: Reader, sha256: str) -> str:
    query = select(AttachmentRow.file_name).where(AttachmentRow.sha256 == sha256).distinct()
    names = "、".join(reader.session.scalars(query.order_by(AttachmentRow.file_name)))
    return f"（{names}）" if names else ""


def mend_content(work: UnitOfWork, wanted: NewAttachment) -> bool:
    """Put bytes in order that are damaged or gone; whether they were."""
    kept = read_content(work, wanted.sha256)
    if kept == wanted.content:
        return False
    if kept is None:
        _keep_content(work, wanted)
    else:
        right = {"content": wanted.content, "size": len(wanted.content)}
        blob = update(AttachmentBlobRow).where(AttachmentBlobRow.sha256 == wanted.sha256)
        work.session.execute(blob.values(**right))
    return True


def _keep_content(work: UnitOfWork, wanted: NewAttachment) -> None:
    if work.session.get(AttachmentBlobRow, wanted.sha256) is None:
        values = {"sha256": wanted.sha256, "size": len(wanted.content), "content": wanted.content}
        work.session.execute(insert(AttachmentBlobRow), [values])


def _next_number(work: UnitOfWork) -> int:
    return (work.session.scalar(select(func.max(AttachmentRow.attachment_id))) or 0) + 1


def _of(owner: Owner) -> tuple[ColumnElement[bool], ...]:
    return AttachmentRow.owner_kind == owner.kind.value, AttachmentRow.owner_number == owner.number


def _attachment(row: AttachmentRow) -> Attachment:
    return Attachment(
        row.attachment_id,
        row.version_id,
        Owner(OwnerKind.of(row.owner_kind), row.owner_number),
        row.file_name,
        row.media_type,
        row.size,
        row.sha256,
        row.note,
        row.added_at,
        row.added_by,
        ended=row.ended_by is not None,
    )
