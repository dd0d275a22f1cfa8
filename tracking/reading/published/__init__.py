"""Everything that is published, a module for each noun: its rows, and its columns as values.

From these follow the files of open data and their dictionary and catalogue (`public.opendata`), and
the plain fields of the API (`api.reading`). What is frozen, the contents of the ledger and of the
editions, is written elsewhere and does not follow: it says for ever what it said.
"""
