"""The route that gives a calendar to whoever holds its link: phones, Outlook, WPS; they sign in nowhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core.services.calendar_links import Visit, open_calendar_link
from core.store.engine import Store

_CLOSED = "此日历链接不存在或已停用。"
_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="calendar.ics"',
    "Referrer-Policy": "no-referrer",
}


def calendar_routes(store: Callable[[], Store], today: Callable[[], date]) -> list[Route]:
    """The one route, on the store and the day that the openers give."""

    async def give(request: Request) -> Response:
        return await run_in_threadpool(_give, store, today, request)

    return [Route("/calendar/{token}.ics", give, methods=["GET"])]


def _give(store: Callable[[], Store], today: Callable[[], date], request: Request) -> Response:
    address = request.client.host if request.client else ""
    visit = Visit(address, today(), datetime.now(UTC))
    calendar = open_calendar_link(store(), request.path_params["token"], visit)
    if calendar is None:
        return PlainTextResponse(_CLOSED, 404, headers={"Cache-Control": "no-store"})
    return Response(calendar, media_type="text/calendar; charset=utf-8", headers=_HEADERS)
