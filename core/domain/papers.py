"""Official papers as data: what stands in them, in order, without a word on how it is drawn."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.labels import Labelled
from core.domain.sentences import day_in_prose
from core.domain.texts import clean
from core.errors import InputError

NUMBER_TO_COME, SIGNER_TO_COME, DRAFT = "【文号】", "【签发人】", "送审稿"
WORDS_LIMIT = 2_000
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_TYPED_RATE = re.compile(r"\d\s*[%\uff05]")


class PaperKind(Labelled):
    """The papers there are."""

    BULLETIN = "bulletin", "季度通报"
    REMIND = "remind", "提醒函"
    LETTER = "letter", "督促函"
    TALK = "talk", "约谈通知"
    NOTICE = "notice", "督办通报"
    EXPOSE = "expose", "警示曝光通知"
    LISTING = "listing", "挂牌督办通知书"
    ESCALATION = "escalation", "提级督办通知"
    BRIEF = "brief", "一页简报"
    MATERIAL = "material", "年度履职材料"


class Layout(Labelled):
    """How a paper is laid out: a document with a red head, a letter, or plain sheets."""

    OFFICIAL = "official", "公文"
    LETTER = "letter", "信函"
    PLAIN = "plain", "材料"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is 一、, level 2 is （一）."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `key` names words that the office may edit, empty where there are none."""

    text: str
    key: str = ""
    indented: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `widths` share the text block's width among the columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of rates by name, drawn as a picture; its table stands beside it."""

    title: str
    rates: tuple[tuple[str, float | None], ...]


Block = Heading | Paragraph | Grid | Bars


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper; `number` and `signed_by` are placeholders until the office fills them in."""

    kind: PaperKind
    layout: Layout
    title: str
    blocks: tuple[Block, ...]
    day: date
    number: str = NUMBER_TO_COME
    addressee: str = ""
    issuer: str = ""
    copies: str = ""
    draft: bool = True
    sample: bool = False

    @property
    def file_stem(self) -> str:
        """A file's name without its ending: no sign that a disk refuses."""
        plain = re.sub(r'[\\/:*?"<>|\s]+', "", self.title)[:80]
        return f"{plain}-{self.day}"


def text_of(paper: Paper) -> str:
    """Everything that can be read in a paper, line by line."""
    return "\n".join(_lines(paper))


def fingerprint_of(paper: Paper) -> str:
    """The SHA-256 of everything that can be read in a paper."""
    return hashlib.sha256(text_of(paper).encode("utf-8", "replace")).hexdigest()


def _lines(paper: Paper) -> Iterator[str]:
    yield paper.number
    yield paper.title
    if paper.addressee:
        yield f"{paper.addressee}："
    for block in paper.blocks:
        yield from _block_lines(block)
    yield paper.issuer
    yield day_in_prose(paper.day)
    if paper.copies:
        yield f"抄送：{paper.copies}"


def _block_lines(block: Block) -> Iterator[str]:
    if isinstance(block, Grid):
        yield block.title
        for row in (block.heads, *block.rows):
            yield "\t".join(row)
    elif isinstance(block, Bars):
        yield block.title
    else:
        yield block.text


# Words that the office may edit -----------------------------------------------------------------------------


def filled(words: str, values: Mapping[str, str]) -> str:
    """Words with every placeholder filled in: 完成率{完成率}.

    Raises:
        InputError: a placeholder that is not known.
    """

    def fill(found: re.Match[str]) -> str:
        if found[1] not in values:
            known = "、".join(f"{{{name}}}" for name in values)
            raise InputError(f"没有“{{{found[1]}}}”这个数据，可用：{known}。")
        return values[found[1]]

    return _PLACEHOLDER.sub(fill, words)


def checked_words(
    words: Mapping[str, str], defaults: Mapping[str, str], values: Mapping[str, str]
) -> dict[str, str]:
    """The words as edited, in the order of the defaults; rates are data and are never typed.

    Raises:
        InputError: an unknown placeholder, a rate typed by hand, or too long; `field` names the paragraph.
    """
    checked = {}
    for key, default in defaults.items():
        text = clean(words.get(key, default))
        if len(text) > WORDS_LIMIT:
            raise InputError(f"每段最多 {WORDS_LIMIT} 个字，现有 {len(text)} 个字。", key)
        if _TYPED_RATE.search(text):
            raise InputError("比率由系统计算，请用 {完成率} 这样的数据，不要手写百分数。", key)
        try:
            filled(text, values)
        except InputError as error:
            raise InputError(str(error), key) from None
        checked[key] = text
    return checked


def listed(names: Sequence[str]) -> str:
    """Names in a row."""
    return "、".join(names)
