"""The public pages of the accountability reports, and the one that verifies a copy."""
