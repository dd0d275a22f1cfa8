"""Which of the portal's addresses are in the archive of a plan, and where each lies in it.

They lie where the portal has them, so that an address that somebody wrote down leads to the same
page once the archive is served by the portal's name.
"""

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.text import slugify

from plans.models import Plan
from plans.plan_path import PlanPath

APP: Final = "tracking"
FRONT: Final = "index.html"
PAGE: Final = "index.html"
"""Named in every link: a folder that no server serves opens no page by itself."""

NONE: Final = frozenset[str]()
OF_A_SEMESTER: Final = frozenset({NONE, frozenset({"semestre"})})


def _sets(*chosen: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(each.split()) for each in chosen)


KEPT: Final[dict[str, frozenset[frozenset[str]]]] = {
    "plan": _sets(
        *("", "vista", "ver", "va", "distrito", "semestre", "semestre va"),
        *("semestre nivel estado", "semestre nivel senal", "semestre nivel dimension estado"),
        *("formato", "semestre formato"),
    ),
    "plan_semesters": OF_A_SEMESTER,
    "plan_changes": OF_A_SEMESTER,
    "plan_unreported": OF_A_SEMESTER,
    "plan_spending": _sets(""),
    "plan_about": _sets(""),
    "plan_data": _sets(""),
    "plan_texts": _sets(""),
    "document": _sets("", "formato"),
    "element": _sets(""),
    "unit": _sets("periodo", "periodo semestre"),
    "ledger": _sets("", "pagina", "formato"),
    "accountability_of_plan": _sets(""),
    "accountability": _sets(""),
    "accountability_chapter": _sets(""),
    "edition": _sets(""),
    "edition_chapter": _sets(""),
    "methodology": _sets(""),
    "methodology_chapter": _sets(""),
    "data_columns": _sets(""),
    "dictionary": _sets(""),
}
"""The pages and files that are in it, by their names, each with the parameters that may choose what
it shows: those that other pages of it link. What combines more is a question to a portal."""

INSTEAD: Final = {"home": "", "municipality": "", "log": "comprobar"}
"""Pages of the portal for which the first page of the archive stands, at that anchor of it."""

TOGETHER: Final = {"ledger_content": "contents_of", "entry_proof": "proofs_of"}
"""What the portal gives of each entry, and the file that an archive has of all of them, a line for
each."""

FORMS: Final = {"csv": "csv", "gasto": "gasto.csv", "texto": "txt"}
"""What ``?formato=`` gives, and how a file of it ends."""


@dataclass(frozen=True)
class Found:
    """What an address of the portal leads to in the archive: FILE, at the anchor of FRAGMENT.

    ADDRESS is how it is asked for where its file is made by asking; "" for what is made otherwise.
    """

    file: str
    fragment: str = ""
    address: str = ""


@dataclass(frozen=True)
class Places:
    """Those of the archive of PLAN. FILES are what is in it already, by their addresses."""

    plan: Plan
    files: dict[str, str] = field(default_factory=dict)

    def find(self, address: str) -> Found | None:
        """Where ADDRESS, a path with its question, lies in the archive; None where it does not.

        LookupError where it is of what the archive tells, and is not kept.
        """
        parts = urlsplit(address)
        if parts.path in self.files:
            return Found(self.files[parts.path], parts.fragment)
        if parts.path.startswith(settings.STATIC_URL):
            return Found(unquote(parts.path).lstrip("/"), parts.fragment)
        match = _resolved(parts.path)
        if match is None or not self._is_of_plan(match):
            return None
        return self._told(match, address)

    def _told(self, match: ResolverMatch, address: str) -> Found | None:
        """Where what MATCH names at ADDRESS lies."""
        name, parts = match.url_name or "", urlsplit(address)
        if name in INSTEAD:
            return Found(FRONT, INSTEAD[name])
        if name in TOGETHER:
            return self.find(reverse(f"{APP}:{TOGETHER[name]}", args=[match.kwargs["slug"]]))
        chosen = self._chosen(name, parts.query)
        if frozenset(chosen) in KEPT.get(name, ()):
            asked = f"{parts.path}?{urlencode(chosen)}" if chosen else parts.path
            return Found(_file(parts.path, chosen), parts.fragment, asked)
        if name in KEPT or "slug" in match.kwargs:
            raise LookupError(address)
        return None

    def _is_of_plan(self, match: ResolverMatch) -> bool:
        """Whether what MATCH names is told of this plan, or of the portal as a whole."""
        of: dict[str, Any] = match.kwargs
        return (
            match.app_name == APP
            and of.get("slug", self.plan.municipality.slug) == self.plan.municipality.slug
            and of.get("path", self.plan.path) == self.plan.path
            and ("term" not in of or PlanPath(of["term"]) == self.plan.path)
        )

    def _chosen(self, name: str, query: str) -> dict[str, str]:
        """What QUERY chooses, in one order. An office is shown as it was in this term."""
        chosen = dict(parse_qsl(query))
        if name == "unit":
            chosen.setdefault("periodo", str(self.plan.term))
        return dict(sorted(chosen.items()))


def _resolved(path: str) -> ResolverMatch | None:
    try:
        return resolve(unquote(path))
    except Resolver404:
        return None


def _file(path: str, chosen: dict[str, str]) -> str:
    """Where what PATH shows of what is CHOSEN lies."""
    inside = unquote(path).lstrip("/")
    if inside and not inside.endswith("/"):
        return inside
    others = (f"{name}-{slugify(value)}" for name, value in chosen.items() if name != "formato")
    words = "-".join(others)
    if form := chosen.get("formato"):
        return f"{inside}{words or 'todo'}.{FORMS.get(form, slugify(form))}"
    return f"{inside}{words}/{PAGE}" if words else f"{inside}{PAGE}"
