"""The parts of an address."""


class TermConverter:
    """A municipal term: "2019-2022"."""

    regex = r"[0-9]{4}-[0-9]{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RefConverter:
    """An element's code, in whatever case a person types it: "S.2.1"."""

    regex = r"[A-Za-z](?:\.[1-9][0-9]{0,2}){0,6}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value
