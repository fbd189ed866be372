"""Security headers on every HTTP answer."""

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.services.whereabouts import coming_from
from core.web.watching import Watching

# Small components are loaded from blobs; the start page has one inline script, which is known by its
# digest. Nothing needs eval: charts interpret their expressions. The camera field fetches its own picture
# from a data address, which leads nowhere.
START_PAGE_SCRIPT = "sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA="
POLICY = (
    "default-src 'self'; "
    f"script-src 'self' '{START_PAGE_SCRIPT}' blob:; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "worker-src 'self' blob:; "
    "connect-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": POLICY,
}


class SecurityHeaders:
    """ASGI middleware that adds the headers and notes where a request comes from; websockets pass by."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that answers."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and dress the answer."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with coming_from((scope.get("client") or ("",))[0]):
            await self.app(scope, receive, dressed)


MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(Watching)]
