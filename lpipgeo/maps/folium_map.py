"""The map of the page: a folium map without tiles, and the layer that shows a view.

Leaflet and our layer script are served by us, so no other host is asked. The map stays
the same between reruns; a view recolours shapes that are in the browser already.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import folium
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from lpipgeo.browser_files import STYLES, script_bundle, static_file
from lpipgeo.maps.page_map import CENTER, OPTIONS
from lpipgeo.maps.views import ROOT


class LocalMap(folium.Map):
    """A folium map without tiles whose scripts are all served by this app."""

    default_js = [("map-frame", ROOT + script_bundle().address)]  # noqa: RUF012
    default_css = [(name, ROOT + static_file(name).address) for name in STYLES]  # noqa: RUF012


class ChoroplethLayer(JSCSSMixin, Layer):
    """Hand one view to ``lpipgeo.show`` in the map's frame.

    Parameters
    ----------
    view : JSON text as `view_json` returns it
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        lpipgeo.show(map_div, {{ this.view }});
        {% endmacro %}
        """
    )

    def __init__(self, view: str) -> None:
        super().__init__(name="choropleth", control=False, show=False)
        self._name = "ChoroplethLayer"
        self.view = view


class OutlineLayer(Layer):
    """Draw lines above the areas, which do not take the pointer from them.

    Parameters
    ----------
    shape : of Leaflet's polygon: rings of (latitude, longitude); or of an open line
    is_open : whether it is a line, with a dot at each corner
    is_dashed : whether it is only a help, such as a distance, and no area's edge
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        {
          const group = {{ this._parent.get_name() }};
          const shape = {{ this.shape }};
          const style = { interactive: false, fill: false, pane: "lp-top" };
          const draw = {{ "L.polyline" if this.is_open else "L.polygon" }};
          draw(shape, { ...style, color: "#FFFFFF", weight: 6 }).addTo(group);
          const dash = {{ '"6 6"' if this.is_dashed else "null" }};
          const line = { color: "#0B5A6E", weight: 3, dashArray: dash };
          draw(shape, { ...style, ...line }).addTo(group);
          if ({{ "true" if this.is_open else "false" }}) {
            const dot = { ...style, fill: true, fillOpacity: 1, color: "#0B5A6E" };
            for (const corner of shape) {
              L.circleMarker(corner, { ...dot, radius: 4 }).addTo(group);
            }
          }
        }
        {% endmacro %}
        """
    )

    def __init__(
        self,
        shape: Sequence[object],
        *,
        is_open: bool = False,
        is_dashed: bool = False,
    ) -> None:
        super().__init__(name="outline", control=False, show=False)
        self._name = "OutlineLayer"
        self.shape = json.dumps(shape)
        self.is_open, self.is_dashed = is_open, is_dashed


def base_map() -> LocalMap:
    """Return the map that stays the same between all reruns."""
    base = LocalMap(CENTER, tiles=None)
    base.options |= OPTIONS
    return base


def layer_group(view: str, *above: OutlineLayer) -> folium.FeatureGroup:
    """Return the feature group to hand to st_folium for a view, with lines above it."""
    group = folium.FeatureGroup(name="view", control=False)
    for layer in (ChoroplethLayer(view), *above):
        group.add_child(layer)
    return group
