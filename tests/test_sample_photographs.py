"""The photographs of the demonstration year: marked as drawn, before and after, at their own moments."""

from datetime import date

from core.auth import KEEPER, OPERATOR
from core.domain.attachments import Owner, OwnerKind
from core.domain.hazards import Stage
from core.services.attaching import attachments_of
from core.services.checking_covertly import check_book
from core.services.hazards import cases_for
from core.services.judging import Question
from core.services.sample_pictures import VARIANTS, sample_picture
from core.services.verifying import verify
from core.store.engine import Store

SHOWN = date(2025, 6, 19)


def test_some_hazards_show_before_and_after_and_every_picture_says_that_it_is_an_example(
    demonstration: Store,
) -> None:
    closed = [each for each in cases_for(demonstration, OPERATOR, SHOWN) if each.course.stage == Stage.CLOSED]
    kept = [
        attachments_of(demonstration, OPERATOR, Owner(OwnerKind.HAZARD, case.hazard.code)) for case in closed
    ]
    sides = [[each.note for each in pictures] for pictures in kept if pictures]
    assert ["整改前", "整改后"] in sides
    assert 0.2 < len(sides) / len(closed) < 0.5
    assert all(each.file_name.startswith("示例照片") for pictures in kept for each in pictures)


def test_some_covert_checks_have_a_picture(demonstration: Store) -> None:
    book = check_book(demonstration, OPERATOR, Question(2025, SHOWN))
    assert 0.3 < sum(count > 0 for count in book.pictures.values()) / len(book.checks) < 0.95
    assert verify(demonstration, KEEPER) == []


def test_a_place_looks_other_before_and_after() -> None:
    drawn = {
        sample_picture(variant, mended=mended) for variant in range(VARIANTS) for mended in (False, True)
    }
    assert len(drawn) == 2 * VARIANTS
