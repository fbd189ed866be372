"""What only the owner of a database can do: take away the rule that keeps its journal."""

from sqlalchemy import text

from core.store.unit_of_work import UnitOfWork


def unguard(work: UnitOfWork) -> None:
    """Drop the triggers that refuse to alter or remove entries of the journal."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("drop trigger journal_kept on change"))
        return
    for name in ("journal_unaltered", "journal_undeleted"):
        work.session.execute(text(f"drop trigger {name}"))
