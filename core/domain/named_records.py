"""Records that rows of other files name: by unit and day, and by title where one day has several."""

from dataclasses import dataclass
from datetime import date

from core.domain.intake import Row
from core.domain.records import TITLE_LIMIT
from core.domain.texts import shorten, squeezed
from core.domain.units import Unit
from core.domain.world import World


@dataclass(frozen=True, slots=True)
class Naming:
    """Which event records are named of, what it is called, and the columns of the day and the title."""

    event: str
    called: str
    day: str
    title: str


def title_named(row: Row, naming: Naming, unit: Unit, day: date, world: World) -> str | None:
    """The title of the record that a row names: its day's only one, or the one whose title it holds."""
    typed = row.text(naming.title, TITLE_LIMIT)
    titles = world.titles_of(unit.code, naming.event, day)
    if typed in titles:
        return typed
    meant = [each for each in titles if not typed or squeezed(each) == squeezed(typed)]
    if len(meant) == 1:
        return meant[0]
    place = f"{unit.name} {day} "
    if not titles:
        row.blame(naming.day, f"台账中没有{place}的{naming.called}，请先录入或导入这条记录。")
    elif typed:
        row.blame(naming.title, f"{place}的{naming.called}中没有“{shorten(typed)}”，请填写台账记录的标题。")
    else:
        said = f"{place}有 {len(titles)} 次{naming.called}，请填写标题，指明是哪一次。"
        row.blame(naming.title, said)
    return None
