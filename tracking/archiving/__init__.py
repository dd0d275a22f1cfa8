"""A plan of a term that is over, as a folder of files that outlives the portal."""
