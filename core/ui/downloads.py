"""Tables to take away from a page, each as a workbook and as CSV, made only when somebody asks."""

from collections.abc import Callable

from core.reports.sheets import MIME
from core.services.reporting import Taken, csv_of, workbook_from
from core.ui.frame import Download, downloads


def table_downloads(label: str, stem: str, table: Callable[[], Taken]) -> None:
    """Draw the two downloads of a table; `stem` is the files' name without its ending.

    The table is made when somebody clicks, outside the page's run: what asks the store must use
    `page.lasting()`.
    """
    downloads(
        [
            Download(f"{label}（Excel）", f"{stem}.xlsx", lambda: workbook_from([table()]), MIME),
            Download(f"{label}（CSV）", f"{stem}.csv", lambda: csv_of(table())),
        ]
    )
