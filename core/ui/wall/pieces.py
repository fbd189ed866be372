"""What all scenes are built of: key figures, panels, status fields, rates."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts import PALETTE
from core.domain.cells import Status, percent, whole_percent
from core.ui.html import Markup, element, join

BLANK = join()


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: `unit` stands small behind the value, `tone` is calm, good, warn or bad."""

    value: str
    unit: str
    label: str
    hint: str = ""
    tone: str = "calm"


def figures(items: Sequence[Figure]) -> Markup:
    """Write a strip of key figures."""
    return element("dl", *map(_figure, items), class_="figures")


def _figure(item: Figure) -> Markup:
    unit = element("small", item.unit) if item.unit else BLANK
    label = element("dt", item.label)
    value = element("dd", item.value, unit, class_="value")
    hint = element("dd", item.hint, class_="hint")
    return element("div", label, value, hint, class_=f"figure {item.tone}")


def panel(title: str, hint: str, *content: str, class_: str = "") -> Markup:
    """Write a framed part of a scene with its heading."""
    beside = element("span", hint) if hint else BLANK
    head = element("h3", title, beside)
    return element("section", head, *content, class_=f"panel {class_}".strip())


def glyph(status: Status) -> Markup:
    """Write a status's glyph; the second sign of a two-part one is small (✓迟)."""
    sign = PALETTE[status].glyph
    if not sign:
        return BLANK
    word = element("small", sign[1:]) if sign[1:] else BLANK
    return element("span", sign[0], word, class_="glyph", aria_hidden="true")


def status_field(status: Status, mark: str, label: str) -> Markup:
    """Write a table field in a status's colours: glyph and figure; the label is read aloud."""
    inside = join(glyph(status), element("b", mark) if mark else BLANK)
    return element("td", inside, data_status=status.value, aria_label=label)


def rate_field(rate: float | None, hint: str = "") -> Markup:
    """Write a rate as a bar with its figure."""
    width = f"width:{(rate or 0) * 100:.1f}%"
    bar = element("i", style=width) if rate is not None else BLANK
    return element(
        "td", element("span", bar, element("b", whole_percent(rate)), class_="bar"), title=hint, class_="rate"
    )


def rate_words(rate: float | None) -> tuple[str, str]:
    """A rate's figure and its sign: 92.9 and %, or — and nothing."""
    return ("—", "") if rate is None else (percent(rate).removesuffix("%"), "%")


def more(count: int, word: str) -> Markup:
    """Say that a list goes on: 另有 9 项."""
    return element("p", f"另有 {count} {word}", class_="more") if count > 0 else BLANK


def nothing(sentence: str) -> Markup:
    """Say that there is nothing to show."""
    return element("p", sentence, class_="nothing")
