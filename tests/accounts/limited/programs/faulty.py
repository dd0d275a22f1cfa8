"""It has a fault of its own."""


def main(*_arguments: str) -> int:
    raise ZeroDivisionError
