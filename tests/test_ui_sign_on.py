"""What is read of an identity provider's statement."""

import pytest

from core.services.signing_on import Identity
from core.ui.sign_on import identity_of

CLAIMS = {"iss": "https://id.example", "sub": "u-17", "email": "a@b.cn", "iat": 1750000000, "nonce": "n"}


def test_the_part_that_names_the_account_can_be_chosen() -> None:
    assert identity_of(CLAIMS, "sub") == Identity("https://id.example", "u-17", 1750000000.0, "n")
    assert identity_of(CLAIMS, "email") == Identity("https://id.example", "a@b.cn", 1750000000.0, "n")


@pytest.mark.parametrize("issued_at", [None, "1750000000", True, [1]])
def test_a_statement_without_its_moment_is_none(issued_at: object) -> None:
    assert identity_of({**CLAIMS, "iat": issued_at}, "sub") is None


def test_a_part_that_is_missing_names_nobody() -> None:
    named = identity_of(CLAIMS, "employee_number")
    assert named
    assert named.name == ""
