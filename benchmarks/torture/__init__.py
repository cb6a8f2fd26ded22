"""Whole lives of a circle in which everything goes wrong, and what must be so in the end; see docs/reliability.md.

`python -m benchmarks.torture` runs many of them, each decided by its seed.
"""
