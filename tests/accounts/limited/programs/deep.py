"""What it reads is nested without end."""


def main(*arguments: str) -> int:
    return main(*arguments)
