"""Reminders in words: a digest as the office would write it, and cut where a channel takes so many bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.domain.labels import Labelled
from core.domain.reminders import GRAVEST_FIRST, Thing
from core.domain.sentences import day_in_prose

_NUMERALS = "一二三四五六七"
_ROOM_FOR_MARK = 32


class MessageState(Labelled):
    """How far a digest has come."""

    WAITING = "waiting", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发送"
    COPIED = "copied", "已转发"
    DROPPED = "dropped", "不再发送"


@dataclass(frozen=True, slots=True)
class Message:
    """One digest for one recipient; moments are naive UTC."""

    message_id: int
    recipient: str
    content: str
    things: int
    state: MessageState
    made_at: datetime
    made_by: str
    parts_sent: int = 0
    tries: int = 0
    tried_at: datetime | None = None
    last_error: str = ""


def digest_text(groups: Sequence[tuple[str, Sequence[Thing]]], day: date, number: int = 0) -> str:
    """Write what units are reminded of, by their names; `number` lets a receiver see what came twice."""
    again = f"（第{number}号）" if number else ""
    lines = [f"【安全生产责任落实提醒】{again}"]
    if len(groups) == 1:
        name, things = groups[0]
        lines += [f"{name}：", f"截至{day_in_prose(day)}，你单位有以下事项需要办理：", *_sections(things)]
    else:
        lines.append(f"截至{day_in_prose(day)}，下列单位有事项需要办理：")
        for name, things in groups:
            lines += [f"■ {name}", *_sections(things)]
    lines += ["请抓紧落实，并及时在安责看板录入、回复。", "市安委会办公室"]
    return "\n".join(lines)


def _sections(things: Sequence[Thing]) -> Iterator[str]:
    held = [level for level in GRAVEST_FIRST if any(each.level == level for each in things)]
    for numeral, level in zip(_NUMERALS, held, strict=False):
        owed = [each for each in things if each.level == level]
        yield f"{numeral}、{level.label}（{len(owed)}项）"
        for place, each in enumerate(owed, 1):
            yield f"{place}. {each.said}"


def parts_of(text: str, most_bytes: int) -> list[str]:
    """Cut a text into parts of at most so many bytes of UTF-8, at line ends where it can be done.

    No character is cut in two. Every part after the first begins with a mark: （续 2/3）.
    """
    if _size(text) <= most_bytes:
        return [text]
    bodies = list(_bodies(text, most_bytes - _ROOM_FOR_MARK))
    return [
        f"（续 {place}/{len(bodies)}）\n{body}" if place > 1 else body for place, body in enumerate(bodies, 1)
    ]


def _bodies(text: str, room: int) -> Iterator[str]:
    body = ""
    for line in text.splitlines(keepends=True):
        for piece in _pieces(line, room):
            if body and _size(body) + _size(piece) > room:
                yield body
                body = ""
            body += piece
    if body:
        yield body


def _pieces(line: str, room: int) -> Iterator[str]:
    """A line, or where it alone is too long, what fits of it each time."""
    while _size(line) > room:
        fitting = line.encode()[:room].decode(errors="ignore")
        yield fitting
        line = line[len(fitting) :]
    yield line


def _size(text: str) -> int:
    return len(text.encode())
