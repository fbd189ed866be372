"""The wall's routes: a stream of what changed, a page behind a link, and the newest change for boards."""

import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from core.auth import Permission, may
from core.services.signing_in import COOKIE, SignedIn, key_of, who_is
from core.services.wall_links import link_holds, open_link
from core.services.walling import tidings
from core.services.whereabouts import SERVER
from core.store.engine import Store
from core.web.newsroom import Newsroom
from core.web.notice_board import NoticeBoard, Standing

CHECK_SECONDS = 10
"""How often a stream asks whether it may go on, and says that it is alive."""
_FRESH_SECONDS = 10
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_CLOSED = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>大屏</title></head>
<body><p>此大屏链接不存在或已停用。</p></body></html>"""

Opener = Callable[[], Store]


@dataclass(frozen=True, slots=True)
class Face:
    """What the wall looks like: its script, which program it is, and its page for a link's token."""

    script: str
    build: str
    page: Callable[[str], str]


def wall_routes(store: Opener, newsroom: Newsroom, face: Face) -> list[Route]:
    """All routes of the wall, on the store that the opener gives."""
    board = NoticeBoard(lambda seen: tidings(store(), seen), lambda token: _standing(store(), token))

    async def stream(request: Request) -> Response:
        token = request.cookies.get(COOKIE, "")
        return await _stream(newsroom, face, lambda: _may_watch(store(), token), 401)

    async def stream_of_link(request: Request) -> Response:
        token = request.path_params["token"]
        return await _stream(newsroom, face, lambda: link_holds(store(), token), 404)

    async def page(request: Request) -> Response:
        token = request.path_params["token"]
        address = request.client.host if request.client else ""
        opens = await run_in_threadpool(open_link, store(), token, address=address, now=datetime.now(UTC))
        return HTMLResponse(face.page(token), headers=_HEADERS) if opens else HTMLResponse(_CLOSED, 404)

    async def newest(request: Request) -> Response:
        number = await board.newest_for(request.cookies.get(COOKIE, ""))
        return Response(status_code=401) if number is None else JSONResponse(number, headers=_HEADERS)

    async def here(request: Request) -> Response:
        token = request.cookies.get(COOKIE, "")
        same = key_of(token) == request.query_params.get("key")
        holds = same and (await board.standing_of(token)).here
        return Response(status_code=204 if holds else 401, headers={"X-Anze-Server": SERVER, **_HEADERS})

    async def script(_request: Request) -> Response:
        return Response(face.script, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    return [
        Route("/live/wall", stream, methods=["GET"]),
        Route("/live/newest", newest, methods=["GET"]),
        Route("/live/here", here, methods=["GET"]),
        Route("/live/wall.js", script, methods=["GET"]),
        Route("/wall/{token}", page, methods=["GET"]),
        Route("/wall/{token}/events", stream_of_link, methods=["GET"]),
    ]


def _standing(store: Store, token: str) -> Standing:
    person = _person(store, token)
    return Standing(person is not None, person is not None and may(person.actor, Permission.SEE))


def _may_watch(store: Store, token: str) -> bool:
    person = _person(store, token)
    return person is not None and may(person.actor, Permission.SEE_WALL)


def _person(store: Store, token: str) -> SignedIn | None:
    return who_is(store, token, now=datetime.now(UTC))


async def _stream(newsroom: Newsroom, face: Face, allowed: Callable[[], bool], refusal: int) -> Response:
    if not await run_in_threadpool(allowed):
        return Response(status_code=refusal)
    events = _events(newsroom, face.build, allowed)
    return StreamingResponse(events, media_type="text/event-stream", headers=_HEADERS)


async def _events(newsroom: Newsroom, build: str, allowed: Callable[[], bool]) -> AsyncIterator[str]:
    """What changed, as it changes; between, a beat as long as the database answers and the wall may go on."""
    known: Mapping[str, str] = {}
    async with newsroom.listening() as listener:
        while not newsroom.closed and await run_in_threadpool(allowed):
            if newsroom.silent_for() < _FRESH_SECONDS:
                yield _event("beat", {"now": int(time.time() * 1000), "build": build})
            until = time.monotonic() + CHECK_SECONDS
            while not newsroom.closed and (left := until - time.monotonic()) > 0:
                await listener.news(left)
                if newsroom.parts is not known:
                    changed = {name: each for name, each in newsroom.parts.items() if known.get(name) != each}
                    known = newsroom.parts
                    yield _event("paint", changed)


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
