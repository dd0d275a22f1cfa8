"""The semester's accountability report: what is frozen when it is issued, and read ever after."""
