"""Names that may mean one enterprise: the same but for its legal form, blanks, brackets, or one sign."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

_BRACKETS = re.compile(r"[(（\[【〔].*?[)）\]】〕]")
_SIGNS = re.compile(r"[^0-9a-z\u3400-\u9fff]")
_FORMS = re.compile(r"(股份有限公司|有限责任公司|集团有限公司|有限公司|总公司|分公司|公司|集团)$")
_TOWNS = "山东省?|泰安市?|泰山区?|岱岳区?|新泰市?|肥城市?|宁阳县?|东平县?"
_PLACES = re.compile(rf"^({_TOWNS})+(?=[\u3400-\u9fff]{{2,}})")
_NUMBERS = frozenset("0123456789一二三四五六七八九十甲乙丙丁东西南北中新老上下")
_LONG_ENOUGH = 5
"""Of shorter names, one sign more or less makes another name."""


def plain_name(name: str) -> str:
    """A name without brackets, blanks, the place before it and the legal form after it."""
    text = unicodedata.normalize("NFKC", name).lower()
    text = _SIGNS.sub("", _BRACKETS.sub("", text))
    text = _PLACES.sub("", text)
    return _FORMS.sub("", text) or text


class Names:
    """The names of one register by locality; finds at once those that are nearly alike."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[tuple[str, str], tuple[str, str]] = {}
        self._near: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def add(self, locality: str, code: str, name: str) -> None:
        """Put a name in."""
        plain = plain_name(name)
        self._known[locality, code] = (name, plain)
        for form in _forms(plain):
            self._near[locality, form].add(code)

    def like(self, locality: str, code: str, name: str) -> list[str]:
        """The names of others in the locality that may mean the same enterprise."""
        plain = plain_name(name)
        codes = {each for form in _forms(plain) for each in self._near.get((locality, form), ())} - {code}
        known = [self._known[locality, each] for each in sorted(codes)]
        return [other for other, its_plain in known if alike(plain, its_plain)]


def alike(one: str, other: str) -> bool:
    """Tell whether two plain names are the same, or differ in one sign that is no number or side."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG_ENOUGH:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    start = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    rest, others = one[start:], other[start:]
    differing = {*rest[:1], *others[:1]}
    same = rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
    return same and not differing & _NUMBERS


def _forms(plain: str) -> Iterator[str]:
    """The name, and the name with one sign left out: whoever shares one of them is at most one sign apart."""
    yield plain
    if len(plain) >= _LONG_ENOUGH - 1:
        yield from {plain[:place] + plain[place + 1 :] for place in range(len(plain))}
