"""The download route: who gets what, under which name, and with which headers."""

from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from core.auth import OPERATOR, Role
from core.domain.attachments import Attachment, Owner, OwnerKind, Sent
from core.services.attaching import add_attachment
from core.services.signing_in import COOKIE
from core.store.engine import Store
from core.web.headers import MIDDLEWARE
from core.web.routes import routes
from tests.account_examples import add_clerk, furnish, signed_in
from tests.asgi import Answer, ask
from tests.city_examples import NOW, enter, meeting
from tests.file_examples import PDF, photograph


@pytest.fixture
def store(lite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = furnish(lite_store, monkeypatch)
    add_clerk(store)
    add_clerk(store, "local", Role.LOCALITY, "L02")
    return store


@pytest.fixture
def app(store: Store) -> Starlette:
    return Starlette(routes=routes(lambda: store), middleware=MIDDLEWARE)


def keep(store: Store, name: str = "纪要.pdf", content: bytes = PDF) -> Attachment:
    record = enter(store, meeting(unit="C06"), actor=OPERATOR)
    owner = Owner(OwnerKind.RECORD, str(record.record_id))
    return add_attachment(store, OPERATOR, owner, Sent(name, content), now=NOW)


def get(
    app: Starlette, store: Store, version: object, query: str = "", username: str = "clerk", **headers: str
) -> Answer:
    cookie = {"Cookie": f"{COOKIE}={signed_in(store, datetime.now(UTC), username)}"}
    return ask(app, "GET", f"/attachment/{version}/x.pdf", cookie | headers, query=query)


def test_whoever_may_see_the_record_gets_the_file_under_its_name(app: Starlette, store: Store) -> None:
    answer = get(app, store, keep(store).version_id)
    assert (answer.status, answer.body) == (200, PDF)
    assert answer.header("content-type") == "application/pdf"
    assert answer.header("content-disposition").endswith("filename*=UTF-8''%E7%BA%AA%E8%A6%81.pdf")
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("cache-control") == "private, no-cache"


def test_a_name_cannot_break_out_of_its_header(app: Starlette, store: Store) -> None:
    kept = keep(store, 'a";\r\nSet-Cookie: x=1;".pdf')
    said = get(app, store, kept.version_id).header("content-disposition")
    assert said.startswith('attachment; filename="attachment-')
    assert not set("\r\n") & set(said)
    assert said.count('"') == 2


def test_a_stranger_gets_nothing(app: Starlette, store: Store) -> None:
    kept = keep(store)
    answer = ask(app, "GET", f"/attachment/{kept.version_id}/x.pdf")
    assert answer.status == 401
    assert PDF not in answer.body


def test_whoever_may_not_see_the_unit_hears_the_same_as_for_a_file_that_is_not_there(
    app: Starlette, store: Store
) -> None:
    kept = keep(store)
    unseen = get(app, store, kept.version_id, username="local")
    missing = get(app, store, 4711)
    assert (unseen.status, unseen.body) == (missing.status, missing.body) == (404, unseen.body)


@pytest.mark.parametrize("version", [0, 99999999999999999999999, "x", "-1", "1.5"])
def test_nonsense_in_the_address_finds_nothing(app: Starlette, store: Store, version: object) -> None:
    assert get(app, store, version).status == 404


def test_only_a_photograph_is_ever_shown_within_a_page(app: Starlette, store: Store) -> None:
    photo = keep(store, "现场.jpg", photograph())
    document = add_attachment(store, OPERATOR, photo.owner, Sent("x.pdf", PDF), now=NOW)
    ways = {
        (each.media_type, query): get(app, store, each.version_id, query).header("content-disposition")[:6]
        for each in (photo, document)
        for query in ("", "inline=1")
    }
    assert [kind for kind, way in ways.items() if way == "inline"] == [("image/jpeg", "inline=1")]


def test_a_browser_that_has_it_already_is_told_so_but_only_while_it_may_see_it(
    app: Starlette, store: Store
) -> None:
    kept = keep(store)
    tag = get(app, store, kept.version_id).header("etag")
    assert get(app, store, kept.version_id, **{"If-None-Match": tag}).status == 304
    assert get(app, store, kept.version_id, username="local", **{"If-None-Match": tag}).status == 404
