"""Renderers: a Choropleth to a folium layer, or to a pydeck view."""
