"""`/metrics`: numbers for Prometheus, given to this machine, or to whoever has the token."""

import hmac
import ipaddress
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core.errors import SupervisionError
from core.services.measuring import measure
from core.store.engine import Store

REGISTRY = CollectorRegistry()
REQUESTS = Counter("anze_http_requests", "HTTP requests answered.", ["method", "status"], registry=REGISTRY)
SECONDS = Histogram("anze_http_request_seconds", "Time to answer an HTTP request.", registry=REGISTRY)
TABS = Gauge("anze_open_tabs", "Browser tabs that are connected to this process.", registry=REGISTRY)
ProcessCollector(registry=REGISTRY)
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")
_TEXT = "text/plain; version=0.0.4; charset=utf-8"
_FIGURES = (
    ("anze_newest_change", "Number of the newest entry of the journal.", "newest_change"),
    ("anze_records", "Records that stand.", "records"),
    ("anze_hazards", "Hazards that stand.", "hazards"),
    ("anze_attachments", "Attachments that stand.", "attachments"),
    ("anze_sessions", "Sessions with a sign of life in the last 30 minutes.", "sessions"),
    ("anze_database_seconds", "Time the database took to answer for these figures.", "seconds"),
)


class DatabaseFigures(Collector):
    """Asks the database when somebody reads the numbers; where it is away, says just that."""

    def __init__(self, store: Callable[[], Store]) -> None:
        """Keep how the store is opened."""
        self._store = store

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Ask, once."""
        up = "anze_database_up", "Whether the database answers (1) or not (0)."
        try:
            figures = measure(self._store(), now=datetime.now(UTC))
        except SupervisionError:
            yield GaugeMetricFamily(*up, value=0)
            return
        yield GaugeMetricFamily(*up, value=1)
        for name, told, field in _FIGURES:
            yield GaugeMetricFamily(name, told, value=getattr(figures, field))


def metrics_routes(store: Callable[[], Store], token: Callable[[], str]) -> list[Route]:
    """The one route: 200 for this machine, or with the token where one is set; else 403."""
    database = CollectorRegistry()
    database.register(DatabaseFigures(store))

    async def give(request: Request) -> Response:
        if not _may_read(request, token()):
            return PlainTextResponse("只能在本机查看，或凭令牌查看。", 403)
        told = generate_latest(REGISTRY) + await run_in_threadpool(generate_latest, database)
        return Response(told, media_type=_TEXT, headers={"Cache-Control": "no-store"})

    return [Route("/metrics", give, methods=["GET"])]


def _may_read(request: Request, token: str) -> bool:
    """With a token set, it alone decides; without, whoever came through a proxy is a stranger."""
    if token:
        said = request.headers.get("authorization", "")
        return hmac.compare_digest(said.encode(), f"Bearer {token}".encode())
    if any(name in request.headers for name in _FORWARDED):
        return False
    return _is_loopback(request.client.host if request.client else "")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
