"""What makes the demonstration city live beside its files: “一件事” links and findings of surveys."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from core.domain.findings import EVENT, Finding, Risk
from core.domain.one_matters import starting_links
from core.domain.records import RecordSearch
from core.store.matters import write_finding, write_link
from core.store.records import all_records
from core.store.unit_of_work import UnitOfWork


def write_sample_matters(work: UnitOfWork, founding: int, sample: Path) -> None:
    """Write what the files of the folder hold, as known from the founding on; a file may be missing."""
    _write_links(work, founding, sample / "links.csv")
    _write_findings(work, founding, sample / "findings.csv")


def _write_links(work: UnitOfWork, change: int, path: Path) -> None:
    known = {each.code: each for each in starting_links()}
    for row in _rows(path):
        link = known[row["code"]]
        department, document = row["department"], row["document"]
        made = type(link)(
            link.code, link.chain, link.name, department, link.sort_no, _day(row["settled_on"]), document
        )
        write_link(work, change, made)


def _write_findings(work: UnitOfWork, change: int, path: Path) -> None:
    surveys = {
        (each.unit, each.title): each.record_id
        for each in all_records(work, RecordSearch(events=frozenset({EVENT})))
    }
    for number, row in enumerate(_rows(path), start=1):
        finding = Finding(
            f"2025{number:04}",
            surveys[row["unit"], row["title"]],
            row["name"],
            date.fromisoformat(row["found_on"]),
            Risk.of(row["risk"]),
            row["department"],
            _day(row["settled_on"]),
            row["note"],
        )
        write_finding(work, change, finding)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
