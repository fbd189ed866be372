"""Attachments on any page: what there is, and a place to drop, paste or photograph more."""

from pathlib import Path
from typing import Any

import streamlit as st

from core.auth import Permission, may
from core.config import LOCAL_ZONE
from core.domain.attachments import SIZE_LIMIT, Attachment, Owner, OwnerKind, Sent
from core.domain.texts import REASON_LIMIT
from core.errors import InputError, SupervisionError
from core.services.attaching import (
    add_attachment,
    attachment_history,
    remove_attachment,
    replace_attachment,
)
from core.services.looking_up import look_up
from core.ui.attachment_markup import attachments_markup
from core.ui.context import Context
from core.ui.frame import section_head
from core.ui.saying import say_once

TYPES = ("image", "pdf", "docx", "xlsx", "heic", "heif")
"""With `image` among them, a phone offers its camera; what comes is looked at on the server."""
_MEGABYTES = SIZE_LIMIT // 1024 // 1024
_REMOVE, _REPLACE = "移除", "替换"
_CAMERA = "camera-input"
"""How Streamlit names what its camera field took."""
_PASTE = st.components.v2.component(
    "anze_paste",
    html="<span></span>",
    js=(Path(__file__).with_name("assets") / "paste.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw_attachments(
    page: Context, owner_kind: OwnerKind, number: str, *, may_add: bool, title: str = "附件"
) -> None:
    """Draw a thing's attachments; where `may_add`, also what adds, replaces and removes them.

    Raises:
        NotFoundError: there is no such thing, or it is not for the person to see.
    """
    owner = Owner(owner_kind, number)
    versions = attachment_history(page.store, page.actor, owner)
    current = [each for each in versions if not each.ended]
    section_head(title, f"{len(current)} 个" if current else "还没有")
    _draw_said(owner)
    if versions:
        ended = [each for each in versions if each.ended]
        st.html(attachments_markup(current, ended, look_up(page.store, page.actor).people))
    if may_add:
        _draw_adding(page, owner)
        if current and may(page.actor, Permission.CORRECT):
            _draw_changing(page, owner, current)


def files_picked(key: str) -> list[Any]:
    """What stands in an uploader, or in a camera, of this key."""
    held = st.session_state.get(key)
    return held if isinstance(held, list) else [held] if held else []


def draw_uploader(label: str, key: str, *, several: bool = True) -> None:
    """Draw a place to drop, paste, choose or photograph files; `files_picked(key)` has what came."""
    with st.container(key=f"{key}_place"):
        st.file_uploader(label, TYPES, accept_multiple_files=several, key=key, max_upload_size=_MEGABYTES)
    _PASTE(key=f"{key}_paste", data={"place": f"{key}_place"})


def _state(owner: Owner) -> dict[str, Any]:
    """What this tab remembers of a thing's attachments; the round changes when the fields are emptied."""
    state: dict[str, Any] = st.session_state.setdefault(f"files_{owner.kind}_{owner.number}", {"round": 0})
    return state


def _key(owner: Owner, name: str) -> str:
    return f"files_{owner.kind.value}_{owner.number}_{_state(owner)['round']}_{name}"


def _draw_said(owner: Owner) -> None:
    """Say once what became of the last press."""
    said = _state(owner).pop("said", [])
    say_once(others=[("success" if good else "error", sentence) for good, sentence in said])


def _draw_adding(page: Context, owner: Owner) -> None:
    with st.expander("添加照片或文件", icon=":material/add_a_photo:"):
        draw_uploader(f"照片或文件（可拖入、粘贴，每个不超过 {_MEGABYTES} MB）", _key(owner, "files"))
        if st.toggle("用摄像头拍照", key=_key(owner, "camera_on")):
            st.camera_input("拍照", key=_key(owner, "camera"), resolution="1080p")
        st.text_input("说明", max_chars=500, key=_key(owner, "note"), placeholder="可不填")
        st.checkbox("保留照片中的拍摄位置", key=_key(owner, "keep_place"))
        st.button("上传", type="primary", key=_key(owner, "add"), on_click=_add, args=(page, owner))


def _draw_changing(page: Context, owner: Owner, current: list[Attachment]) -> None:
    with st.expander("替换或移除", icon=":material/edit:"):
        names = {each.version_id: each.file_name for each in current}
        chosen = st.selectbox("附件", names, format_func=lambda each: names[each], key=_key(owner, "which"))
        way = st.segmented_control(
            "操作", (_REMOVE, _REPLACE), default=_REMOVE, required=True, key=_key(owner, "way")
        )
        if way == _REPLACE:
            draw_uploader("新的文件", _key(owner, "new"), several=False)
        st.text_input("原因", max_chars=REASON_LIMIT, key=_key(owner, "reason"))
        read = next(each for each in current if each.version_id == chosen)
        st.button(f"确认{way}", key=_key(owner, "change"), on_click=_change, args=(page, owner, read, way))


def _add(page: Context, owner: Owner) -> None:
    """Keep every file; one that is refused does not stop the others."""
    picked = files_picked(_key(owner, "files")) + files_picked(_key(owner, "camera"))
    said: list[tuple[bool, str]] = [] if picked else [(False, "请先选择或拍摄照片、文件。")]
    kept = 0
    for each in picked:
        try:
            add_attachment(page.store, page.actor, owner, _sent(page, owner, each), now=page.now)
            kept += 1
        except SupervisionError as error:
            said.append((False, f"{each.name}：{error}"))
    if kept:
        said.insert(0, (True, f"已保存 {kept} 个附件。"))
    _finish(owner, said, done=bool(kept))


def _change(page: Context, owner: Owner, read: Attachment, way: str) -> None:
    reason = st.session_state.get(_key(owner, "reason"), "")
    try:
        if way == _REPLACE:
            sent = _sent(page, owner, _one(files_picked(_key(owner, "new"))))
            replace_attachment(page.store, page.actor, read, sent, reason, now=page.now)
        else:
            remove_attachment(page.store, page.actor, read, reason, now=page.now)
    except SupervisionError as error:
        _finish(owner, [(False, str(error))], done=False)
    else:
        _finish(owner, [(True, f"已{way}“{read.file_name}”，原来的仍保留在历史中。")], done=True)


def _one(picked: list[Any]) -> Any:
    if not picked:
        raise InputError("请选择新的文件。")
    return picked[0]


def _sent(page: Context, owner: Owner, picked: Any) -> Sent:
    note = st.session_state.get(_key(owner, "note"), "") or ""
    shot = picked.name.startswith(_CAMERA)
    name = f"拍照-{page.now.astimezone(LOCAL_ZONE):%Y%m%d%H%M%S}.jpg" if shot else picked.name
    return Sent(name, picked.getvalue(), bool(st.session_state.get(_key(owner, "keep_place"))), note)


def _finish(owner: Owner, said: list[tuple[bool, str]], *, done: bool) -> None:
    """Remember what to say, and empty the fields where something was kept."""
    state = _state(owner)
    state.update(said=said, round=state["round"] + 1 if done else state["round"])
