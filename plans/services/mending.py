"""Mend a kept draft: each step is kept, applies to what is there now, and can be taken back."""

from collections.abc import Callable, Collection
from typing import Final

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from plans.importers.mending.arranging import MendRefused
from plans.importers.mending.kept import KeptOutline, unpacked_kept
from plans.models import ImportStep, PlanImport
from plans.services.imports import ImportChanged, held, kept_of, store

Mend = Callable[[KeptOutline], KeptOutline]

TAKEN_BACK: Final = 100
"""How many steps can be taken back: what older ones changed is kept in words only."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the same item since the person looked: ``steps`` say what they did."""

    def __init__(self, steps: list[ImportStep]) -> None:
        self.steps = steps
        super().__init__("; ".join(f"{step.by}: {step.words}" for step in steps))


@transaction.atomic
def mend(
    pk: int, change: Mend, words: str, *, keys: Collection[int], by: User, seen: int
) -> PlanImport:
    """Take one step: CHANGE, told in WORDS, of the items KEYS of the draft PK.

    SEEN is the revision that the person had before them. Where BY took that very step from there,
    it is taken already: a form that was sent twice. Raises ChangedMeanwhile where another
    person changed one of KEYS since then, MendRefused where the step cannot be taken, and
    ImportChanged where the draft is not mended any more. Nothing is written then.
    """
    draft = held(pk)
    if _is_taken(draft, change, by=by, seen=seen):
        return draft
    theirs = draft.steps.filter(number__gt=seen).exclude(by=by).defer("before").select_related("by")
    if met := [step for step in theirs if not step.keys or set(step.keys) & set(keys)]:
        raise ChangedMeanwhile(met)
    _take(draft, change(kept_of(draft)), words, keys=keys, by=by)
    return draft


def _is_taken(draft: PlanImport, change: Mend, *, by: User, seen: int) -> bool:
    """Whether the last step of DRAFT is BY's, from what they had SEEN, and was CHANGE."""
    last = draft.steps.first()
    if last is None or last.before is None or (last.by_id, last.number) != (by.pk, seen + 1):
        return False
    try:
        return change(unpacked_kept(last.before, draft.text)) == kept_of(draft)
    except MendRefused:
        return False


@transaction.atomic
def undo(pk: int, number: int, *, by: User) -> ImportStep:
    """Take back the step NUMBER, which must be the newest that stands; the step that was.

    Asked twice by BY, it is taken back once. Raises ImportChanged where it is not: somebody took
    another one meanwhile.
    """
    draft = held(pk)
    last = draft.steps.defer("before").first()
    step = draft.steps.filter(number=number, is_undone=True).defer("before").first()
    if step and last and (last.by_id, last.words) == (by.pk, _undone(step)):
        return step
    step = undoable(draft)
    if step is None or step.number != number or step.before is None:
        raise ImportChanged
    kept = unpacked_kept(step.before, draft.text)
    _take(draft, kept, _undone(step), keys=step.keys, by=by, is_undoing=True)
    step.is_undone = True
    step.save(update_fields=["is_undone"])
    return step


def _undone(step: ImportStep) -> str:
    return Truncator(_("Deshizo: %s") % step.words).chars(300)


def undoable(draft: PlanImport) -> ImportStep | None:
    """The step of DRAFT that can be taken back now: the newest that stands."""
    steps = draft.steps.filter(is_undone=False, before__isnull=False).select_related("by")
    found: ImportStep | None = steps.first()
    return found


def _take(
    draft: PlanImport,
    kept: KeptOutline,
    words: str,
    *,
    keys: Collection[int],
    by: User,
    is_undoing: bool = False,
) -> None:
    before = None if is_undoing else draft.kept
    store(draft, kept)
    ImportStep.objects.create(
        plan_import=draft,
        number=draft.revision,
        by=by,
        words=Truncator(words).chars(300),
        keys=sorted(keys),
        before=before,
    )
    old = draft.steps.filter(number__lte=draft.revision - TAKEN_BACK, before__isnull=False)
    old.update(before=None)
