"""Bring in the plans of many files: each is published, kept as a draft, or refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Municipality, User
from accounts.services.places import Gazetteer
from plans.choices import Standing
from plans.importers.faults import FileRefused, refusal_of
from plans.importers.formats import PLAN_FILES, SENT, Format, format_of
from plans.importers.mending.flags import looked_over
from plans.importers.outline import Outline
from plans.importers.plan_file.reader import read_plan_file
from plans.importers.reading import read
from plans.importers.validation import Whose
from plans.models import Plan, PlanImport
from plans.plan_path import list_called
from plans.services.importing import as_published, plan_there, publish_outline
from plans.services.imports import begin_with
from plans.services.publishing import Publication, publish
from plans.services.side_by_side import side_by_side
from plans.term import Term

LOOKED_AT: Final = 25_000_000
"""Bytes up to which a file's content says what it is; of a longer one, its name does."""


@dataclass(frozen=True)
class Wanted:
    """What whoever brings the files says of all of them; None or "" where the files say it.

    ``keeps_for`` is the officer whose drafts the plans become, None to publish them. ``in_force``
    says that they are the plans in force, and no list's.
    """

    municipality: Municipality | None = None
    term: Term | None = None
    organization: str = ""
    format: Format | None = None
    in_force: bool = False
    keeps_for: User | None = None


@dataclass(frozen=True)
class Arrival:
    """What became of one plan: ``name`` says which; published, a draft, or refused.

    ``doubts`` is how many things a person should look at in it.
    """

    name: str
    published: Publication | None = None
    draft: PlanImport | None = None
    is_new: bool = False
    doubts: int = 0
    refused: FileRefused | None = None


def files_in(paths: list[Path]) -> Iterator[Path]:
    """PATHS, and in place of each folder the files in it that a reader reads, by name.

    A text that stands beside a plan file of its name is its document, and no plan of its own.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(each for each in path.rglob("*") if each.suffix.lower() in SENT | PLAN_FILES)
        stems = {each.with_suffix("") for each in found if each.suffix in PLAN_FILES}
        for each in found:
            is_document = each.suffix == ".txt" and each.with_suffix("") in stems
            if each.is_file() and not is_document:
                yield each


@dataclass(frozen=True)
class _Whose:
    """Whose plan it is, as far as files and whoever brings them say."""

    place: Municipality
    term: Term
    organization: str
    list_slug: str

    @property
    def stated(self) -> Whose:
        return Whose(
            inei=self.place.inei,
            term=self.term,
            organization=self.organization,
            standing=Standing.UNCONFIRMED,
            list_slug=self.list_slug,
        )


class BulkImport:
    """Several files brought in, plan by plan, each in a transaction of its own."""

    def __init__(self, wanted: Wanted, *, dry_run: bool = False) -> None:
        self._wanted = wanted
        self._dry_run = dry_run
        self._places = Gazetteer()

    def bring(self, path: Path) -> Iterator[Arrival]:
        """What becomes of each plan in the file at PATH."""
        try:
            wanted = self._wanted.format or _format_at(path)
            if wanted == Format.PLAN_FILE:
                yield self._tried(path.name, lambda: self._publish_file(path))
                return
            with path.open("rb") as file:
                outlines = read(file, path.name, wanted)
                take = partial(self._take, path.name, wanted)
                if wanted == Format.JNE:  # of which one file may hold the country's
                    yield from side_by_side(take, outlines, whose=self._whose)
                else:
                    yield from map(take, outlines)
        except FileRefused as refused:
            yield Arrival(path.name, refused=refused)
        except OSError as error:
            is_missing = isinstance(error, FileNotFoundError)
            other = _("no se puede leer: %s.") % (error.strerror or error)
            reason = _("no existe.") if is_missing else other
            yield Arrival(path.name, refused=refusal_of(_("archivo"), reason))

    def _publish_file(self, path: Path) -> Arrival:
        draft = read_plan_file(path)
        if self._wanted.keeps_for is not None:
            reason = _("un archivo de plan se publica, y no se prepara: quite --draft.")
            raise refusal_of(_("archivo"), reason)
        return Arrival(path.name, published=publish(draft))

    def _whose(self, outline: Outline | FileRefused) -> int | None:
        """The municipality, which is locked while a plan of it is published."""
        try:
            return None if isinstance(outline, FileRefused) else self._place(outline).pk
        except LookupError:
            return None

    def _take(self, file_name: str, format: Format, outline: Outline | FileRefused) -> Arrival:
        if isinstance(outline, FileRefused):
            return Arrival(file_name, refused=outline)
        try:
            place, term = self._place(outline), self._term(outline)
        except LookupError as error:
            refused = refusal_of(_("municipalidad"), str(error.args[0]))
            return Arrival(_named(file_name, outline), refused=refused)
        except ValueError as error:
            refused = refusal_of(_("periodo"), str(error))
            return Arrival(_named(file_name, outline), refused=refused)
        organization = self._wanted.organization or outline.about.organization
        whose = _Whose(place, term, organization, self._list(place, term, organization, format))
        known = replace(outline, items=looked_over(outline.items, term))
        told = [file_name, f"{place.name} {term.printed}", organization if whose.list_slug else ""]
        name = ", ".join(filter(None, told))
        return self._tried(name, lambda: self._keep(name, known, whose))

    def _tried(self, name: str, bring: Callable[[], Arrival]) -> Arrival:
        try:
            with transaction.atomic():
                arrival = bring()
                transaction.set_rollback(self._dry_run)
        except FileRefused as refused:
            return Arrival(name, refused=refused)
        except (DataError, IntegrityError) as error:
            reason = str(error).splitlines()[0]
            return Arrival(name, refused=refusal_of(_("base de datos"), reason))
        return arrival

    def _keep(self, name: str, outline: Outline, whose: _Whose) -> Arrival:
        doubts = len(outline.doubts) + sum(len(item.doubts) for item in outline.items)
        if self._wanted.keeps_for is not None:
            draft = PlanImport(
                municipality=whose.place,
                first_year=whose.term.first_year,
                last_year=whose.term.last_year,
                list_slug=whose.list_slug,
                organization=whose.organization[:200],
                file_name=outline.source.name[:120],
            )
            kept, is_new = begin_with(draft, outline, by=self._wanted.keeps_for)
            return Arrival(name, draft=kept, is_new=is_new, doubts=doubts)
        plan = plan_there(whose.place.pk, whose.term, whose.list_slug)
        done = publish_outline(outline, as_published(whose.stated, plan), plan)
        return Arrival(name, published=done, doubts=doubts)

    def _place(self, outline: Outline) -> Municipality:
        if self._wanted.municipality is not None:
            return self._wanted.municipality
        about = outline.about
        if about.inei:
            return self._places.by_inei(about.inei)
        if about.place.isdecimal():
            return self._places.by_reniec(about.place)
        return self._places.called(about.place)

    def _term(self, outline: Outline) -> Term:
        if self._wanted.term is not None:
            return self._wanted.term
        if not outline.about.term:
            raise ValueError(_("no dice de qué periodo es: dígalo con --term 2027-2030."))
        return Term.parse(outline.about.term)

    def _list(self, place: Municipality, term: Term, organization: str, format: Format) -> str:
        """The list whose plan it is; "" for the plan in force.

        What the electoral authority gives are the plans of lists, whoever won.
        """
        is_lists = bool(self._wanted.organization) or format == Format.JNE
        if self._wanted.in_force or not is_lists:
            return ""
        rows = Plan.objects.filter(municipality=place, first_year=term.first_year)
        known = rows.filter(organization=organization).first()
        return known.list_slug if known else list_called(organization)


def _format_at(path: Path) -> Format:
    """By what the file at PATH holds. Raises FileRefused for what no reader reads."""
    if path.stat().st_size > LOOKED_AT:
        named = {".json": Format.JNE, ".jsonl": Format.JNE, ".zip": Format.JNE}
        return named.get(path.suffix.lower(), Format.DOCUMENT)
    return format_of(path.read_bytes(), path.name)


def _named(file_name: str, outline: Outline) -> str:
    """The file and, where it holds many plans, which of them."""
    told = [outline.about.place, outline.about.organization]
    return ", ".join([file_name, *filter(None, told)])
