"""Parts of the Help page, from the same texts as docs/: no second wording."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import streamlit as st

from lpipgeo.paths import PROJECT
from lpipgeo.ui.messages import plain, quiet

_DOCS = PROJECT / "docs"
_WAY_ON = re.compile(r"^\[(.+)\]\(\.\./(pages/\w+\.py)\)$", re.M)
_CODE = re.compile(r" ?\(`[^`]*`\)")  # names in the code, of which people need none


class Word(NamedTuple):
    """A word of the glossary: the part it stands in, itself, what it means."""

    part: str
    word: str
    meaning: str


@cache
def read_glossary() -> tuple[Word, ...]:
    """Return the words of docs/glossary.md, in its order."""
    found: list[Word] = []
    part = ""
    for line in (_DOCS / "glossary.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            part = line[3:]
        elif part and line.startswith("| ") and not line.startswith(("| word", "|--")):
            cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
            found.append(Word(part, cells[0], _CODE.sub("", cells[1])))
    return tuple(found)


class Answer(NamedTuple):
    """A task, how it is done, and the page to do it on: a label and its script."""

    task: str
    text: str
    label: str
    page: str


@cache
def read_answers() -> tuple[Answer, ...]:
    """Return the tasks of docs/how-to.md, in its order; each ends with its page."""
    parts = (_DOCS / "how-to.md").read_text(encoding="utf-8").split("\n## ")[1:]
    found = []
    for part in parts:
        task, text = part.split("\n", 1)
        ((label, page),) = _WAY_ON.findall(text)
        found.append(Answer(task, _WAY_ON.sub("", text).strip(), label, page))
    return tuple(found)


def show_answers() -> None:
    """Draw how the common tasks are done, each with a way to its page."""
    for answer in read_answers():
        with st.container(gap=None, key=f"how_to_{_key(answer.task)}"):
            st.markdown(f"## {answer.task}\n\n{answer.text}", width=720)
            st.page_link(
                str(PROJECT / answer.page),
                label=answer.label,
                icon=":material/arrow_forward:",
            )


def _key(task: str) -> str:
    return re.sub(r"\W+", "_", task.casefold()).strip("_")


def show_words() -> None:
    """Draw the glossary, and a box to look for a word."""
    sought = st.text_input("Look for a word", key="word").strip().casefold()
    words = [w for w in read_glossary() if sought in f"{w.word} {w.meaning}".casefold()]
    if not words:
        quiet("No such word here. Try a shorter one.")
    for part in dict.fromkeys(word.part for word in words):
        st.markdown(f"## {part}")
        rows = [
            f"| **{plain(w.word)}** | {w.meaning} |" for w in words if w.part == part
        ]
        st.markdown("\n".join(["| word | what it means |", "|---|---|", *rows]))


def show_document(name: str) -> None:
    """Draw a page of docs/ without its title; its parts are headings of this page."""
    text = (_DOCS / name).read_text(encoding="utf-8").split("\n", 1)[1]
    st.markdown(text)
