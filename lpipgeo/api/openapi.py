"""The description of the HTTP API for programs, as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

import lpipgeo
from lpipgeo.api.description import BASE, ROUTES, ApiRoute, Parameter
from lpipgeo.media_types import MEDIA_TYPES

_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "parameter", "suggestions"],
            "properties": {
                "message": {"type": "string"},
                "parameter": {"type": ["string", "null"]},
                "suggestions": {"type": "array", "items": {"type": "string"}},
            },
        }
    },
}
_ROWS = {
    "type": "object",
    "required": ["count", "offset", "rows"],
    "properties": {
        "count": {"type": "integer", "description": "rows in all"},
        "offset": {"type": "integer", "description": "rows before the first here"},
        "rows": {"type": "array", "items": {"type": "object"}},
    },
}
_FEATURES = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {"type": "object"}},
    },
}
_CONTENT: dict[str, dict[str, Any]] = {  # by the ending of its files
    "json": _ROWS,
    "csv": {"type": "string"},
    "geojson": _FEATURES,
}


def describe_api() -> dict[str, Any]:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "West Midlands places",
            "version": lpipgeo.__version__,
            "description": "Official figures of West Midlands places, from "
            "neighbourhoods to the region. The figures belong to their publishers: "
            "name them in the words of the catalogue.",
            "license": {"name": "MIT (the program)", "identifier": "MIT"},
        },
        "paths": {
            f"{BASE}{route.path}": {"get": _operation(route)} for route in ROUTES
        },
        "components": {"schemas": {"Error": _ERROR}},
    }


def _operation(route: ApiRoute) -> dict[str, Any]:
    content = {
        MEDIA_TYPES[ending]: {"schema": _CONTENT[ending]} for ending in route.formats
    }
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    headers = {"ETag": {"schema": {"type": "string"}}}
    if route.is_table:
        headers["X-Total-Count"] = {"schema": {"type": "string"}}
    return {
        "operationId": route.id,
        "summary": route.summary,
        "parameters": [_parameter(one) for one in route.all_parameters],
        "responses": {
            "200": {
                "description": route.summary,
                "headers": headers,
                "content": content,
            },
            "304": {"description": "You have it already (If-None-Match)."},
            "400": {"description": "A parameter is odd.", "content": error},
            "404": {"description": "No area or overlay has it.", "content": error},
        },
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": one.name,
        "in": "path" if one.in_path else "query",
        "description": one.description,
        "required": one.required,
        "schema": _schema(one),
    }
    if one.is_list:
        found |= {"style": "form", "explode": False}
    if one.example:
        found["example"] = [one.example] if one.is_list else one.example
        if one.maximum is not None:
            found["example"] = int(one.example)
    return found


def _schema(one: Parameter) -> dict[str, Any]:
    if one.maximum is not None:
        return {"type": "integer", "minimum": one.minimum, "maximum": one.maximum}
    schema: dict[str, Any] = {"type": "string"}
    if one.enum:
        schema["enum"] = list(one.enum)
    if one.pattern:
        schema["pattern"] = one.pattern
    if one.is_list:
        return {"type": "array", "items": schema, "minItems": 1, "maxItems": 400}
    return schema
