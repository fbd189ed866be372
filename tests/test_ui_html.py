"""Markup: whatever was typed stays the text that it is."""

import pytest

from core.ui.html import element, join, link_to

NASTY = "<script>alert('x')</script>&\"=1+1"


def test_text_is_escaped_inside_an_element_and_in_an_attribute() -> None:
    made = element("td", NASTY, title=NASTY)
    assert "<script" not in made
    assert made.count("&lt;script&gt;") == 2
    assert "&quot;" in made


def test_markup_is_not_escaped_again() -> None:
    assert element("p", element("b", "一"), "<") == "<p><b>一</b>&lt;</p>"


def test_joining_markup_with_text_escapes_the_text() -> None:
    assert join(element("b", "一"), "<i>") == "<b>一</b>&lt;i&gt;"


def test_attribute_names_turn_underscores_into_hyphens() -> None:
    assert element("td", class_="a", data_unit="c1", hidden=True, title=None) == (
        '<td class="a" data-unit="c1" hidden></td>'
    )


@pytest.mark.parametrize("name", ["script", "td onclick", "", "TD", "a/b"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        element(name)


def test_an_event_handler_is_refused() -> None:
    with pytest.raises(ValueError, match="no attribute"):
        element("a", onclick="alert(1)")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://x.cn", "//x.cn", "\\\\x", "/\\x", "data:a"]
)
def test_a_link_that_leaves_the_application_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        element("a", href=address)


def test_a_link_names_what_it_opens_and_nothing_empty() -> None:
    assert link_to("entry", {"unit": "c1", "event": "", "q": "a b&c"}) == "entry?unit=c1&q=a+b%26c"
    assert link_to() == "?"
