"""Passwords: what may be one, how it is hashed and compared.

bcrypt looks at 72 bytes at most and stops at a NUL byte. Every password is therefore brought to NFKC
(so that one typed on another machine is the same text), digested with SHA-256 and Base64-encoded
first: 44 bytes that depend on every character, however long the password is.
"""

import base64
import hashlib
import secrets
import unicodedata

import bcrypt

from core.errors import InputError

COST = 12
SHORTEST = 10
_NOBODY = "$2b$12$SmLNb4Rk1NabscUgOhhixOhM3lOJqKmXCVyca.8W/RFAMQkSjVgcu"
"""Compared with where there is no such account, so that the answer takes as long."""


def hash_password(password: str) -> str:
    """Hash a password with a fresh salt."""
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(COST)).decode()


def matches(password: str, password_hash: str) -> bool:
    """Tell whether this is the password; an empty hash costs the same time and never matches."""
    same = bcrypt.checkpw(_digest(password), (password_hash or _NOBODY).encode())
    return same and bool(password_hash)


def check_new_password(password: str, username: str) -> None:
    """Refuse a password that is too easily guessed.

    Raises:
        InputError: with the rule it breaks.
    """
    if len(password) < SHORTEST:
        raise InputError(f"密码至少{SHORTEST}个字符。", "密码")
    if username.casefold() in password.casefold() and len(password) < len(username) + SHORTEST:
        raise InputError("密码不能由用户名变化而来。", "密码")
    if len(set(password)) < SHORTEST // 2:
        raise InputError("密码中重复的字符太多。", "密码")


def random_password() -> str:
    """Make a password of 16 characters, 96 bits."""
    return secrets.token_urlsafe(12)


def _digest(password: str) -> bytes:
    text = unicodedata.normalize("NFKC", password)
    return base64.b64encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
