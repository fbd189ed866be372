"""The chain of the journal: each entry's digest covers its own content and the digest before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

CHAINED: Final = (
    *("id", "at", "person", "action", "subject", "reason", "detail"),
    *("operation", "payload", "address", "succeeded"),
)
"""The columns an entry's digest covers; the migration that chained old entries leans on this order."""
HEAD: Final = "journal_head"
"""The mark that names the newest entry and its digest, so that a journal cut short is noticed."""
LOOSE_UNTIL: Final = "journal_loose_until"
"""The mark that names the last entry written before digests covered the versions an entry made."""


def digest_of(previous: str, entry: Mapping[str, Any]) -> str:
    """The digest (SHA-256, hexadecimal) of an entry that follows the one with digest `previous`."""
    content = [previous, *(_plain(entry[name]) for name in CHAINED)]
    return _sha256(json.dumps(content, ensure_ascii=False))


def digest_of_version(table: str, columns: Mapping[str, Any]) -> str:
    """The digest of what a version says; empty columns are left out, so that a new column changes nothing."""
    kept = {name: _plain(value) for name, value in columns.items() if value not in (None, "", False)}
    kept.pop("ended_by", None)
    return _sha256(json.dumps([table, kept], ensure_ascii=False, sort_keys=True))


def digest_of_all(digests: Iterable[str]) -> str:
    """One digest of many, whatever their order."""
    return _sha256("\n".join(sorted(digests)))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value if isinstance(value, str | int | None) else str(value)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
