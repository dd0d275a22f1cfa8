"""Passwords that whoever knows the place would try first."""
