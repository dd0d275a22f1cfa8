"""Where processes count, each in a file of its own. Standard library only: the server reads it."""

from pathlib import Path

from config.cluster import state_directory


def counted() -> Path:
    return state_directory() / "metrics"
