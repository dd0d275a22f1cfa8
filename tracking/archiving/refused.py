"""Why there can be no archive."""


class CannotArchive(Exception):
    """In a sentence."""
