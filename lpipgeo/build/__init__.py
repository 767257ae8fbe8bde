"""The build: from publishers' files to ``data/``, with check and diff.

A pure function of the sources and the hand-kept records. The dashboard never
imports it; the command line does, when asked.
"""
