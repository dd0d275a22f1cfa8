"""Serve a made-up country and ask it as many readers do: `python -m benchmarks.load`."""
