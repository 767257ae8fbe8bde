"""Names of the classes of neighbourhoods."""

from __future__ import annotations

import pytest

import lpipgeo
from lpipgeo.errors import UnknownClassError


@pytest.mark.parametrize("code", ["4c", "4c2"])
def test_class_has_the_names_of_supergroup_and_group(code):
    assert lpipgeo.classification_name(code) == (
        "Low-Skilled Migrant and Student Communities",
        "Challenged Multicultural Communities and Students",
    )


def test_every_class_that_occurs_has_names():
    classes = lpipgeo.areas("lsoa21")["area_classification"].unique()
    names = {code: lpipgeo.classification_name(code) for code in classes}
    assert len({supergroup for supergroup, _ in names.values()}) == 8


@pytest.mark.parametrize("code", ["4", "4d", "9a1", "", "c4", "4c22", "4c2 "])
def test_class_that_is_none_is_refused(code):
    with pytest.raises(UnknownClassError, match="subgroups such as '4c2'"):
        lpipgeo.classification_name(code)


def test_names_are_those_of_the_data_folder(tiny_data):
    names = lpipgeo.classification_name("4c1", data=tiny_data)
    assert names == ("Tiny supergroup", "Tiny group")
