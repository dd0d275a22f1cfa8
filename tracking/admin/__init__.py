"""The admin of what happened: officers write it at /gestion/, here it is read."""

from tracking.admin import reports, spending, windows

__all__ = ["reports", "spending", "windows"]
