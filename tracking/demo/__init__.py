"""Progress that never happened, to try the portal with: all of it says that it is simulated.

The same plan always gets the same progress: each choice is drawn from a generator seeded with what
it is about. People are roles, never persons; sums are round; texts state nothing about a place.
"""
