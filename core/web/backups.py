"""The route that gives a copy of everything to administrators, streamed from its file, never held whole."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from core.errors import ForbiddenError, NotFoundError
from core.services.backing_up import take_backup
from core.services.signing_in import COOKIE, who_is
from core.store.engine import Store

_NO_STORE = {"Cache-Control": "no-store"}
_FROM_ELSEWHERE = ("cross-site", "same-site")
_SIGNED_OUT, _UNSEEN = "登录已失效，请重新登录。", "备份不存在，或您无权下载。"


def backup_routes(store: Callable[[], Store], folder: Callable[[], Path]) -> list[Route]:
    """The one route: 200, 401 signed out, 403 led by another site, 404 not there or not for this role."""

    async def give(request: Request) -> Response:
        if request.headers.get("sec-fetch-site") in _FROM_ELSEWHERE:
            return PlainTextResponse(_UNSEEN, 403, headers=_NO_STORE)
        return await run_in_threadpool(_give, store(), folder(), request)

    return [Route("/backup/{name}", give, methods=["GET"])]


def _give(store: Store, folder: Path, request: Request) -> Response:
    now, name = datetime.now(UTC), request.path_params["name"]
    person = who_is(store, request.cookies.get(COOKIE, ""), now=now)
    if person is None:
        return PlainTextResponse(_SIGNED_OUT, 401, headers=_NO_STORE)
    try:
        path = take_backup(store, person.actor, folder, name, now=now)
    except (ForbiddenError, NotFoundError):
        return PlainTextResponse(_UNSEEN, 404, headers=_NO_STORE)
    return FileResponse(path, media_type="application/octet-stream", filename=path.name, headers=_NO_STORE)
