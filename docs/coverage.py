"""Write docs/coverage.md: each sentence of the notice, what it asks of whom, and where that is followed.

    python docs/coverage.py

The reading is data, docs/coverage.toml: one entry for each sentence, in the notice's order, known by how the
sentence begins. A sentence that asks nothing says so with `asks_nothing` (标题、背景、落款……).
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))  # the project, when run as a file

from core.domain.catalogue import catalogues  # noqa: E402 - found by the line above

NOTICE = FOLDER / "notice-2025-1.txt"
READING = FOLDER / "coverage.toml"
RESULT = FOLDER / "coverage.md"
_HEADING = re.compile(r"[一二三]、|（[一二三四]）")
_HEAD = """# 通知逐句对照表

由 `python docs/coverage.py` 生成，请勿手改；要改读法，改 `docs/coverage.toml`。
“事项”是事项目录中的编码，点看板的格可以看到原文和数到的记录。没有事项的，写明在哪里记录，或者为什么不跟踪。
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one sentence is read: whom it asks, the obligations that follow it, where, and why not."""

    clause: str
    begins: str
    asks_nothing: str = ""
    who: str = ""
    obligations: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    how: str = ""
    why_not: str = ""

    @property
    def told(self) -> str:
        """What the table says of it: where it is followed, how, and what is not followed and why."""
        parts = ["、".join(self.where), self.how, f"不跟踪：{self.why_not}" if self.why_not else ""]
        return "；".join(part for part in parts if part)


def sentences(text: str) -> list[str]:
    """The notice's sentences in order, without white space; a heading on a line of its own is one.

    Printing broke paragraphs at page ends: a line that ends in the middle goes on in the next.
    """
    found: list[str] = []
    open_ = ""
    for line in ("".join(each.split()) for each in text.splitlines()):
        if _HEADING.match(line) and "。" not in line:
            found += [open_, line] if open_ else [line]
            open_ = ""
            continue
        *whole, open_ = (open_ + line).split("。")
        found += [f"{each}。" for each in whole]
    return [*found, open_] if open_ else found


def readings(text: str) -> list[Reading]:
    """The entries of docs/coverage.toml."""
    return [Reading(**_frozen(entry)) for entry in tomllib.loads(text)["sentences"]]


def _frozen(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def page(said: list[str], read: list[Reading]) -> str:
    """The whole of docs/coverage.md.

    Raises:
        ValueError: sentences and entries do not belong together one by one.
    """
    return f"{_HEAD}\n{_counted(read)}\n{''.join(_lines(said, read))}"


def _counted(read: list[Reading]) -> str:
    asking = [each for each in read if not each.asks_nothing]
    judged = sum(bool(each.obligations) for each in asking)
    noted = sum(not each.obligations and bool(each.where) for each in asking)
    rest = len(asking) - judged - noted
    return (
        f"全文 {len(read)} 句，其中 {len(asking)} 句有所要求：{judged} 句对应事项目录中的事项，"
        f"{noted} 句有地方登记和查看、但不作判定，{rest} 句不跟踪（写明原因）。\n"
    )


def _lines(said: list[str], read: list[Reading]) -> Iterator[str]:
    titles = {each.code: each.title for each in catalogues()[2025].obligations}
    clause = ""
    for sentence, each in zip(said, read, strict=True):
        if not sentence.startswith(each.begins):
            raise ValueError(f"“{sentence[:20]}……”没有对应的读法，读到的是“{each.begins}”")
        if each.asks_nothing:
            continue
        if each.clause != clause:
            clause = each.clause
            yield f"\n## {clause}\n\n| 原文 | 要求谁 | 事项 | 在哪里 |\n| --- | --- | --- | --- |\n"
        named = "<br>".join(f"`{code}` {titles[code]}" for code in each.obligations) or "—"
        yield f"| {sentence} | {each.who} | {named} | {each.told} |\n"


def main() -> None:
    """Write the page."""
    said = sentences(NOTICE.read_text(encoding="utf-8"))
    RESULT.write_text(page(said, readings(READING.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
