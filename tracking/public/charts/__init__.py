"""What the charts are made of: numbers in, shapes out. No queries, no templates, nothing written.

A shape is a class of the style sheet with the path of all that it draws, in units of the drawing.
"""
