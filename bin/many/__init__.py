"""Vigía on more than one machine, tried on one: every part of it, on loopback, in one folder."""
