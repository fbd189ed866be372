"""Enumerations whose members carry the Chinese word a person reads."""

from enum import StrEnum
from typing import Self

from core.domain.texts import squeezed


class Labelled(StrEnum):
    """A code for files and databases with a `label` for people; compare members with `==`."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        """Make a member from its code and its label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Find the member by code or by label, blanks and width apart; None where neither fits."""
        words = {text, squeezed(text)}
        return next((member for member in cls if words & {member.value, member.label}), None)

    @classmethod
    def of(cls, text: str) -> Self:
        """Find the member by code or by label.

        Raises:
            ValueError: there is none.
        """
        member = cls.parse(text)
        if member is None:
            raise ValueError(f"“{text}”不在可选值之内")
        return member
