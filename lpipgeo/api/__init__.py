"""The HTTP API: the library's tables, profiles and boundaries at addresses."""
