"""Attack the program as a stranger and as a clerk would, and print attempts by kind and how many succeeded.

Run it from the project's folder: `python -m tests.benchmarks.hostile`. It makes a database of its own in a
temporary folder. It ends with 1 when an attempt succeeded.
"""

import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text
from starlette.applications import Starlette
from starlette.middleware import Middleware

from core.auth import Actor, Role
from core.errors import ForbiddenError, NotFoundError, SupervisionError
from core.services import accounts, own_account, signing_in, signing_on
from core.services.signing_on import Identity
from core.services.verifying import verify
from core.store.accounts import NewAccount
from core.store.engine import Store, open_store
from core.web.headers import SecurityHeaders
from core.web.newsroom import Newsroom
from core.web.routes import routes
from core.web.wall import Face, wall_routes
from tests.asgi import ask
from tests.permission_calls import ADMIN, CALLS, Target, furnish
from tests.permission_table import ALL, SERVICES
from tests.tampering import unguard

PASSWORD = "correct horse battery"
Kind = Iterator[bool]
_ROUNDS = 12


def main() -> int:
    """Attack, print, and tell whether all attempts failed."""
    with tempfile.TemporaryDirectory() as folder, closing(open_store(_url(folder))) as store:
        targets = furnish(store)
        accounts.add_account(
            store, ADMIN, NewAccount("victim", "某人", Role.COMMITTEE, "C1"), PASSWORD, now=_now()
        )
        print(f"{'kind':44}{'attempts':>10}{'succeeded':>11}")
        succeeded = 0
        for said, attack in ATTACKS.items():
            outcomes = list(attack(store, targets))
            succeeded += sum(outcomes)
            print(f"{said:44}{len(outcomes):>10}{sum(outcomes):>11}")
        _print_ratio(store)
    return 1 if succeeded else 0


def _print_ratio(store: Store) -> None:
    """Time to answer: known and unknown names by turns, each from an address of its own."""
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    for n in range(2 * _ROUNDS):
        kind = ("known", "unknown")[n % 2]
        name = f"ratio{n}" if kind == "unknown" else _account(store, f"known{n}")
        start = time.perf_counter()
        signing_in.sign_in(store, name, "wrong", address=f"10.9.0.{n}", now=_now())
        times[kind].append(time.perf_counter() - start)
    known, unknown = (statistics.median(times[kind]) for kind in ("known", "unknown"))
    print(f"time to answer, known / unknown: {known:.3f} s / {unknown:.3f} s = {known / unknown:.3f}")


def guess_passwords(store: Store, _targets: Mapping[str, Target]) -> Kind:
    """The usual guesses, at one account and from one address, and then the right one while it is locked."""
    now = _now()
    common = ["Password1!", "123456", "admin", "", "victim", PASSWORD.upper(), PASSWORD + " "]
    for guess in (*common * 4, PASSWORD):
        yield bool(signing_in.sign_in(store, "victim", guess, address="10.0.0.66", now=now))


def spray_names(store: Store, _targets: Mapping[str, Target]) -> Kind:
    """One guess at each of many names from one address; the address is slowed down."""
    now = _now()
    for n in range(40):
        _account(store, f"name{n}")
    for n in range(40):
        yield bool(signing_in.sign_in(store, f"name{n}", "Qwerty2025!", address="10.0.0.67", now=now))
    yield bool(signing_in.sign_in(store, "name0", PASSWORD, address="10.0.0.67", now=now))


def make_up_tokens(store: Store, _targets: Mapping[str, Target]) -> Kind:
    """Tokens and tickets that nobody gave out."""
    for _ in range(100):
        yield bool(signing_in.who_arrives(store, secrets.token_urlsafe(32), now=_now()))
        yield bool(signing_in.claim(store, secrets.token_urlsafe(32), address="", now=_now()))
    for odd in ("", "' or 1=1 --", "\x00", "\ud800", "x" * 100_000, "../../etc/passwd"):
        yield bool(signing_in.who_arrives(store, odd, now=_now()))


def replay_sessions(store: Store, _targets: Mapping[str, Target]) -> Kind:
    """A cookie copied before sign-out, a password change, disabling, a new role, the end of its time."""
    ends: list[Callable[[str, str], object]] = [
        lambda _name, token: signing_in.sign_out(store, token, now=_now()),
        lambda name, _token: accounts.disable(store, ADMIN, name, now=_now()),
        lambda name, _token: accounts.set_password(store, ADMIN, name, "another good one", now=_now()),
        lambda name, _token: accounts.move(store, ADMIN, name, Role.LEADER, "", now=_now()),
        lambda name, _token: _end_from_elsewhere(store, name),
    ]
    for n, end in enumerate(ends):
        name = _account(store, f"replay{n}")
        token = _session(store, name)
        end(name, token)
        yield bool(signing_in.who_arrives(store, token, now=_now()))
    token = _session(store, _account(store, "idle"))
    yield bool(signing_in.who_arrives(store, token, now=_now() + timedelta(minutes=31)))


def use_unready_sessions(store: Store, _targets: Mapping[str, Target]) -> Kind:
    """A session that must still change its password asks every route, and is nobody to each."""
    token = _session(store, _account(store, "unready"))
    yield bool(signing_in.who_is(store, token, now=_now()))
    cookie = {"Cookie": f"{signing_in.COOKIE}={token}", "X-Anze": "1"}
    for path in ("/attachment/1/x.jpg", "/attachment/1/x.jpg?inline=1"):
        yield ask(_app(store), "GET", path, cookie).status == 200
    body = b'{"form": "f", "operation": "o", "step": 1, "fields": {}}'
    yield ask(_app(store), "PUT", "/draft", cookie, body).status == 204


def cross_permissions(store: Store, targets: Mapping[str, Target]) -> Kind:
    """Every service that the table refuses, for every role and unit."""
    homes = {Role.COMMITTEE: "C1", Role.LOCALITY: "L1", Role.DEPARTMENT: "D1"}
    others = {"C1": ("C2", "D2"), "L1": ("L2", "C2"), "D1": ("D2", "L2")}
    for name, rights in SERVICES.items():
        for role in Role:
            home = homes.get(role, "C1")
            wanted = dict(
                zip(
                    ALL,
                    ((home, home), (home, others[home][0]), (home, others[home][1]), ("", home)),
                    strict=True,
                )
            )
            for case in set(ALL) - set(rights.get(role.value, "")):
                unit, target = wanted[case]
                yield _came_through(name, store, Actor("somebody", "某人", role, unit), targets[target])


def vouch_falsely(store: Store, _targets: Mapping[str, Target]) -> Kind:
    """What an identity provider did not say just now, said twice, or says of nobody we know."""
    now = _now()
    for name in ("bound", "gone"):
        accounts.bind(store, ADMIN, _account(store, name), f"{name}@example", now=now)
    accounts.disable(store, ADMIN, "gone", now=now)
    fresh = Identity("https://id.example", "bound@example", now.timestamp(), "n1")
    signing_on.sign_on(store, fresh, address="", now=now)
    odd = (-1.0, 0.0, 1e300, float("nan"), float("inf"), now.timestamp() + 3600, now.timestamp() - 3600)
    names = ("", "gone@example", "BOUND@example", "bound", "bound@example\x00", "' or 1=1 --", "x" * 100_000)
    statements = (fresh, *(replace(fresh, issued_at=at, nonce="n2") for at in odd))
    for identity in (*statements, *(replace(fresh, name=name, nonce="n3") for name in names)):
        try:
            yield bool(signing_on.sign_on(store, identity, address="10.0.0.68", now=now))
        except ForbiddenError:
            yield False


def listen_to_boards(store: Store, _targets: Mapping[str, Target]) -> Kind:
    """The routes of living boards and of the wall, with ended, guessed and other people's sessions."""
    over, another = (_session(store, _account(store, f"listener{n}")) for n in range(2))
    signing_in.sign_out(store, over, now=_now())
    app = Starlette(routes=wall_routes(lambda: store, Newsroom(int, dict), Face("", "", str)))
    knocks = [("/live/newest", token, "") for token in (over, "guess", "")]
    knocks += [("/live/wall", token, "") for token in (over, another, "guess", "")]
    knocks += [
        ("/live/here", over, signing_in.key_of(over)),
        ("/live/here", another, signing_in.key_of(over)),
    ]
    knocks += [("/live/here", "guess", signing_in.key_of("guess")), ("/wall/guess", "", "")]
    knocks += [("/wall/guess/events", another, ""), ("/live/here", another, "")]
    for path, token, key in knocks:
        cookie = {"Cookie": f"{signing_in.COOKIE}={token}"}
        yield ask(app, "GET", path, cookie, query=f"key={key}").status in (200, 204)


def knock_without_a_cookie(store: Store, _targets: Mapping[str, Target]) -> Kind:
    """Every route as a stranger, with and without the header of our own pages."""
    for headers in ({}, {"X-Anze": "1"}, {"Cookie": f"{signing_in.COOKIE}=guess"}):
        for method, path in (
            ("GET", "/attachment/1/a.jpg"),
            ("GET", "/attachment/1/..%2f..%2fetc%2fpasswd"),
            ("PUT", "/draft"),
            ("POST", "/session/claim"),
            ("GET", "/session/claim"),
            ("GET", "/attachment/999999999999999999999999/a"),
        ):
            yield ask(_app(store), method, path, headers, b"{}").status in (200, 204)


def alter_the_journal(store: Store, _targets: Mapping[str, Target]) -> Kind:
    """Alter and remove entries, with the database's rule in place and without it; verify must notice."""
    harms = (
        "update change set person = 'x' where id = 3",
        "delete from change where id = 3",
        "update change set digest = '' where id = 3",
        "delete from change",
    )
    for harm in harms:
        try:
            with store.unit_of_work("x", _now()) as work:
                work.session.execute(text(harm))
        except Exception:  # noqa: BLE001 - refused, whatever the database calls it
            yield False
        else:
            yield True
    with store.unit_of_work("x", _now()) as work:
        unguard(work)
        work.session.execute(text(harms[0]))
        work.session.commit()
    yield not verify(store, ADMIN)


ATTACKS: Mapping[str, Callable[[Store, Mapping[str, Target]], Kind]] = {
    "passwords guessed at one account": guess_passwords,
    "one password at many accounts": spray_names,
    "tokens and tickets made up": make_up_tokens,
    "cookies of ended sessions": replay_sessions,
    "sessions that must change the password": use_unready_sessions,
    "false words of an identity provider": vouch_falsely,
    "boards and walls listened to": listen_to_boards,
    "services beyond the role or the unit": cross_permissions,
    "routes without a session": knock_without_a_cookie,
    "the journal altered unnoticed": alter_the_journal,
}


def _came_through(name: str, store: Store, actor: Actor, target: Target) -> bool:
    try:
        return CALLS[name](store, actor, target) is not False
    except (ForbiddenError, NotFoundError):
        return False
    except SupervisionError:
        return True


def _account(store: Store, name: str) -> str:
    accounts.add_account(store, ADMIN, NewAccount(name, "某人", Role.LEADER), PASSWORD, now=_now())
    return name


def _session(store: Store, name: str) -> str:
    ticket = signing_in.sign_in(store, name, PASSWORD, address=f"10.1.{len(name)}.1", now=_now()) or ""
    claimed = signing_in.claim(store, ticket, address="", now=_now())
    if claimed is None:
        raise RuntimeError(f"{name} could not sign in")
    return claimed.token


def _end_from_elsewhere(store: Store, name: str) -> None:
    other = signing_in.who_arrives(store, _session(store, name), now=_now())
    if other:
        own_account.end_other_sessions(store, other, now=_now())


def _app(store: Store) -> Any:
    return Starlette(routes=routes(lambda: store), middleware=[Middleware(SecurityHeaders)])


def _now() -> datetime:
    return datetime.now(UTC)


def _url(folder: str) -> str:
    return f"sqlite:///{(Path(folder) / 'anze.db').as_posix()}"


if __name__ == "__main__":
    sys.exit(main())
