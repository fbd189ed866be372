"""Somebody else was first with a zone: what they did meanwhile, in a sentence."""

from core.config import local_moment
from core.domain.zone_standing import AreaStanding
from core.domain.zone_work import Dossier, Mark, Plan, Step
from core.errors import ConflictError
from core.store.accounts import names_of_accounts
from core.store.unit_of_work import UnitOfWork


def refuse_newer_work(work: UnitOfWork, dossier: Dossier, standing: AreaStanding, seen: int) -> None:
    """Refuse what was read before somebody filled in the area's checklist or took a step with it.

    Raises:
        ConflictError: with who did what, and when.
    """
    own = {item.code for item, _ in standing.marks}
    steps = [each for each in dossier.steps if each.area == standing.area and each.change > seen]
    marks = [each for each in dossier.marks if each.item in own and each.change > seen]
    refuse_if_newer(work, steps or marks, steps[-1].deed.label if steps else "清单")


def refuse_if_newer(work: UnitOfWork, newer: list[Plan] | list[Mark] | list[Step], what: str) -> None:
    """Refuse where anything is newer than what the person saw.

    Raises:
        ConflictError: with who did what, and when.
    """
    if newer:
        who = names_of_accounts(work).get(newer[-1].person, newer[-1].person)
        at = f"于 {local_moment(newer[-1].at):%m月%d日 %H:%M} " if newer[-1].at else ""
        raise ConflictError(
            f"您查看之后，{who}{at}更新了“{what}”。您的操作没有保存，请核对最新内容后再办理。"
        )
