"""Modules that a limited process runs, each with one behaviour."""

from accounts.limited.process import Limited


def limited(name: str) -> Limited:
    """The module NAME of this package, as it is run."""
    return Limited(f"{__name__}.{name}", mebibytes=256, seconds=60)
