"""It takes more memory than any program is given."""


def main(*_arguments: str) -> int:
    return len(bytearray(64 << 30))
