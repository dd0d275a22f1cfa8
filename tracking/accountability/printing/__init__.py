"""The files of an accountability report, made from its frozen content alone."""
