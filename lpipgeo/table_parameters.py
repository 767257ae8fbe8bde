"""The parameters of a table: one list for addresses, command line and HTTP API."""

from __future__ import annotations

# Parameters in the order in which they are written, with what each may hold.
PARAMETERS = {
    "indicator": "ids of indicators, separated by commas",
    "level": "level of the areas, such as lsoa21 or lad24",
    "area": "codes of areas, separated by commas",
    "within": "code of a larger area: only the areas of the level inside it",
    "period": "latest, all, or periods such as 2022, 2022/23, 2024-04-01/P1Y or "
    "2015..2020, separated by commas",
    "status": "only these statuses, separated by commas",
    "shape": "long, or wide with one row per area",
    "sort": "a column, with - before it for the highest first, such as -value",
    "inherit": "give finer areas the figure of the larger area, marked inherited",
    "all_england": "add districts and regions outside the West Midlands",
}
# What the address of the Data page, where others have the short name, calls them.
ON_THE_PAGE = {
    "indicator": "indicators",
    "area": "areas",
    "within": "inside",
    "period": "periods",
    "status": "statuses",
    "inherit": "fill",
}
FLAGS = ("inherit", "all_england")
