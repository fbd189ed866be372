"""Lists of hazards and measures as markup: on a phone, where heads are unseen, each day says what it is."""

from datetime import date

import pytest

from core.domain.hazards import Case
from core.domain.measures import Measure, Rung
from core.ui.hazard_markup import list_markup
from core.ui.measure_markup import register_markup
from tests.hazard_examples import assigned, day, history


class Plain:
    """Names and links of no consequence."""

    def name(self, code: str) -> str:
        return code

    def case_link(self, code: str) -> str:
        return f"?hazard={code}"


def written(case: Case, on: date) -> str:
    return str(list_markup([case], on, Plain()))  # type: ignore[arg-type]


def test_each_day_of_a_hazard_says_what_it_is() -> None:
    markup = written(history(assigned(12)), day(10))
    assert '<td class="day" data-label="发现">2025-06-02' in markup
    assert '<td class="day" data-label="整改期限">2025-06-12' in markup


@pytest.mark.parametrize(("on", "said"), [(10, "剩 2 天"), (12, "今天到期"), (13, "逾期 1 天")])
def test_the_last_day_is_called_the_last_day(on: int, said: str) -> None:
    assert f">{said}</small>" in written(history(assigned(12)), day(on))


def test_each_day_of_a_measure_says_what_it_is() -> None:
    measure = Measure("C1", Rung.LETTER, day(2), "请落实。", (), day(12), 0, 3)
    markup = str(register_markup([measure], {}, {}, day(10)))
    assert '<td class="day" data-label="发出">2025-06-02</td>' in markup
    assert '<td class="day" data-label="回复期限">2025-06-12</td>' in markup
