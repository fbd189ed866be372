"""The route that gives out an attachment, to whoever may see what it belongs to; a file, never a page."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core.domain.attachments import Attachment
from core.errors import DamagedError, ForbiddenError, NotFoundError
from core.services.attaching import open_attachment
from core.services.auditing import note_download, note_refusal
from core.services.signing_in import COOKIE, who_is
from core.store.engine import Store

_INLINE = "inline"
_SIGNED_OUT, _UNSEEN = "登录已失效，请重新登录。", "附件不存在，或您无权查看。"


def attachment_routes(store: Callable[[], Store]) -> list[Route]:
    """The one route, on the store that the opener gives: 200, 304, 401 signed out, 404 not there or not seen.

    `?inline=1` lets a browser show a photograph within a page; everything else is only ever saved.
    """

    async def give(request: Request) -> Response:
        return await run_in_threadpool(_give, store(), request, int(request.path_params["version"]))

    return [Route("/attachment/{version:int}/{name}", give, methods=["GET"])]


def _give(store: Store, request: Request, version: int) -> Response:
    person = who_is(store, request.cookies.get(COOKIE, ""), now=datetime.now(UTC))
    if person is None:
        return PlainTextResponse(_SIGNED_OUT, 401, headers={"Cache-Control": "no-store"})
    try:
        found, content = open_attachment(store, person.actor, version)
    except DamagedError as error:
        return PlainTextResponse(str(error), 500, headers={"Cache-Control": "no-store"})
    except (ForbiddenError, NotFoundError, OverflowError):
        note_refusal(store, person.actor, f"附件 {version}", now=datetime.now(UTC))
        return PlainTextResponse(_UNSEEN, 404, headers={"Cache-Control": "no-store"})
    headers = _headers(found, inline=found.is_image and request.query_params.get(_INLINE) == "1")
    if not headers["Content-Disposition"].startswith(_INLINE):
        note_download(store, person.actor, f"附件 {version} {found.file_name}", now=datetime.now(UTC))
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=found.media_type, headers=headers)


def _headers(found: Attachment, *, inline: bool) -> dict[str, str]:
    """A version never changes, but who may see it does: it is asked about again each time."""
    way = _INLINE if inline else "attachment"
    # Old programs read the plain name, all others the second, which can be Chinese.
    plain = f"attachment-{found.version_id}.{found.file_name.rpartition('.')[2]}"
    name = quote(found.file_name, safe="")
    return {
        "Content-Disposition": f"{way}; filename=\"{plain}\"; filename*=UTF-8''{name}",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{found.sha256}"',
        "Vary": "Cookie",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
