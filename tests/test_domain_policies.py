"""The rules for passwords: what passes, what breaks which rule, and the settings' own bounds."""

import pytest

from core.domain.policies import (
    LIMITS,
    Policy,
    check_password,
    checked_policy,
    classes_in,
    common_passwords,
    is_common,
    numbers_of,
)
from core.errors import InputError
from tests.account_examples import full_width

RULES = Policy()


@pytest.mark.parametrize(
    "password",
    [
        "Tz-8kfm2Qw",
        "correct horse battery",
        "泰山日出东方红霞满天照人间四季",
        "黄河Tz之水2025来",
        "Mün-chen8",
    ],
)
def test_a_good_password_passes(password: str) -> None:
    check_password(password + "春夏", "zhang.san", RULES)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Tz-8kfm2Q", "至少10"),
        ("tzkfmqwxyz", "3类"),
        ("tzkfmqwx12", "3类"),
        ("aaaaaaaaaaaaaaaaaaaa", "重复"),
        ("zhang.san-8K", "用户名"),
        ("ZHANG.SAN88x", "用户名"),
        ("P@ssw0rd2025", "常见"),
        ("Admin@123456", "常见"),
        ("123456789012345678", "常见"),
        ("Qwerty!2345", "常见"),
        ("Taishan@2025", "常见"),
        (full_width("PASSword123!"), "常见"),
    ],
)
def test_a_weak_password_breaks_a_rule_that_is_named(password: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check_password(password, "zhang.san", RULES)


def test_classes_count_small_capital_digit_and_anything_else() -> None:
    texts = ("", "abc", "abC", "abC1", "abC1 ", "安全")
    assert [classes_in(text) for text in texts] == [0, 1, 2, 3, 4, 1]


def test_the_kept_list_is_small_letters_without_repetition_and_finds_itself() -> None:
    assert len(common_passwords()) > 150
    assert all(each == each.casefold().strip() for each in common_passwords())
    assert all(is_common(each) for each in common_passwords())
    assert not is_common("correct horse battery")


def test_the_settings_have_bounds_and_every_rule_has_one() -> None:
    assert set(LIMITS) == set(numbers_of(RULES))
    assert checked_policy({}) == RULES
    assert checked_policy({"days": 0}).days == 0
    for name, limit in LIMITS.items():
        for wrong in (limit.least - 1, limit.most + 1, "8", 8.0, None, True):
            with pytest.raises(InputError):
                checked_policy({name: wrong})
    with pytest.raises(InputError):
        checked_policy({"shortest": 32, "passphrase": 16})
    with pytest.raises(InputError):
        checked_policy({"nonsense": 1})
