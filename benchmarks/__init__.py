"""Benchmarks: the bars of docs/performance.md, measured on this machine in one run.

`python -m benchmarks` drives the dashboard and two naive ways in Chromium, and
writes docs/performance.md and benchmarks/results.json itself. Nothing here is
imported by the dashboard, and no test asserts a time.
"""
