"""A plan's way in: what somebody sends is kept, read, mended (`mending.py`) and published."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from plans.choices import ImportState
from plans.importers.faults import Fault, Faults, FileRefused, Where
from plans.importers.mending.kept import KeptOutline, begun, packed_kept, unpacked_kept
from plans.importers.outline import Outline
from plans.importers.refs import Published
from plans.importers.validation import Whose, faults_of
from plans.models import ImportStep, Plan, PlanImport
from plans.plan_path import list_called
from plans.services.importing import as_published, plan_there, publish_outline, published_of
from plans.services.own_plan import SeveralPlans, read_own_plan
from plans.services.publishing import Publication
from plans.source_text import NotInDocument, Place, source_of

READ_AT_ONCE: Final = 1_000_000
"""Bytes up to which a text or a sheet is read while its sender waits; a PDF never is."""


class ImportChanged(Exception):
    """What the person looked at is not what is there now; nothing was written."""


def begin(draft: PlanImport, content: bytes, *, by: User) -> PlanImport:
    """Keep CONTENT for DRAFT, which says whose plan it is, and read it at once where that is quick.

    The same bytes for the same place and term, while they are on their way, are the same draft.
    """
    draft.content, draft.by = content, by
    draft.sha256 = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        rows = PlanImport.objects.shown().filter(
            municipality=draft.municipality,
            first_year=draft.first_year,
            list_slug=draft.list_slug,
            sha256=draft.sha256,
        )
        if found := rows.exclude(state=ImportState.REFUSED).light().first():
            return found
        raise
    _read_if_quick(draft)
    return PlanImport.objects.light().get(pk=draft.pk)


def begin_with(draft: PlanImport, outline: Outline, *, by: User) -> tuple[PlanImport, bool]:
    """Keep OUTLINE, one of many that a file held, as DRAFT; and whether it is new.

    Its text is kept for the file: another may hold ten thousand plans.
    """
    content = outline.source.text.encode()
    draft.content, draft.by = content, by
    draft.sha256 = hashlib.sha256(content).hexdigest()
    same = PlanImport.objects.filter(
        municipality=draft.municipality,
        first_year=draft.first_year,
        list_slug=draft.list_slug,
        sha256=draft.sha256,
    )
    if found := same.light().first():
        return found, False
    for name, value in _understood(draft, outline).items():
        setattr(draft, name, value)
    draft.revision = 1
    draft.save(force_insert=True)
    return draft, True


def read(pk: int) -> bool:
    """Read the file of PK if it waits for it, or whoever began is gone; whether it was ours."""
    now = timezone.now()
    waiting = PlanImport.objects.to_read(now).filter(pk=pk)
    if not waiting.update(state=ImportState.READING, claimed_at=now):
        return False
    draft = PlanImport.objects.get(pk=pk)
    outcome: dict[str, Any]
    try:
        outcome = _understood(draft, read_own_plan(draft))
    except FileRefused as refused:
        faults = [_plain(each) for each in refused.faults[: Faults.MOST]]
        if isinstance(refused, SeveralPlans):
            faults[0]["lists"] = refused.lists
        outcome = {"state": ImportState.REFUSED, "faults": faults}
    mine = PlanImport.objects.filter(pk=pk, state=ImportState.READING, claimed_at=now)
    return bool(mine.update(revision=1, **outcome))


def choose(draft: PlanImport, organization: str) -> None:
    """Read again the file of DRAFT, which holds the plans of several lists: that of ORGANIZATION.

    ImportChanged where nothing of the sort is asked any more.
    """
    if draft.state != ImportState.REFUSED or organization not in draft.lists:
        raise ImportChanged
    list_slug = list_called(organization) if draft.list_slug else ""
    rows = PlanImport.objects.filter(pk=draft.pk, state=ImportState.REFUSED)
    try:
        with transaction.atomic():
            chosen = rows.update(
                state=ImportState.WAITING,
                organization=organization,
                list_slug=list_slug,
                faults=[],
            )
    except IntegrityError:  # the same file is on its way already
        raise ImportChanged from None
    if not chosen:
        raise ImportChanged
    _read_if_quick(draft)


def _read_if_quick(draft: PlanImport) -> None:
    content = bytes(draft.content)
    if len(content) <= READ_AT_ONCE and not content[:1024].lstrip().startswith(b"%PDF"):
        read(draft.pk)


def read_waiting(*, is_over: Callable[[], bool] = lambda: False) -> int:
    """Read every file that waits, oldest first, until IS_OVER; how many were read."""
    waiting = PlanImport.objects.to_read(timezone.now()).order_by("begun_at")
    done = 0
    for pk in list(waiting.values_list("pk", flat=True)):
        if is_over():
            break
        done += read(pk)
    return done


def describe(draft: PlanImport, *, by: User) -> None:
    """Keep what is said of the plan as a whole: its organization, title, provenance, standing."""
    with transaction.atomic():
        stored = held(draft.pk)
        told = ("organization", "standing", "standing_source", "title", "provenance")
        for name in told:
            setattr(stored, name, getattr(draft, name))
        stored.save(update_fields=told)
        store(stored, kept_of(stored))
        words = _("Cambió los datos del plan.")
        ImportStep.objects.create(plan_import=stored, number=stored.revision, by=by, words=words)


@transaction.atomic
def publish_import(pk: int, *, by: User, revision: int, version: int) -> Publication:
    """Publish the draft PK as the next version of its plan.

    REVISION and VERSION are those of the draft and of the plan that the person looked at: raises
    ImportChanged where either is another by now. Raises FileRefused, with the faults kept at their
    items, where the draft cannot be published.
    """
    draft = held(pk)
    plan = plan_of(draft)
    if not draft.is_ready or draft.revision != revision or version != (plan.version if plan else 0):
        raise ImportChanged
    kept = kept_of(draft)
    done = publish_outline(
        with_vision(stated(draft, kept), plan),
        whose_of(draft, plan),
        plan,
        by=by,
        reasons=kept.reasons,
    )
    draft.state, draft.plan, draft.version = ImportState.PUBLISHED, done.plan, done.plan.version
    draft.save(update_fields=["state", "plan", "version"])
    return done


@transaction.atomic
def drop_import(pk: int, *, by: User) -> None:
    """Take a draft off the table; it stays, with who did it and the digest of the file, which goes.

    ImportChanged if it is over.
    """
    draft = PlanImport.objects.light().select_for_update().get(pk=pk)
    if draft.state in {ImportState.PUBLISHED, ImportState.DROPPED}:
        raise ImportChanged
    draft.state, draft.content = ImportState.DROPPED, b""
    draft.revision += 1
    draft.save(update_fields=["state", "content", "revision"])
    words = _("Descartó el borrador.")
    ImportStep.objects.create(plan_import=draft, number=draft.revision, by=by, words=words)


def held(pk: int) -> PlanImport:
    """The draft PK, which nobody else changes meanwhile. ImportChanged if it is not mended."""
    draft: PlanImport = PlanImport.objects.without_file().select_for_update().get(pk=pk)
    if not draft.is_ready:
        raise ImportChanged
    return draft


def kept_of(draft: PlanImport) -> KeptOutline:
    """What DRAFT, which is ready, holds by now."""
    return unpacked_kept(draft.kept or {}, draft.text)


def store(draft: PlanImport, kept: KeptOutline) -> None:
    """Make KEPT what DRAFT holds, with what forbids publishing it: its next revision."""
    plan = plan_of(draft)
    draft.kept = packed_kept(kept)
    draft.faults = faults_at(kept, draft, plan, published_of(plan))
    draft.revision += 1
    draft.save(update_fields=["kept", "faults", "revision"])


def faults_at(
    kept: KeptOutline, draft: PlanImport, plan: Plan | None, published: list[Published]
) -> list[dict[str, Any]]:
    """What forbids publishing KEPT, each beside the key of its item, in the order of the tree."""
    # A fault names its place and no item: here each place is the item's own.
    places = {n: item for n, item in enumerate(kept.items, 1)}
    items = tuple(replace(item, where=Where(n, str(n))) for n, item in places.items())
    outline = replace(stated(draft, kept), items=items)
    found = faults_of(outline, whose_of(draft, plan), published)
    return [
        _plain(fault._replace(where=places[fault.where.order].where), places[fault.where.order].key)
        if fault.where.order in places
        else _plain(fault)
        for fault in found
    ]


def plan_of(draft: PlanImport) -> Plan | None:
    """The plan that DRAFT would be the next version of; None where it would be the first."""
    return plan_there(draft.municipality_id, draft.term, draft.list_slug)


def whose_of(draft: PlanImport, plan: Plan | None) -> Whose:
    """Whose plan it is: what was published of it stands, and else what was stated with the file."""
    stated = Whose(
        inei=draft.municipality.inei,
        term=draft.term,
        organization=draft.organization,
        standing=draft.standing,
        standing_source=draft.standing_source,
        list_slug=(plan or draft).list_slug,
    )
    return as_published(stated, plan)


def stated(draft: PlanImport, kept: KeptOutline) -> Outline:
    """The outline of KEPT, with the title and the provenance that were stated with the file."""
    about = kept.outline.about
    return replace(
        kept.outline,
        about=replace(
            about,
            title=draft.title or about.title,
            provenance=draft.provenance or about.provenance,
        ),
    )


def with_vision(outline: Outline, plan: Plan | None) -> Outline:
    """OUTLINE with the vision of PLAN, where its reader saw none and its text still prints it."""
    if plan is None or not plan.vision or outline.about.vision:
        return outline
    source = source_of(outline.source.text)
    try:
        spans = source.locate(plan.vision, (Place(1, source.line_count, 1),))
    except NotInDocument:
        return outline
    places = [list(span) for span in spans]
    about = replace(outline.about, vision=plan.vision, vision_spans=places)
    return replace(outline, about=about)


def _understood(draft: PlanImport, outline: Outline) -> dict[str, Any]:
    """What is kept of what was read of DRAFT."""
    kept = begun(outline)
    about = outline.about
    draft.organization = draft.organization or about.organization[:200]
    draft.provenance = draft.provenance or about.provenance[:300]
    plan = plan_of(draft)
    return {
        "state": ImportState.READY,
        "format": outline.source.format,
        "text": outline.source.text,
        "kept": packed_kept(kept),
        "organization": draft.organization,
        "provenance": draft.provenance,
        "faults": faults_at(kept, draft, plan, published_of(plan)),
    }


def _plain(fault: Fault, key: int | None = None) -> dict[str, Any]:
    return {
        "key": key,
        "where": fault.where.words,
        "field": fault.field,
        "reason": fault.reason,
    }
