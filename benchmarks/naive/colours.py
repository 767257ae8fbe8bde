"""Colours of the naive apps: each indicator has its own, so a stop-watch sees which."""

RAMPS = {
    "fuel_poverty": ("#ffffd4", "#fed98e", "#fe9929", "#d95f0e", "#993404"),
    "low_carbon_heating": ("#edf8e9", "#bae4b3", "#74c476", "#31a354", "#006d2c"),
    "no2": ("#f2f0f7", "#cbc9e2", "#9e9ac8", "#756bb1", "#54278f"),
}
MISSING = "#cccccc"


def rgb(colour: str) -> list[int]:
    """Return red, green and blue of "#rrggbb"."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
