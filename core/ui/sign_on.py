"""Single sign-on through Streamlit's own login, where `.streamlit/secrets.toml` has a section `[auth]`.

Streamlit keeps what the provider said in a cookie of its own, signed and good for a month. It is read once,
while the login is drawn, traded for a ticket of ours, and taken away by the routes beside the pages.
"""

from collections.abc import Mapping

import streamlit as st

from core.errors import ForbiddenError
from core.services.signing_on import Identity, sign_on
from core.ui.context import Edge

_TRIED = "sign_on_tried"
LABEL = "单点登录"


def is_offered() -> bool:
    """Tell whether the office has set up single sign-on."""
    return bool(st.runtime.exists() and st.secrets.load_if_toml_exists() and st.secrets.get("auth"))


def identity_of(claims: Mapping[str, object], claim: str) -> Identity | None:
    """What the provider says of a person, or None; `claim` names the part by which accounts are bound."""
    issued_at = claims.get("iat")
    if not isinstance(issued_at, int | float) or isinstance(issued_at, bool):
        return None
    name, issuer, nonce = (str(claims.get(key) or "") for key in (claim, "iss", "nonce"))
    return Identity(issuer, name.strip(), float(issued_at), nonce)


def has_arrived() -> bool:
    """Tell whether the browser comes back from the provider."""
    return is_offered() and bool(st.user.is_logged_in)


def try_sign_on(edge: Edge) -> tuple[str, str]:
    """Trade what the provider said for a ticket: the ticket, or why there is none; tried once in a tab."""
    identity = identity_of(st.user.to_dict(), edge.settings.sign_on_claim)
    if identity is None:
        return "", "单点登录没有给出可用的身份，请联系管理员。"
    if st.session_state.get(_TRIED) == identity.operation:
        return "", ""
    st.session_state[_TRIED] = identity.operation
    try:
        return sign_on(edge.store, identity, address=edge.address(), now=edge.clock()), ""
    except ForbiddenError as error:
        return "", str(error)


def draw_sign_on() -> None:
    """Draw the way to the provider, where there is one."""
    if is_offered():
        st.button(LABEL, key="sign_on", icon=":material/badge:", on_click=st.login, width="stretch")
