"""Colours: even steps from light to dark that can be told apart."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from coloraide import Color

from lpipgeo.bivariate import crossed_colours
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.palettes import (
    COMPARED,
    PALETTES,
    RULE,
    SECONDARY_TEXT,
    TEXT,
    colours_of,
    sequential,
)
from lpipgeo.paths import PROJECT

RAMPS = {theme.id: theme.ramp for theme in read_catalogue().themes.themes}
every_ramp = pytest.mark.parametrize("ramp", RAMPS.values(), ids=RAMPS)


def lightness(colours):
    return np.array([Color(colour).convert("oklab")["lightness"] for colour in colours])


@every_ramp
@pytest.mark.parametrize("k", range(2, 10))
def test_lightness_falls_in_even_steps(ramp, k):
    steps = -np.diff(lightness(sequential(ramp, k)))
    np.testing.assert_allclose(steps, steps.mean(), atol=0.012)


@every_ramp
def test_lightness_falls_at_every_step(ramp):
    steps = np.diff(lightness(sequential(ramp, 9)))
    assert [step for step in steps if step > -0.04] == []


@every_ramp
@pytest.mark.parametrize("k", range(1, 10))
def test_there_are_k_different_colours(ramp, k):
    colours = sequential(ramp, k)
    assert (len(colours), len(set(colours))) == (k, k)


@every_ramp
def test_neighbouring_classes_can_be_told_apart(ramp):
    colours = [Color(colour) for colour in sequential(ramp, 9)]
    apart = [a.delta_e(b, method="2000") for a, b in pairwise(colours)]
    assert min(apart) > 4  # a difference of 2 is just seen side by side


@every_ramp
def test_ramp_keeps_its_ends(ramp):
    colours = sequential(ramp, 5)
    assert (colours[0], colours[-1]) == tuple(end.upper() for end in ramp)


@every_ramp
def test_lightest_class_differs_from_white_paper(ramp):
    assert Color(sequential(ramp, 5)[0]).delta_e("white", method="2000") > 3


@pytest.mark.parametrize("colour", [TEXT, SECONDARY_TEXT])
def test_text_can_be_read_on_white(colour):
    assert Color(colour).contrast("white") >= 4.5


def test_rules_stay_in_the_background():
    assert Color(RULE).contrast("white") < 1.5


@pytest.mark.parametrize("palette", ["cividis", "viridis", "grey"])
@pytest.mark.parametrize("k", [1, 3, 5, 10])
def test_other_palettes_fall_in_lightness_too(palette, k):
    colours = colours_of(palette, ("#FFFFFF", "#000000"), k)

    assert len(set(colours)) == k
    assert [step for step in np.diff(lightness(colours)) if step > -0.02] == []


def test_diverging_colours_are_white_at_the_middle_and_alike_on_both_sides():
    colours = colours_of("diverging", ("#FFFFFF", "#000000"), 5, middle=1)
    light = lightness(colours)

    assert light.argmax() == 1
    assert light[0] == pytest.approx(light[2], abs=0.06)
    assert Color(colours[0]).convert("oklch")["hue"] < 90  # orange
    assert Color(colours[-1]).convert("oklch")["hue"] > 200  # blue


def test_chips_of_compared_areas_have_the_colours_of_their_columns():
    styles = (PROJECT / "static/lpipgeo/app.css").read_text(encoding="utf-8")
    for place, (colour, _) in enumerate(COMPARED):
        assert re.search(rf"\.st-key-chip_{place}\b[^}}]* color: {colour};", styles)


# Kinds of colour blindness, as coloraide simulates them wholly (Brettel et al. 1997 for
# tritan, Viénot et al. 1999 for the others).
every_eye = pytest.mark.parametrize("eye", ["protan", "deutan", "tritan"])


def least_apart(colours, eye):
    """Return the least difference (CIEDE2000) between pairs, as these eyes see them."""
    seen = [(Color(a).filter(eye), Color(b).filter(eye)) for a, b in colours]
    return min(a.delta_e(b, method="2000") for a, b in seen)


@every_eye
@every_ramp
@pytest.mark.parametrize("palette", PALETTES)
def test_classes_can_be_told_apart_by_colour_blind_eyes(palette, ramp, eye):
    assert least_apart(pairwise(colours_of(palette, ramp, 5)), eye) > 10


@every_eye
def test_two_figures_on_one_map_can_be_told_apart_by_colour_blind_eyes(eye):
    assert least_apart(combinations(crossed_colours(), 2), eye) > 3


@every_eye
def test_compared_areas_can_be_told_apart_by_colour_blind_eyes(eye):
    different = dict.fromkeys(colour for colour, _ in COMPARED)
    assert least_apart(combinations(different, 2), eye) > 7
    assert len({sign for _, sign in COMPARED}) == len(COMPARED)
