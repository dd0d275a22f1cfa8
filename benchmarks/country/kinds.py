"""Each kind of page, list, file and act, about one subject: the addresses that browser tests open.

Those lists name every kind of page there is, so that a new one is measured as soon as it is tested.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from typing import Any, Final

from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from benchmarks.country.subject import Subject
from benchmarks.measure import Case
from benchmarks.pages import reader
from config.api import router
from plans.choices import Level
from tests.browser.pages import OFFICE_PAGES, PAGES
from tests.tracking.office.reporting import TYPED
from tests.tracking.office.sent import mark
from tracking.choices import ReportState
from tracking.models import ProgressReport

ROUNDS: Final = 3
DEMONSTRATION: Final = re.compile(r"(?<=[/=])(puno|lamas|huancane|otuzco|tarata|coata-puno)\b")
LEFT_OUT: Final = ("/cuenta/", "/no-existe/", "0000-0000-0000", "/invitar/", "/sustentos/")
"""About a person or nothing; what planning may not open; what only a draft has."""
REGION: Final = re.compile(r"^/(comparar|mapa)/[a-z-]+/")
REF: Final = re.compile(r"(?<=[/=])[A-Z](?:\.[0-9]+)+\b")
EDITION: Final = re.compile(r"(/rendicion/(?:puno/)?)20[0-9]{2}-II?/")
ALSO: Final = (
    "/buscar/?q=obras+mejoramiento",
    "/buscar/?estado=funcionando",
    "/buscar/?senal=muy+retrasado&semestre=2021-I",
)
WITH_TOKEN: Final = ("worklist", "drafts")
FILTERED: Final = (
    "reports/?semester=2021-I&page_size=100",
    "reports/?state=en-parte&page_size=100",
    "reports/?q=agua&page_size=100",
    "elements/?q=agua&page_size=100",
    "ledger/?updated_since=2023-01-01&page_size=100",
    "ledger/?ref=S.1.1.1&page_size=100",
)


@dataclass(frozen=True)
class Kind:
    """``group`` says what limit it has; ``is_stored`` whether it can be served without its view."""

    group: str
    case: Case
    is_stored: bool = False


def kinds(subject: Subject) -> Iterator[Kind]:
    for address in _public(subject):
        yield _kind("página", address, reader)
    for address in (*_lists(), *_of_plan(subject)):
        yield _kind("API", address, reader)
    for address in _files(subject):
        yield _kind("archivo", address, reader)
    planner = subject.people(Role.PLANNING)[-1]
    client = subject.client(planner)
    for address in _office(subject):
        yield _kind("gestión", address, client, is_stored=False)
    yield from _acts(subject)


def _kind(group: str, address: str, client: Client, *, is_stored: bool = True) -> Kind:
    run = partial(_size, client, address)
    return Kind(group, Case(address, run, rounds=ROUNDS), is_stored=is_stored)


def _size(client: Client, address: str) -> int:
    answer: Any = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    if answer.streaming:
        return sum(len(piece) for piece in answer.streaming_content)
    return len(answer.content)


def _public(subject: Subject) -> list[str]:
    target = f"{subject.address}{subject.ref_of(Level.TARGET)}/"
    return [*_about(subject, (*PAGES, *ALSO)), target]


def _office(subject: Subject) -> list[str]:
    return _about(subject, OFFICE_PAGES)


def _about(subject: Subject, addresses: tuple[str, ...] | list[str]) -> list[str]:
    """ADDRESSES of the demonstration's places as those of SUBJECT, each once."""
    refs = {"L.2": "L.2"}
    promise = subject.ref_of(Level.ACTIVITY)
    found = {}
    for each in addresses:
        if any(part in each for part in LEFT_OUT):
            continue
        address = EDITION.sub(rf"\g<1>{subject.edition.semester}/", each)
        address = REGION.sub(rf"/\g<1>/{subject.place.region_slug}/", address)
        if not REGION.match(address):
            address = _elsewhere(subject, address)
        address = REF.sub(lambda m: refs.get(m[0], promise), address)
        found[address] = True
    return list(found)


def _elsewhere(subject: Subject, address: str) -> str:
    """ADDRESS about SUBJECT; where it names several, about others of the smallest country, too."""
    named = dict.fromkeys(DEMONSTRATION.findall(address))
    slugs = dict(zip(named, cycle(subject.slugs), strict=False))
    return DEMONSTRATION.sub(lambda match: slugs[match[0]], address)


def _lists() -> Iterator[str]:
    names = [prefix for prefix, _view, _name in router.registry if prefix not in WITH_TOKEN]
    for each in (*(f"{name}/?page_size=100" for name in names), *FILTERED):
        yield f"/api/v1/{each}"


def _of_plan(subject: Subject) -> Iterator[str]:
    yield f"/api/v1/plans/{subject.plan.pk}/tree/"
    for name in ("reports", "elements", "ledger", "standings"):
        yield f"/api/v1/{name}/?municipality={subject.place.slug}&page_size=100"


def _files(subject: Subject) -> Iterator[str]:
    place = subject.place.get_absolute_url()
    edition = subject.edition.get_absolute_url()
    support = subject.support
    yield from ("/robots.txt", "/sitemap.xml", "/sitemap-paginas.xml")
    yield from ("/datos/catalog.jsonld", "/datos/dictionary.csv", "/datos/plans.csv")
    yield from (f"{place}novedades.atom", f"{place}registro/{subject.entry.number}.json")
    for name in ("textos.json", "datos/reports.csv", "rendicion/audiencia.pdf"):
        yield f"{subject.address}{name}"
    yield from (f"{edition[:-1]}.pdf", f"{edition[:-1]}.csv")
    path = (*subject.plan.url_args, support.report.element.ref, support.pk)
    yield reverse("tracking:support", args=path)


def _acts(subject: Subject) -> Iterator[Kind]:
    draft, sent = subject.drafted, subject.sent
    slug = subject.place.slug
    page = f"/gestion/semestre/{slug}/{draft.semester}/{draft.element.ref}/"
    typed = TYPED | {"edit": str(draft.edit), "as_of": str(draft.as_of or draft.semester.first_day)}
    writer = subject.client(draft.author)
    saving = partial(_posted, writer, page, typed, draft)
    yield Kind("acto", Case("guardar un borrador", saving, rounds=ROUNDS))
    planner = next(each for each in subject.people(Role.PLANNING) if each != sent.author)
    queue = f"/gestion/revision/{slug}/{sent.semester}/"
    publishing = partial(_posted, subject.client(planner), queue, {"read": [mark(sent)]}, sent)
    yield Kind("acto", Case("publicar un informe", publishing, rounds=ROUNDS))


def _posted(client: Client, address: str, typed: dict[str, Any], report: ProgressReport) -> int:
    """Do it, see that REPORT is another now, and take it back: the next round does the same."""
    with transaction.atomic():
        answer = client.post(address, typed)
        now = ProgressReport.objects.get(pk=report.pk)
        is_done = now.edit > report.edit or now.state == ReportState.PUBLISHED
        transaction.set_rollback(True)
    if answer.status_code != 302 or not is_done:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return len(answer.content)
