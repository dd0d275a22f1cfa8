"""The parts of an address. What cannot be read (ValueError) is no address at all: a 404."""

from plans.plan_path import LIST_SLUG, PlanPath
from plans.semester import Semester
from plans.term import Term


class TermConverter:
    """A municipal term: "2019-2022"."""

    regex = r"[0-9]{4}-[0-9]{4}"

    def to_python(self, value: str) -> Term:
        return Term.parse(value)

    def to_url(self, value: Term | str) -> str:
        return str(value)


class PlanConverter:
    """A plan of a municipality: "2019-2022", the one in force, or "2019-2022/alianza-por-puno"."""

    regex = rf"{TermConverter.regex}(?:/{LIST_SLUG})?"

    def to_python(self, value: str) -> PlanPath:
        return PlanPath.parse(value)

    def to_url(self, value: PlanPath | str) -> str:
        return str(value)


class RefConverter:
    """An element's code, in whatever case a person types it: "S.2.1"."""

    regex = r"[A-Za-z](?:\.[1-9][0-9]{0,2}){0,6}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


class SemesterConverter:
    """A semester: "2019-I"."""

    regex = r"[0-9]{4}-II?"

    def to_python(self, value: str) -> Semester:
        return Semester.parse(value)

    def to_url(self, value: Semester | str) -> str:
        return str(value)
