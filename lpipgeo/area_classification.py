"""The area classification of neighbourhoods by the answers of the census of 2021.

A class is a code of three signs, such as 4c2: supergroup 4, its group 4c, its subgroup
4c2. Supergroups and groups have names; subgroups are known by their codes only.
"""

from __future__ import annotations

import re

from lpipgeo.errors import UnknownClassError
from lpipgeo.paths import DataFolder
from lpipgeo.store import once_per_folder, open_store

_CODE = re.compile(r"\d[a-z]\d?")


def classification_name(code: str, *, data: DataFolder = None) -> tuple[str, str]:
    """Return the names of a class: supergroup and group.

    Parameters
    ----------
    code : a subgroup ("4c2", as in the column `area_classification` of the areas) or a
        group ("4c")

    Raises
    ------
    UnknownClassError

    Notes
    -----
    The names are those of the 2021/22 Output Area Classification of ONS and University
    College London, which the classification of neighbourhoods shares.
    """
    names = _read_names(data)
    supergroup, group = code[:1], code[:2]
    if not _CODE.fullmatch(code) or group not in names or supergroup not in names:
        hint = "Classes are subgroups such as '4c2' or groups such as '4c'."
        groups = [known for known in names if len(known) > 1]
        raise UnknownClassError(code, groups, hint=hint)
    return names[supergroup], names[group]


@once_per_folder
def _read_names(data: DataFolder) -> dict[str, str]:
    store = open_store(data)
    # As texts, whatever the codes look like.
    table = store.query(
        "SELECT code, name FROM read_csv($file, header = true, all_varchar = true)",
        {"file": store.file("areas/area_classification.csv")},
    )
    return dict(zip(table["code"], table["name"], strict=True))
