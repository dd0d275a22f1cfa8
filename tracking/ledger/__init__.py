"""The *registro de publicaciones*: its chain, what is entered in it, and how it is verified."""
