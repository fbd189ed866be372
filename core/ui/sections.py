"""A page in sections: a row of names above, one of them open, which one stands in the address."""

from collections.abc import Callable, Mapping

import streamlit as st

from core.ui.asking import put


def draw_sections(
    sections: Mapping[str, tuple[str, Callable[[], None]]], *, address: str, label: str = "栏目"
) -> None:
    """Draw the names (address word to label and drawing), and what is chosen; the first one by default."""
    names = list(sections)
    if not names:
        return
    wanted = st.query_params.get(address, "")
    now = wanted if wanted in sections else names[0]
    chosen = now
    if len(names) > 1:
        picked = st.segmented_control(
            label,
            names,
            default=now,
            format_func=lambda name: sections[name][0],
            key=f"{address}_{now}",
            label_visibility="collapsed",
            required=True,
        )
        chosen = str(picked or now)
    if chosen != now:
        put(address, chosen)
        st.rerun()
    sections[chosen][1]()
