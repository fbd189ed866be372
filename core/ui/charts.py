"""Draw a chart; one that was drawn already is not written anew."""

import json
from collections.abc import Callable
from functools import lru_cache

import altair as alt
import pandas as pd
import streamlit as st

from core.store.memory import Keyed

_Make = Callable[[pd.DataFrame], alt.TopLevelMixin]


def draw_chart(make: _Make, frame: pd.DataFrame) -> None:
    """Draw what `make` makes of a frame: one of the charts of `core.charts`."""
    rows = Keyed(frame.to_json(orient="split", force_ascii=False), frame)
    st.vega_lite_chart(json.loads(_written(make, rows)), theme=None)


@lru_cache(maxsize=64)
def _written(make: _Make, rows: Keyed) -> str:
    return json.dumps(make(rows.value).to_dict(), ensure_ascii=False)
