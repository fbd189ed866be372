"""The route that takes what somebody is typing, so that a reload or a restart loses nothing of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from core.errors import SupervisionError
from core.services.drafting import CONTENT_LIMIT, Typed, keep_draft
from core.services.signing_in import COOKIE, who_is
from core.store.engine import Store

_OWN_HEADER = "x-anze"
_LARGEST_BODY = 4 * CONTENT_LIMIT
_LARGEST_STEP = 2_000_000_000


class _Sent(BaseModel, strict=True):
    """What the page's own script sends; `person` is whoever it was typed by."""

    person: str
    form: str
    operation: str
    step: Annotated[int, Field(ge=0, le=_LARGEST_STEP)]
    fields: dict[str, str]


def draft_routes(store: Callable[[], Store]) -> list[Route]:
    """The one route, on the store that the opener gives: 204 kept, 401 signed out, 400 or 403 refused."""

    async def keep(request: Request) -> Response:
        if _OWN_HEADER not in request.headers:
            return Response(status_code=403)
        try:
            sent = _Sent.model_validate_json(await _body(request))
        except (ValueError, ClientDisconnect):
            return Response(status_code=400)
        return await run_in_threadpool(_keep, store(), request.cookies.get(COOKIE, ""), sent)

    return [Route("/draft", keep, methods=["PUT"])]


def _keep(store: Store, token: str, sent: _Sent) -> Response:
    """Keep it for whoever typed it, while the cookie still is theirs; typing is a sign of life."""
    now = datetime.now(UTC)
    person = who_is(store, token, now=now, touch=True)
    if person is None or person.actor.username != sent.person:
        return Response(status_code=401)
    try:
        keep_draft(store, person.actor, Typed(sent.form, sent.operation, sent.step, sent.fields), now=now)
    except SupervisionError:
        return Response(status_code=403)
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


async def _body(request: Request) -> bytes:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > _LARGEST_BODY:
            raise ValueError("too long")
    return bytes(parts)
