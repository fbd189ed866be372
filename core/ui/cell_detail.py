"""One cell explained in a dialog over its board; it opens from the address and cleans it when it closes."""

from functools import partial

import streamlit as st

from core.domain.sentences import title_of
from core.domain.stories import CellStory
from core.ui.context import Context
from core.ui.html import Markup, element, join, link_to
from core.ui.letter_buttons import draw_cell_letter
from core.ui.picker import clear_address, draw_picker, kept_address
from core.ui.story_markup import story_markup


def open_story(page: Context, story: CellStory, *, keep_unit: bool = False) -> None:
    """Open the dialog; call it in every run in which the address names the cell.

    Closing takes the cell out of the address, but leaves the unit where `keep_unit` says that its own page
    lies underneath.
    """
    title = f"{story.cell.unit.name} · {title_of(story.cell)}"
    dialog = st.dialog(title, width="medium", on_dismiss=partial(clear_address, keep_unit=keep_unit))
    dialog(draw_story)(page, story)


def draw_story(page: Context, story: CellStory) -> None:
    """Draw the story; a click on another period of the year turns to that one."""
    markup = join(story_markup(story, kept_address()), steps_markup(story))
    if draw_picker(markup, key="story"):
        st.rerun()
    draw_cell_letter(page, story)


def steps_markup(story: CellStory) -> Markup:
    """Write what to do next: 录入 with unit and event filled in, and for the office 发督促函."""
    unit, obligation, period = story.cell.key
    steps = []
    if story.may_enter and story.cell.obligation.event:
        wanted = {"unit": unit, "event": story.cell.obligation.event}
        steps.append(element("a", "录入", href=link_to("entry", wanted), class_="step first"))
    if story.may_urge:
        wanted = {"unit": unit, "obligation": obligation, "period": period}
        steps.append(element("a", "发督促函", href=link_to("supervision", wanted), class_="step"))
    return element("p", *steps, class_="steps") if steps else join()
