"""The button by which a person takes a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from lpipgeo.media_types import MEDIA_TYPES


def offer_file(
    label: str,
    file_name: str,
    body: bytes | Callable[[], bytes],
    *,
    key: str | None = None,
    **look: Any,
) -> None:
    """Draw a button that gives a file; taking it does not run the page again.

    Parameters
    ----------
    file_name : its ending, one of `MEDIA_TYPES`, says what kind of file it is
    body : what is in the file, or what makes it when it is asked for
    look : more that `st.download_button` takes, such as `help` and `disabled`
    """
    st.download_button(
        label,
        data=body,
        file_name=file_name,
        mime=MEDIA_TYPES[file_name.rpartition(".")[2]],
        on_click="ignore",
        key=key,
        **look,
    )
