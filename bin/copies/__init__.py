"""Copies of a portal: its database and what it writes, its files, and which keys were in force."""
