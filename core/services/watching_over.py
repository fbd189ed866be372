"""What whoever keeps the server should look at, in sentences: copies that are overdue, a clock set back."""

from datetime import datetime, timedelta
from pathlib import Path

from core.auth import Actor, Permission, require
from core.config import local_moment, utc_moment
from core.services.backing_up import backups_in
from core.store.engine import Store
from core.store.journal import newest_moment

OVERDUE = timedelta(days=2)
TOLERANCE = timedelta(minutes=5)


def concerns(store: Store, actor: Actor, folder: Path, *, now: datetime) -> list[str]:
    """Everything that wants looking after; empty when all is well.

    Raises:
        ForbiddenError: the role keeps no server.
    """
    require(actor, Permission.BACKUP)
    with store.reading() as reader:
        newest = newest_moment(reader)
    found = [_said_of_clock(newest - utc_moment(now))] if newest else []
    return [said for said in (*found, _said_of_copies(actor, folder, now)) if said]


def _said_of_clock(ahead: timedelta) -> str:
    if ahead <= TOLERANCE:
        return ""
    minutes = int(ahead.total_seconds() // 60)
    return f"服务器时钟比最近一次变更早 {minutes} 分钟，请校准时钟；在此之前的录入会记为最近一次变更的时间。"


def _said_of_copies(actor: Actor, folder: Path, now: datetime) -> str:
    made = backups_in(actor, folder)
    if not made:
        return "备份文件夹里还没有备份，请制作一份，并设置每天自动备份。"
    age = local_moment(utc_moment(now)) - made[0].made_at
    return f"最近一份备份已是 {age.days} 天前的，请检查每天的自动备份。" if age > OVERDUE else ""
