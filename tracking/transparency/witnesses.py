"""Witnesses: who may cosign heads of the log, and what is taken of what is sent in their name.

Anybody may send; a signature is what is believed. Statuses are those of C2SP's tlog-witness, which
answers the same questions the other way round.
"""

import datetime as dt
import logging
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tracking.models import Cosignature, HeadConflict, LogHead, Witness
from tracking.transparency.checkpoints import Checkpoint
from tracking.transparency.heads import log_size, root_at
from tracking.transparency.keys import all_verifiers
from tracking.transparency.notes import Algorithm, Note, Verifier

logger = logging.getLogger(__name__)

LONGEST_NOTE: Final = 16 * 1024  # bytes
FASTEST_CLOCK: Final = dt.timedelta(minutes=5)
"""How far ahead of ours a witness's clock may go."""
LARGEST: Final = 2**63
MOST_LINES: Final = 16
"""How many signatures of a note every reader takes (C2SP signed-note)."""


class Refused(Exception):
    """Nothing of what was sent is taken: SENTENCE says why, STATUS is HTTP's."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


@dataclass
class Taken:
    """Whose cosignatures were new, and whose were there already."""

    new: list[Witness] = field(default_factory=list)
    known: list[Witness] = field(default_factory=list)


def active_witnesses() -> QuerySet[Witness]:
    return Witness.objects.filter(ended_at=None)


def cosigned(head: LogHead) -> str:
    """HEAD as a note, with the last line of each witness who signed it. One query.

    Where not all fit, those who signed last.
    """
    given = Cosignature.objects.filter(
        size=head.size, root=head.root, witness__in=active_witnesses()
    )
    lasts = given.order_by("witness_id", "-signed_at").distinct("witness_id")
    rows = lasts.values_list("signed_at", "line")
    room = MOST_LINES - len(Note.parse(head.note).signatures)
    newest = sorted(rows, reverse=True)[:room]
    return head.note + "".join(f"{line}\n" for _signed_at, line in newest)


def quiet_witnesses(*, since: dt.datetime) -> QuerySet[Witness]:
    """Those who were there at SINCE and still lack what the log had by then. Two queries."""
    given = LogHead.objects.filter(at__lte=since).order_by("-pk")
    size = given.values_list("size", flat=True).first() or 0
    done = Cosignature.objects.filter(witness=OuterRef("pk"), size__gte=size)
    lacking = active_witnesses().filter(registered_at__lte=since).exclude(Exists(done))
    return lacking if size else lacking.none()


def contradictions() -> QuerySet[HeadConflict]:
    """What our key signed under the log's name of today, and the log does not have."""
    return HeadConflict.objects.filter(note__startswith=f"{settings.LOG_ORIGIN}\n")


def register(name: str, key: str, *, url: str = "") -> Witness:
    """Let a witness's KEY be believed from now on. ValidationError where it cannot be."""
    try:
        verifier = Verifier.parse(key)
    except ValueError:
        raise ValidationError(
            _("La clave debe ser la pública del testigo, como testigo.example.pe+1a2b3c4d+BA….")
        ) from None
    if verifier.algorithm != Algorithm.COSIGNATURE:
        raise ValidationError(
            _("Esa clave firma textos y no refrendos: pida al testigo la de cosignature/v1.")
        )
    witness = Witness(name=name, key=str(verifier), url=url)
    witness.full_clean()
    witness.save()
    return witness


def end(witness: Witness) -> None:
    """Believe WITNESS no more; what it signed stays."""
    witness.ended_at = timezone.now()
    witness.save(update_fields=["ended_at"])


def take(text: str, *, at: dt.datetime) -> Taken:
    """Keep the cosignatures of registered witnesses that TEXT, a checkpoint, carries.

    Raises Refused. A head that our key signed and our log does not have is kept as evidence.
    """
    note = _note(text)
    head = _head(note)
    _hold(note, head, at)
    signed, faulty = _signed(note)
    if not signed:
        raise Refused(HTTPStatus.FORBIDDEN, _not_believed(faulty))
    taken = Taken()
    with transaction.atomic():
        for witness, moment, line in signed:
            is_new = _keep(witness, head, moment, line, at)
            (taken.new if is_new else taken.known).append(witness)
    return taken


def _note(text: str) -> Note:
    try:
        return Note.parse(text)
    except ValueError:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            _(
                "No es una nota firmada: envíe la cabeza de /registro/checkpoint tal como está, "
                "con su línea de refrendo al final (en curl, --data-binary)."
            ),
        ) from None


def _head(note: Note) -> Checkpoint:
    """The head that NOTE carries, of our log and signed by it."""
    try:
        head = Checkpoint.parse(note.body)
    except ValueError:
        head = None
    if head is None or head.size >= LARGEST:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            _("La nota no lleva una cabeza: nombre del registro, asientos y raíz, en tres líneas."),
        )
    if head.origin != settings.LOG_ORIGIN:
        raise Refused(
            HTTPStatus.NOT_FOUND,
            _("Es la cabeza de «%(theirs)s»; este registro es «%(ours)s».")
            % {"theirs": head.origin, "ours": settings.LOG_ORIGIN},
        )
    ours = all_verifiers()
    if not ours:
        raise Refused(
            HTTPStatus.FORBIDDEN,
            _("Este portal todavía no firma sus cabezas: no puede recibir refrendos."),
        )
    if not any(note.is_signed_by(each) for each in ours):
        raise Refused(
            HTTPStatus.FORBIDDEN,
            _("La cabeza no lleva una firma válida del portal: tómela de /registro/checkpoint."),
        )
    return head


def _hold(note: Note, head: Checkpoint, at: dt.datetime) -> None:
    """Hold HEAD, which our key signed, to our log; keep it as evidence where it is not of it."""
    size = log_size()
    if head.size <= size and root_at(head.size) == head.root:
        return
    _conflict, is_new = HeadConflict.objects.get_or_create(
        size=head.size,
        root=head.root.hex(),
        defaults={"note": note.body + "\n" + _lines(note), "received_at": at},
    )
    if is_new:
        logger.error("Our key signed a head that our log does not have: %s leaves", head.size)
    sentence = (
        _(
            "Este portal firmó esa cabeza, de %(theirs)s asientos, y su registro tiene %(ours)s: "
            "perdió lo que vino después. Guárdela: la página /registro/ ya la muestra."
        )
        if head.size > size
        else _(
            "Este portal firmó esa cabeza y su registro de %(theirs)s asientos tiene otra raíz: "
            "firmó dos historias. Guárdela, es la prueba: la página /registro/ ya la muestra."
        )
    )
    raise Refused(HTTPStatus.CONFLICT, sentence % {"theirs": head.size, "ours": size})


def _lines(note: Note) -> str:
    return "".join(f"{each.line}\n" for each in note.signatures)


def _signed(note: Note) -> tuple[list[tuple[Witness, int, str]], list[Witness]]:
    """Which witnesses cosigned NOTE, when and by which line; whose lines are not theirs."""
    signed, faulty = [], []
    for witness in active_witnesses():
        verifier = Verifier.parse(witness.key)
        if found := note.cosigned_by(verifier):
            signed.append((witness, *found))
        elif any(each.claims(verifier) for each in note.signatures):
            faulty.append(witness)
    return signed, faulty


def _not_believed(faulty: list[Witness]) -> str:
    if faulty:
        names = ", ".join(map(str, faulty))
        return _("El refrendo no lo firmó la clave de %s, o lo que firmó se cambió.") % names
    return _(
        "Ninguna línea es de un testigo registrado aquí. Para ser testigo, envíe su clave pública "
        "a quien opera el portal."
    )


def _keep(witness: Witness, head: Checkpoint, moment: int, line: str, at: dt.datetime) -> bool:
    """Whether the cosignature was new. Raises Refused where it is of no time that can be."""
    if not moment or moment > (at + FASTEST_CLOCK).timestamp():
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            _("El refrendo no dice cuándo se firmó, o dice una hora que aún no llega."),
        )
    signed_at = dt.datetime.fromtimestamp(moment, dt.UTC)
    Witness.objects.select_for_update().get(pk=witness.pk)  # one after another
    same = {"signed_at": signed_at, "size": head.size, "root": head.root.hex()}
    if witness.cosignatures.filter(**same).exists():
        return False  # also where another sends it on with theirs
    held = witness.cosignatures.order_by("-signed_at", "-size").first()
    if held and (signed_at < held.signed_at or head.size < held.size):
        raise Refused(
            HTTPStatus.CONFLICT,
            _("De %(witness)s ya hay un refrendo más nuevo, de una cabeza de %(size)s asientos.")
            % {"witness": witness, "size": held.size},
        )
    Cosignature.objects.create(witness=witness, line=line, received_at=at, **same)
    return True
