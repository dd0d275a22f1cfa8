"""The programs of a clone."""
