"""Says of an installation what is wrong with it, in sentences that tell what to do.

Each module looks at one side of it; ``examination.py`` lists them. Nothing that is said holds a
secret: the operator's page shows the same as the command.
"""
