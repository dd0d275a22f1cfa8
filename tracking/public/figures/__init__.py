"""The figures of the public pages: how the promises of a plan, a place or an office stand."""
