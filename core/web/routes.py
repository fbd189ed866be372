"""The routes beside Streamlit: claim a session, take a dead cookie away, health."""

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core.services import signing_in
from core.services.opening import answers
from core.store.engine import Store
from core.web.attachments import attachment_routes
from core.web.drafts import draft_routes

_LONGEST_TICKET = 200
_IDENTITY_COOKIES = "_streamlit_user"
_OWN_HEADER = "x-anze"
"""A page of another origin cannot send this header without being asked about it first, and is refused."""

Opener = Callable[[], Store]


def routes(store: Opener) -> list[Route]:
    """All routes, on the store that the opener gives."""

    async def claim(request: Request) -> Response:
        ticket = (await request.body())[:_LONGEST_TICKET].decode("ascii", "replace")
        return await run_in_threadpool(_claim, store(), request, ticket)

    async def end(request: Request) -> Response:
        return await run_in_threadpool(_end, store(), request)

    async def health(_request: Request) -> Response:
        well = await run_in_threadpool(_is_well, store)
        return PlainTextResponse("ok" if well else "unavailable", 200 if well else 503)

    return [
        Route("/session/claim", claim, methods=["POST"]),
        Route("/session/end", end, methods=["POST"]),
        Route("/healthz", health, methods=["GET"]),
        *draft_routes(store),
        *attachment_routes(store),
    ]


def _claim(store: Store, request: Request, ticket: str) -> Response:
    """Trade the ticket for a cookie that scripts cannot read."""
    if _OWN_HEADER not in request.headers:
        return Response(status_code=403)
    agent = request.headers.get("user-agent", "")
    claimed = signing_in.claim(store, ticket, address=_address(request), now=datetime.now(UTC), agent=agent)
    if claimed is None:
        return Response(status_code=403)
    answer = Response(status_code=204, headers={"Cache-Control": "no-store"})
    answer.set_cookie(
        signing_in.COOKIE,
        claimed.token,
        max_age=int(claimed.life.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=_is_https(request),
    )
    _forget_identity(answer, request)
    return answer


def _forget_identity(answer: Response, request: Request) -> None:
    """Take away what Streamlit keeps of an identity provider's word: it was believed once, and no more."""
    for name in request.cookies:
        if name.startswith(_IDENTITY_COOKIES):
            answer.delete_cookie(name, httponly=True, samesite="lax", secure=_is_https(request))


def _end(store: Store, request: Request) -> Response:
    """Take away the cookie of a session that has ended; one that holds stays, whoever asks.

    Signing out itself is done by the page, on the server; a tab that learns of it late must not take
    the cookie of whoever has signed in since.
    """
    answer = Response(status_code=204, headers={"Cache-Control": "no-store"})
    token = request.cookies.get(signing_in.COOKIE, "")
    if signing_in.who_arrives(store, token, now=datetime.now(UTC)) is None:
        answer.delete_cookie(signing_in.COOKIE, httponly=True, samesite="lax", secure=_is_https(request))
    _forget_identity(answer, request)
    return answer


def _is_well(store: Opener) -> bool:
    try:
        return answers(store())
    except Exception:  # noqa: BLE001 - a probe is told no, whatever is wrong
        return False


def _is_https(request: Request) -> bool:
    """Behind a reverse proxy the first hop speaks HTTP; the proxy says what the browser speaks."""
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto", "").split(",")[0].strip())


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
