"""The same torture with real processes: killed and stopped by signals, on a served workspace, in real time.

`python -m benchmarks.torture_processes` runs it; see docs/reliability.md.
"""
