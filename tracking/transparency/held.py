"""Check heads of the log that are kept outside of it: by people, in copies, in what was printed."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, Final

from django.db.models import BigIntegerField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext as _

from accounts.models import Municipality
from tracking.choices import LedgerAct
from tracking.ledger.verifying.heads import Head, editions_of, found, named
from tracking.models import LogHead, LogLeaf
from tracking.transparency.heads import newest_head, root_at

# A quotation mark within a text is escaped in JSON: these can only be keys.
ROOT: Final = '"root":"([0-9a-f]{64})","size":[0-9]{1,18}}'
SIZE: Final = '"root":"[0-9a-f]{64}","size":([0-9]{1,18})}'


class Held(Enum):
    """How the log stands to a head that somebody kept."""

    KEPT = "it goes on from there"
    SHORT = "it has fewer leaves"
    OTHER = "its first leaves are others"


def held(size: int, code: str) -> Held:
    """How the log stands to a head of SIZE leaves, whose root begins with CODE. Two queries.

    The tree is read as it is kept; `tracking.transparency.verifying` says whether it is right.
    """
    newest = newest_head()
    if newest is None or newest.size < size:
        return Held.SHORT
    return Held.KEPT if root_at(size).hex().startswith(code) else Held.OTHER


def held_heads_of_log(heads: Iterable[Head]) -> Iterator[str]:
    """Which of HEADS, leaves and root, that others hold, the log does not go on from."""
    sentences = {
        Held.SHORT: _("Registro del portal: tiene menos de %(n)s hojas, y otros guardan %(code)s."),
        Held.OTHER: _(
            "Registro del portal: con %(n)s hojas no da %(code)s, que otros guardan: se "
            "reescribió, o esa copia no es de él."
        ),
    }
    for head in heads:
        how = held(head.number, head.code)
        if how is not Held.KEPT:
            yield sentences[how] % {"n": head.number, "code": head.code}


def printed_heads_of_log(places: QuerySet[Municipality]) -> Iterator[str]:
    """Editions of PLACES that print a head of the log that was never given out, or one that has
    their own entry. One query.
    """
    given = LogHead.objects.filter(size=OuterRef("said"), root=OuterRef("root"))
    own = LogLeaf.objects.filter(
        entry__act=LedgerAct.EDITION,
        entry__subject_id=OuterRef("pk"),
        entry__municipality=OuterRef("municipality"),
    )
    rows: QuerySet[Any] = editions_of(places).annotate(
        root=found(ROOT),
        said=Cast(NullIf(found(SIZE), Value("")), BigIntegerField()),
        given=Exists(given),
        position=Subquery(own.values("position")[:1]),
    )
    printing = rows.exclude(root="")
    for report in printing.exclude(given=True, position__gte=F("said")):
        if not report.given:
            sentence = _(
                "%(place)s: %(what)s imprime una cabeza del registro del portal que no se dio."
            )
        elif report.position is None:
            continue  # its entry waits for the log
        else:
            sentence = _("%(place)s: %(what)s imprime una cabeza del registro posterior a la suya.")
        yield sentence % named(report)
