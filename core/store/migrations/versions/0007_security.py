"""The journal chained and kept from change; past passwords; second factor; what is known of a session."""

import sqlalchemy as sa
from alembic import op

from core.store.chaining import CHAINED, HEAD, LOOSE_UNTIL, digest_of

revision = "0007"
down_revision = "0006"

_POSTGRES_RULE = """
create function keep_journal() returns trigger as $$
begin
    if tg_op = 'UPDATE' and old.digest = '' then
        return new;
    end if;
    raise exception 'the journal is append-only';
end
$$ language plpgsql
"""


def upgrade() -> None:
    _accounts()
    _journal()
    _chain(op.get_bind())
    _keep(op.get_bind().dialect.name)


def _accounts() -> None:
    op.create_table(
        "password_past",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("password_hash", sa.String(100), nullable=False),
        sa.Column("set_at", sa.DateTime, nullable=False),
    )
    op.add_column("account", sa.Column("totp_secret", sa.String(64), nullable=False, server_default=""))
    op.add_column("account", sa.Column("totp_step", sa.Integer, nullable=False, server_default="0"))
    op.add_column("account_session", sa.Column("agent", sa.String(200), nullable=False, server_default=""))
    op.add_column(
        "account_session", sa.Column("awaits_code", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_index("ix_sign_in_attempt_address", "sign_in_attempt", ["address"])


def _journal() -> None:
    op.add_column("change", sa.Column("address", sa.String(64), nullable=False, server_default=""))
    op.add_column("change", sa.Column("succeeded", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("change", sa.Column("digest", sa.String(64), nullable=False, server_default=""))


def _chain(connection: sa.Connection) -> None:
    """Chain what was written before; from here on a changed entry is noticed, whoever wrote it."""
    names = (*CHAINED, "digest")
    change = sa.table("change", *(sa.column(name, sa.DateTime if name == "at" else None) for name in names))
    query = sa.select(*(change.c[name] for name in CHAINED)).order_by(change.c.id)
    digest, digests = "", []
    for row in connection.execute(query).mappings():
        digest = digest_of(digest, {**row, "succeeded": bool(row["succeeded"])})
        digests.append({"number": row["id"], "said": digest})
    if digests:
        this_one = change.c.id == sa.bindparam("number")
        connection.execute(sa.update(change).where(this_one).values(digest=sa.bindparam("said")), digests)
    last = digests[-1]["number"] if digests else 0
    mark = sa.table("mark", sa.column("name"), sa.column("content"))
    marks = [{"name": HEAD, "content": f"{last}:{digest}"}, {"name": LOOSE_UNTIL, "content": str(last)}]
    connection.execute(sa.insert(mark), marks)


def _keep(dialect: str) -> None:
    """Let the database itself refuse what would alter or remove an entry."""
    if dialect == "postgresql":
        op.execute(_POSTGRES_RULE)
        op.execute(
            "create trigger journal_kept before update or delete on change "
            "for each row execute procedure keep_journal()"
        )
        return
    refusal = "begin select raise(abort, 'the journal is append-only'); end"
    op.execute(f"create trigger journal_unaltered before update on change when old.digest <> '' {refusal}")
    op.execute(f"create trigger journal_undeleted before delete on change {refusal}")
