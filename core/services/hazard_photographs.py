"""Photographs of a hazard before and after: looked at first, kept in the same transaction as the move."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.attachments import Owner, OwnerKind, Sent
from core.domain.hazards import Deed, Move
from core.domain.moving import PHOTO_AFTER
from core.errors import InputError
from core.services.attaching import wanted_attachment
from core.store.attachments import NewAttachment, keep_attachment, list_attachments
from core.store.unit_of_work import UnitOfWork

BEFORE, AFTER = "整改前", "整改后"
"""How a photograph's note says to which side it belongs."""
MOST_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Photographs:
    """The pictures that come with a move, as they were sent."""

    before: Sequence[Sent] = ()
    after: Sequence[Sent] = ()


NO_PHOTOGRAPHS = Photographs()


def prepared_pictures(sent: Photographs) -> list[NewAttachment]:
    """Open every picture and write it anew; nothing is kept yet.

    Raises:
        InputError: a file that is no photograph, or too many of them.
    """
    pairs = [(BEFORE, each) for each in sent.before] + [(AFTER, each) for each in sent.after]
    if len(pairs) > MOST_AT_ONCE:
        raise InputError(f"一次最多上传 {MOST_AT_ONCE} 张照片。", "photographs")
    return [_prepared(each, side) for side, each in pairs]


def require_pictures(work: UnitOfWork, code: str, move: Move, pictures: Sequence[NewAttachment]) -> None:
    """Refuse a move that must show how it was, or how it looks now, and does not.

    Raises:
        InputError: with what is missing.
    """
    sides = {each.note for each in pictures}
    if move.deed in PHOTO_AFTER and AFTER not in sides:
        raise InputError("请上传整改后的照片。", "photographs")
    if move.deed == Deed.FIXED_AT_ONCE:
        sides |= {each.note for each in list_attachments(work, Owner(OwnerKind.HAZARD, code))}
        if BEFORE not in sides:
            raise InputError("即查即改须同时上传整改前和整改后的照片。", "photographs")


def keep_pictures(work: UnitOfWork, change: int, code: str, pictures: Sequence[NewAttachment]) -> None:
    """Keep pictures beside a hazard; one that is there already is not kept twice."""
    owner = Owner(OwnerKind.HAZARD, code)
    known = {(each.sha256, each.note) for each in list_attachments(work, owner)}
    for each in pictures:
        if (each.sha256, each.note) not in known:
            keep_attachment(work, change, replace(each, owner=owner))


def _prepared(sent: Sent, side: str) -> NewAttachment:
    wanted = wanted_attachment(Owner(OwnerKind.HAZARD, ""), replace(sent, note=side))
    if not wanted.media_type.startswith("image/"):
        raise InputError(f"“{sent.name}”不是照片，请上传 jpg、png、webp 或 heic 图片。", "photographs")
    return wanted
