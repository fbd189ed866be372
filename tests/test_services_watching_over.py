"""What wants looking after is said in sentences: no copy, an old one, a clock set back."""

import os
from datetime import timedelta
from pathlib import Path

from core.services.backing_up import make_backup
from core.services.watching_over import concerns
from core.store.engine import Store
from tests.city_examples import ADMIN, NOW


def test_without_a_copy_and_with_an_old_one_it_is_said(town: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert ["还没有备份" in said for said in concerns(town, ADMIN, folder, now=NOW)] == [True]
    made = make_backup(town, ADMIN, folder, now=NOW)
    os.utime(made.path, (NOW.timestamp(), NOW.timestamp()))
    assert concerns(town, ADMIN, folder, now=NOW) == []
    assert concerns(town, ADMIN, folder, now=NOW + timedelta(days=2)) == []
    said = concerns(town, ADMIN, folder, now=NOW + timedelta(days=4))
    assert ["已是 4 天前" in each for each in said] == [True]


def test_a_clock_behind_the_newest_change_is_said(town: Store, tmp_path: Path) -> None:
    make_backup(town, ADMIN, tmp_path, now=NOW)
    assert not [each for each in concerns(town, ADMIN, tmp_path, now=NOW) if "时钟" in each]
    said = concerns(town, ADMIN, tmp_path, now=NOW - timedelta(minutes=90))
    assert [each for each in said if "早 90 分钟" in each]
