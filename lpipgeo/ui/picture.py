"""What the map page draws for a selection: one figure, or two together."""

from __future__ import annotations

from dataclasses import dataclass

from lpipgeo.bivariate import Bivariate
from lpipgeo.browser_files import area_box
from lpipgeo.choropleth import Choropleth
from lpipgeo.formatting import in_sentence
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.maps.views import Focus, circles_part, view_json
from lpipgeo.symbols import Symbols
from lpipgeo.ui.choices import Selection, ViewKey, second_key, view_key
from lpipgeo.ui.loaders import (
    load_bivariate,
    load_bivariate_view,
    load_choropleth,
    load_symbols,
    load_view,
)


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn, and what it was made from.

    Attributes
    ----------
    selection : what the person chose
    first : the choropleth; of two figures crossed, the one that grows to the right
    beside : the second map, where two stand side by side
    crossed : two figures in one map
    circles : a second figure above the first
    keys : what the first and the second figure are cached by
    """

    selection: Selection
    first: Choropleth
    keys: tuple[ViewKey, ViewKey]
    beside: Choropleth | None = None
    crossed: Bivariate | None = None
    circles: Symbols | None = None

    @property
    def title(self) -> str:
        """What the picture shows, as a sentence without a full stop."""
        if self.crossed:
            return self.crossed.title
        if self.circles:
            return self.circles.title_above(self.first)
        return (
            _title_of_two(self.first, self.beside) if self.beside else self.first.title
        )

    @property
    def second(self) -> Choropleth | None:
        """The other figure, however it is drawn."""
        if self.crossed:
            return self.crossed.up
        return self.circles.choropleth if self.circles else self.beside

    def text(self, focus: Focus | None = None) -> str:
        """Return what the browser draws, with all that the person chose."""
        chosen, hexagons = self.selection, self.selection.drawing == "equal"
        first, second = self.keys
        view = load_view(first, hexagons)
        if self.crossed:
            view = load_bivariate_view(first, second, hexagons)
        return view_json(
            view,
            selected=chosen.area,
            focus=focus,
            outline=chosen.outline,
            overlays=chosen.overlays,
            circles=circles_part(self.circles) if self.circles else None,
            beside=load_view(second, False) if self.beside else None,
        )


def page_text(picture: Picture) -> str:
    """Return what a page of its own draws: it opens on the part that was zoomed to."""
    within = picture.selection.within
    box = area_box(within) if within else None
    return picture.text(Focus(f"within-{within}", box) if box else None)


def _title_of_two(first: Choropleth, beside: Choropleth) -> str:
    """Return what two maps show, without saying anything twice."""
    if first.indicator.id != beside.indicator.id:
        return f"{first.title}, beside {in_sentence(beside.indicator.short_title)}"
    if first.period != beside.period:
        name = first.indicator.title
        return f"{name}, {first.period_text} beside {beside.period_text}"
    level = LEVELS[beside.level].in_text
    return (
        first.title if first.level == beside.level else f"{first.title} and by {level}"
    )


def load_picture(selection: Selection, catalogue: Catalogue) -> Picture:
    """Return what a selection is drawn as.

    Circles and a second map go with the flat drawing only; elsewhere the first figure
    is drawn alone.
    """
    key, other = view_key(selection, catalogue), second_key(selection, catalogue)
    first = load_choropleth(*key)
    together = selection.together
    if together == "bivariate" and selection.drawing != "3d":
        crossed = load_bivariate(key, other)
        return Picture(selection, crossed.across, (key, other), crossed=crossed)
    if selection.drawing != "flat":
        return Picture(selection, first, (key, other))
    if together == "circles":
        circles = load_symbols(*other[:3], within=other.within)
        return Picture(selection, first, (key, other), circles=circles)
    if together == "side_by_side":
        beside = load_choropleth(*other)
        return Picture(selection, first, (key, other), beside=beside)
    return Picture(selection, first, (key, other))
