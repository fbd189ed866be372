"""Which names may mean one enterprise, and which do not."""

import pytest

from core.domain.similar_names import Names, alike, plain_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宏远机械制造有限公司", "泰安宏远机械制造有限责任公司"),
        ("宏远机械制造有限公司", "宏远 机械制造有限公司（岱岳分厂）"),
        ("山东宏远机械制造股份有限公司", "泰安市岱岳区宏远机械制造有限公司"),
        ("宏远机械制造有限公司", "宏远机械制造厂"),
        ("宏远机械制造有限公司", "鸿远机械制造有限公司"),
    ],
)
def test_these_may_be_the_same(one: str, other: str) -> None:
    names = Names()
    names.add("L1", "E1", one)
    assert names.like("L1", "E2", other) == [one]
    assert names.like("L2", "E2", other) == []
    assert names.like("L1", "E1", other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第一机械制造厂", "第二机械制造厂"),
        ("城东加油加气站", "城西加油加气站"),
        ("平安煤矿", "平顺煤矿"),
        ("宏远机械制造有限公司", "康泰粮油食品有限公司"),
    ],
)
def test_these_are_two(one: str, other: str) -> None:
    assert not alike(plain_name(one), plain_name(other))


def test_a_name_of_nothing_but_a_legal_form_is_still_a_name() -> None:
    assert plain_name("有限公司") == "有限公司"
