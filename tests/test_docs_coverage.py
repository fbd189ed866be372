"""docs/coverage.md: every sentence of the notice is accounted for, and what is said of it is so."""

import importlib.util
import re
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from core.domain.catalogue import catalogues
from tests.page_examples import PAGE_NAMES

ROOT = Path(__file__).resolve().parents[1]
NOTICE = "".join((ROOT / "docs" / "notice-2025-1.txt").read_text(encoding="utf-8").split())


def load() -> ModuleType:
    """The program beside the page."""
    spec = importlib.util.spec_from_file_location("coverage_of_notice", ROOT / "docs" / "coverage.py")
    assert spec
    assert spec.loader
    program = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = program
    spec.loader.exec_module(program)
    return program


PROGRAM = load()
SAID: list[str] = PROGRAM.sentences(PROGRAM.NOTICE.read_text(encoding="utf-8"))
READ = PROGRAM.readings(PROGRAM.READING.read_text(encoding="utf-8"))


def test_the_sentences_put_together_are_the_notice() -> None:
    assert "".join(SAID) == NOTICE


def test_every_sentence_has_one_reading_and_every_reading_its_sentence() -> None:
    assert len(SAID) == len(READ)
    assert all(said.startswith(read.begins) for said, read in zip(SAID, READ, strict=True))


def test_a_sentence_without_a_reading_is_refused() -> None:
    with pytest.raises(ValueError, match=r"没有对应的读法|zip"):
        PROGRAM.page(SAID, READ[1:])
    with pytest.raises(ValueError, match="没有对应的读法"):
        PROGRAM.page([*SAID[1:], SAID[0]], READ)


def test_the_page_is_what_the_program_makes_of_the_reading() -> None:
    assert PROGRAM.RESULT.read_text(encoding="utf-8") == PROGRAM.page(SAID, READ)


def test_what_asks_something_says_whom_and_where_or_why_not() -> None:
    asking = [each for each in READ if not each.asks_nothing]
    assert [each.begins for each in asking if not each.who] == []
    assert [each.begins for each in asking if not each.where and not each.why_not] == []
    assert [each.begins for each in asking if each.obligations and not each.where] == []
    assert all(not (each.who or each.obligations or each.where) for each in READ if each.asks_nothing)


def test_what_has_a_date_a_period_or_a_number_is_followed_somewhere() -> None:
    measured = re.compile(r"每(月|季度|半年|年)|月底前|不少于|至少")
    left = [said for said, read in zip(SAID, READ, strict=True) if measured.search(said) and not read.where]
    assert left == []


def test_every_obligation_of_the_catalogue_is_named_and_stands_in_its_own_clause() -> None:
    named = {code for each in READ for code in each.obligations}
    obligations = {each.code: each for each in catalogues()[2025].obligations}
    assert named == set(obligations)
    for code, each in obligations.items():
        clauses = {read.clause for read in READ if code in read.obligations}
        assert clauses & set(each.clause.split("；")), code


def test_every_obligation_is_named_beside_the_sentence_that_its_quote_is_from() -> None:
    for each in catalogues()[2025].obligations:
        beside = [s for s, read in zip(SAID, READ, strict=True) if each.code in read.obligations]
        quote = "".join(each.quote.split())
        assert any(quote in said or said in quote or quote[:12] in said for said in beside), each.code


def test_every_place_named_is_a_page_with_that_view() -> None:
    files = {
        import_module(f"pages.{name}").PAGE.title: (ROOT / "pages" / f"{name}.py").read_text(encoding="utf-8")
        for name in (*PAGE_NAMES, "wall")
    }
    for place in {place for each in READ for place in each.where}:
        title, _, view = place.partition("·")
        assert title in files, place
        assert f'"{view}"' in files[title] or not view, place
