"""Give data out as a workbook in the import form: Chinese heads and names, dates and numbers as such."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from core.auth import Actor, Permission, require
from core.config import local_moment
from core.domain.columns import Holds, holds
from core.domain.forms import FORMS, Form
from core.domain.hazards import Level
from core.domain.measures import Rung
from core.domain.units import Unit, UnitKind
from core.errors import InputError
from core.reports.sheets import Sheet, workbook_of
from core.services.catalogues import catalogues_of
from core.services.exporting import csv_text, guarded, lines_of
from core.services.journalling import read_journal
from core.services.looking_up import vocabulary
from core.services.reporting import journal_table, workbook_from
from core.store.engine import Store
from core.store.rolls import units
from core.store.unit_of_work import Reader

JOURNAL = "journal"
_ALL = 1_000_000_000
_Speak = Callable[[object], object]


def export_workbook(
    store: Store, actor: Actor, kinds: Sequence[str], known_at: datetime | None = None
) -> bytes:
    """A workbook with a sheet a kind that `import` takes back; `journal` alone is for reading only.

    Raises:
        ForbiddenError: the actor may not exchange data, or may not read the journal.
        InputError: an unknown kind.
    """
    if list(kinds) == [JOURNAL]:
        return workbook_from([journal_table(read_journal(store, actor, limit=_ALL)[0])])
    require(actor, Permission.EXCHANGE)
    unknown = [kind for kind in kinds if kind not in FORMS]
    if unknown:
        raise InputError(f"导出类别“{unknown[0]}”不存在，可用：{'、'.join((*FORMS, JOURNAL))}。")
    with store.reading(known_at) as reader:
        speakers = _speakers(reader)
        return workbook_of([_sheet(reader, FORMS[kind], speakers) for kind in kinds])


def export_journal_csv(store: Store, actor: Actor) -> str:
    """The journal as CSV, oldest first, moments in local time.

    Raises:
        ForbiddenError: the role may not read the journal.
    """
    lines = reversed(read_journal(store, actor, limit=_ALL)[0])
    rows = (
        [each.change_id, f"{local_moment(each.at):%Y-%m-%d %H:%M:%S}", each.person]
        + [guarded(text) for text in (each.action, each.subject, each.reason, each.address)]
        + [each.succeeded, guarded(each.content), each.digest]
        for each in lines
    )
    heads = ("id", "at", "person", "action", "subject", "reason", "address", "succeeded", "changes", "digest")
    return csv_text(heads, rows)


def names_of_units(every: Iterable[Unit]) -> dict[str, str]:
    """How files call each unit: by its full name, or by its code where two bear one name."""
    known = list(every)
    count = Counter(unit.name for unit in known)
    codes = {unit.code for unit in known}
    return {
        unit.code: unit.name if count[unit.name] == 1 and unit.name not in codes else unit.code
        for unit in known
    }


def _sheet(reader: Reader, form: Form, speakers: Mapping[Holds, _Speak]) -> Sheet:
    speak = [speakers.get(holds(column.name), _as_it_is) for column in form.columns]
    rows = (
        [say(value) for say, value in zip(speak, line, strict=True)] for line in lines_of(reader, form.kind)
    )
    return Sheet(form.label, [column.label for column in form.columns], list(rows))


def _speakers(reader: Reader) -> Mapping[Holds, _Speak]:
    """How the codes of each kind of column are said in Chinese."""
    words = vocabulary(catalogues_of(reader), {})
    return {
        Holds.UNIT: _by(names_of_units(units(reader))),
        Holds.EVENT: _by(words.events),
        Holds.MEASURE: _by(words.measures),
        Holds.UNIT_KIND: _by({kind.value: kind.label for kind in UnitKind}),
        Holds.LEVEL: _by({level.value: level.label for level in Level}),
        Holds.RUNG: _by({rung.value: rung.label for rung in Rung}),
    }


def _by(names: Mapping[str, str]) -> _Speak:
    return lambda code: names.get(str(code), code)


def _as_it_is(value: object) -> object:
    return value


def event_names(reader: Reader) -> list[str]:
    """Every year's events in Chinese, the newest year's first."""
    newest_first = sorted(catalogues_of(reader).items(), reverse=True)
    return list(dict.fromkeys(name for _, catalogue in newest_first for name in catalogue.events.values()))
