"""Rules that everything under ``data/`` must keep, one module per kind of file.

Each rule takes what was read and returns the problems found; none raises.
"""
