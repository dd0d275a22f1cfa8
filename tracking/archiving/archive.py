"""Make the archive of a plan: ask the portal for each page of it, and write what it answers."""

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from posixpath import dirname, relpath
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, connection, transaction
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.models import Plan
from tracking.archiving.asking import Copy, answer, pieces_of, request_of
from tracking.archiving.evidence import head_for, last_told, write_evidence, write_said
from tracking.archiving.folder import Folder, whole_or_nothing
from tracking.archiving.kept_files import write_data, write_editions, write_supports
from tracking.archiving.places import FRONT, Places
from tracking.archiving.refused import CannotArchive
from tracking.archiving.rewriting import rewritten
from tracking.models import LogHead, Support
from tracking.reading.archives import name_of, said_of
from tracking.reading.lookup import PlanMoved

PAGE: Final = "text/html"
OK: Final = 200


@dataclass(frozen=True)
class Archived:
    """What was made: how many FILES of how many bytes; CODE is the digest of all of them.

    DAMAGED is what sustains reports, and which the portal itself does not have whole any more.
    """

    path: Path
    files: int
    size: int
    code: str
    damaged: int


def is_up_to_date(plan: Plan, root: Path) -> bool:
    """Whether the archive of PLAN in ROOT tells all that was entered of its term. One query."""
    said = said_of(root / name_of(plan))
    return bool(said) and said.get("asiento") == last_told(plan)


def archive(plan: Plan, root: Path, *, replace: bool = False) -> Archived:
    """Write the archive of PLAN into a folder of its own in ROOT.

    CannotArchive where there can be none: of a plan that nobody can read, whose term runs, or of
    which something is still being made; and where one is there that it may not REPLACE.
    """
    _check(plan)
    with whole_or_nothing(root / name_of(plan), replace=replace) as folder, one_state():
        plan = Plan.objects.select_related("municipality").get(pk=plan.pk)
        made = _Archive(plan, folder, head_for(plan))
        damaged = made.write()
        code = folder.write_sums()
    return Archived(root / name_of(plan), len(folder.digests), folder.size, code, damaged)


def _check(plan: Plan) -> None:
    today = timezone.localdate()
    if not plan.version:
        raise CannotArchive(_("Ese plan no está publicado: no hay nada que archivar."))
    if today.year <= plan.term.last_year:
        last = date_format(dt.date(plan.term.last_year, 12, 31))
        raise CannotArchive(
            _("Su periodo no ha terminado: el archivo se hace después del %s.") % last
        )


@contextmanager
def one_state() -> Iterator[None]:
    """All that is read within is of one moment. Within a transaction, that is what it is of."""
    is_within_another = connection.in_atomic_block
    with transaction.atomic():
        if not is_within_another:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@dataclass
class _Archive:
    """What is written of PLAN into FOLDER, and what is left to ask for: pages that others link."""

    plan: Plan
    folder: Folder
    head: LogHead
    copy: Copy = field(init=False)
    places: Places = field(init=False)
    asked: set[str] = field(default_factory=set)
    left: deque[tuple[str, str]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.copy = Copy(self.plan, timezone.localdate())
        self.places = Places(self.plan)

    def write(self) -> int:
        """All of it; how many files the portal does not have whole any more."""
        files, damaged = write_supports(self.folder, self.plan)
        files |= write_editions(self.folder, self.plan)
        files |= write_data(self.folder, self.plan)
        files |= write_evidence(self.folder, self.plan, self.head)
        self.places.files.update(files)
        write_said(self.folder, self.plan, self.copy.day.isoformat(), self.head)
        self._write_front(damaged)
        while self.left:
            self._ask(*self.left.popleft())
        return len(damaged)

    def _write_front(self, damaged: list[Support]) -> None:
        context = {
            "plan": self.plan,
            "head": self.head,
            "keys": settings.LOG_PUBLIC_KEYS,
            "site": settings.SITE_URL,
            "damaged": damaged,
            "program": reverse("tracking:verifier").lstrip("/"),
        }
        page = render_to_string("archiving/front.html", context, request_of("/", self.copy))
        self._write_page(FRONT, reverse("tracking:home"), page)

    def _ask(self, address: str, file: str) -> None:
        """Write what the portal answers at ADDRESS into FILE."""
        try:
            answered = answer(address, self.copy)
        except (Error, Http404, PlanMoved) as error:
            raise _not_shown(address, type(error).__name__) from error
        if answered.status_code != OK:
            raise _not_shown(address, answered.status_code)
        pieces: Iterable[bytes] = pieces_of(answered)
        if answered["Content-Type"].startswith(PAGE):
            self._write_page(file, address, b"".join(pieces).decode())
        else:
            self.folder.write(file, pieces)

    def _write_page(self, file: str, address: str, page: str) -> None:
        leads = partial(self._leads, file, address)
        self.folder.write(file, [rewritten(page, leads).encode()])

    def _leads(self, file: str, address: str, link: str) -> str | None:
        """Where LINK, in the page of ADDRESS, leads from FILE: beside it, or out of the archive."""
        is_ours = f"{link}/".startswith(f"{settings.SITE_URL}/")
        parts = urlsplit(link.removeprefix(settings.SITE_URL) if is_ours else link)
        if parts.scheme or parts.netloc or not (parts.path or parts.query):
            return link
        whole = urljoin(address, parts.geturl())
        try:
            found = self.places.find(whole)
        except LookupError:
            return None
        if found is None:
            return settings.SITE_URL + whole
        self._want(found.file, found.address)
        there = quote(relpath(found.file, dirname(file) or "."))
        return f"{there}#{found.fragment}" if found.fragment else there

    def _want(self, file: str, address: str) -> None:
        """See that FILE is written: what is answered at ADDRESS, or one of the static ones."""
        if file in self.asked or file in self.folder:
            return
        self.asked.add(file)
        if address:
            self.left.append((address, file))
        elif file != FRONT:
            self.folder.write(file, [_static(file)])


def _not_shown(address: str, why: object) -> CannotArchive:
    """That another page links ADDRESS, and nothing is there."""
    said = _("El portal no muestra %(address)s (%(why)s): avise a quien lo mantiene.")
    return CannotArchive(said % {"address": address, "why": why})


def _static(file: str) -> bytes:
    """What FILE, below the address of static files, is: collected, or where developers have it."""
    name = f"/{file}".removeprefix(settings.STATIC_URL)
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as collected:
            return bytes(collected.read())
    found = finders.find(name)
    if not found:
        raise CannotArchive(_("Falta el archivo %s: ejecute «manage.py collectstatic».") % name)
    return Path(found).read_bytes()
