"""The hearing pack: the last state of a plan, to be carried into a hearing.

It is no edition: nothing of it is frozen, coded or entered. All that it tells is published.
"""
