"""The photographs of the demonstration year: of some covert checks, and of some hazards before and after."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zlib import crc32

from core.config import utc_moment
from core.domain.attachments import Owner, OwnerKind
from core.domain.covert_checks import COVERT_CHECK
from core.domain.hazards import Deed, Move
from core.domain.records import Record
from core.services.hazard_photographs import AFTER, BEFORE
from core.services.sample_pictures import VARIANTS, sample_picture
from core.store.attachments import NewAttachment, keep_attachment
from core.store.unit_of_work import UnitOfWork

_SIDES = {Deed.FOUND: (BEFORE,), Deed.RECTIFIED: (AFTER,), Deed.FIXED_AT_ONCE: (AFTER,)}
_A_LITTLE_LATER = timedelta(minutes=3)


class Photograph(NamedTuple):
    """One picture: of a hazard by its code, or of the check that a record tells; a check's has no `side`."""

    at: datetime
    person: str
    code: str
    side: str
    record: Record | None = None

    @property
    def subject(self) -> str:
        """What the journal says it belongs to."""
        if self.record:
            return f"{self.record.unit} {self.record.event}"
        return f"隐患 {self.code}"


def of_moves(moves: Iterable[tuple[datetime, str, str, Move]]) -> Iterator[Photograph]:
    """The pictures of every third hazard: moment, person, code and move in, before and after out."""
    for at, person, code, move in moves:
        if crc32(code.encode()) % 3 == 0:
            for side in _SIDES.get(move.deed, ()):
                yield Photograph(at + _A_LITTLE_LATER, person, code, side)


def of_records(records: Iterable[tuple[datetime, str, Record]]) -> Iterator[Photograph]:
    """A picture of every other covert check."""
    for at, person, record in records:
        if record.event == COVERT_CHECK and crc32(record.title.encode()) % 2 == 0:
            yield Photograph(at + _A_LITTLE_LATER, person, "", "", record)


def keep_photographs(
    work: UnitOfWork, taken: Iterable[tuple[int, Photograph]], numbers: Mapping[Any, int]
) -> None:
    """Keep the pictures as of their own moments; `numbers` are the records' ids by key."""
    person, now = work.person, work.now
    for change, photograph in taken:
        work.person, work.now = photograph.person, utc_moment(photograph.at)
        keep_attachment(work, change, _wanted(photograph, numbers))
    work.person, work.now = person, now


def _wanted(photograph: Photograph, numbers: Mapping[Any, int]) -> NewAttachment:
    record = photograph.record
    key = photograph.code or (record.title if record else "")
    content = sample_picture(crc32(key.encode()) % VARIANTS, mended=photograph.side == AFTER)
    if record:
        owner = Owner(OwnerKind.RECORD, str(numbers[record.key]))
        return NewAttachment(owner, "示例照片.jpg", "image/jpeg", content)
    owner = Owner(OwnerKind.HAZARD, photograph.code)
    name = f"示例照片-{photograph.side}.jpg"
    return NewAttachment(owner, name, "image/jpeg", content, photograph.side)
