"""The routes for whoever keeps the server: figures for a monitor, copies to take away."""

from collections.abc import Callable

from starlette.routing import Route

from core.config import Settings
from core.store.engine import Store
from core.web.backups import backup_routes
from core.web.metrics import metrics_routes


def operations_routes(store: Callable[[], Store], settings: Callable[[], Settings]) -> list[Route]:
    """All of them, on the store and the settings that the openers give."""
    return [
        *metrics_routes(store, lambda: settings().metrics_token),
        *backup_routes(store, lambda: settings().backups),
    ]
