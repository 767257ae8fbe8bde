"""Share an area's profile; other sites can show the chart of one of its figures."""

from __future__ import annotations

from lpipgeo.area_index import Area
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.ui.embed_pages import CHART
from lpipgeo.ui.sharing import NAMED_THERE, Embed, offer_sharing


def share_profile(area: Area, benchmark: str | None, indicator_id: str) -> None:
    """Draw the button; the chart is that of the figure chosen last."""
    given = {"area": area.code, "indicator": indicator_id}
    if benchmark:
        given["benchmark"] = benchmark
    title = f"{read_catalogue().find(indicator_id).title}: {area.name}"
    embed = Embed(CHART, given, title)
    offer_sharing(f"Area profile of {area.name}", NAMED_THERE, embed)
