"""What programs may read: every published kind of row."""
