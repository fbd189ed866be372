"""系统管理 · 备份: what wants looking after, the copies in the folder, and a button that makes one."""

from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st

from core.errors import SupervisionError
from core.services.backing_up import Backup, backups_in, make_backup, make_folder
from core.services.watching_over import concerns
from core.ui.context import Context
from core.ui.frame import Tone, banner, empty_state, section_head
from core.ui.html import Markup, element
from core.ui.page import as_text

_SHOWN = 30
_MEGA = 1_000_000


def draw_backups(page: Context) -> None:
    """Draw the whole desk."""
    folder = page.settings.backups
    section_head("备份", "数据库和附件的完整副本，制作时不影响使用")
    if st.button("制作备份", type="primary", icon=":material/save:"):
        _make(page)
    for said in concerns(page.store, page.actor, folder, now=page.now):
        banner(said, Tone.WARN)
    every = backups_in(page.actor, folder)
    if every:
        st.html(element("div", _table(every[:_SHOWN]), class_="anze-lists"))
        st.caption("备份里有全部业务数据，下载后请妥善保管。恢复须在服务器上停机进行，步骤见运维手册。")
    else:
        empty_state("还没有备份", "备份文件夹里没有文件。", "按“制作备份”，做好后可以下载。")


def _make(page: Context) -> None:
    with st.spinner("正在制作备份……"):
        try:
            made = make_backup(page.store, page.actor, make_folder(page.settings.backups), now=page.now)
        except SupervisionError as error:
            st.error(as_text(str(error)))
        else:
            st.success(as_text(f"备份完成：{made.name}，{_size(made)}，已检查可用。"))


def _table(every: Sequence[Backup]) -> Markup:
    heads = [element("th", each, scope="col") for each in ("时间", "大小", "文件", "")]
    rows = [
        element(
            "tr",
            element("td", f"{each.made_at:%Y-%m-%d %H:%M:%S}"),
            element("td", _size(each)),
            element("td", each.name),
            element("td", element("a", "下载", href=f"backup/{quote(each.name)}", download=each.name)),
        )
        for each in every
    ]
    return element("table", element("thead", element("tr", *heads)), element("tbody", *rows), class_="plain")


def _size(backup: Backup) -> str:
    return f"{backup.size / _MEGA:.1f} 兆字节"
