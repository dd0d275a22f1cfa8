"""What is wrong between the ledgers and the log, a sentence each."""

import datetime as dt
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Window
from django.db.models.functions import Lag
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracking.ledger.chain import sealed_text
from tracking.models import HeadStamp, LedgerEntry, LogHead, LogLeaf, LogTile, PendingLeaf
from tracking.models.log import TILE_HASHES
from tracking.transparency.checkpoints import Checkpoint
from tracking.transparency.keys import all_verifiers
from tracking.transparency.merkle import leaf_hash
from tracking.transparency.notes import Note
from tracking.transparency.tiles import Frontier, Place, split
from tracking.transparency.time_stamps import NoStamp, verified

CHUNK: Final = 2048
LONGEST_WAIT: Final = dt.timedelta(days=2)
"""More than any entry waits before its leaf follows those of its day."""


def faults_of_log() -> Iterator[str]:
    """Every fault of the log; memory grows with the municipalities, not with the entries.

    The tree is made again from the entries, in the order of their leaves, and compared with each
    tile that is kept and each head that was given out. Entries that wait for it are no fault.
    """
    yield from _left_out()
    tree, heads = Frontier(), _Heads()
    yield from heads.at(tree)
    for leaf in _leaves():
        if leaf.position != tree.size:
            yield _("Registro del portal: falta la hoja %s.") % tree.size
            return
        tree.add(leaf_hash(sealed_text(leaf.entry).encode()))
        if tree.size % CHUNK == 0:
            yield from _unlike(_whole_tiles(tree))
        yield from heads.at(tree)
    yield from _unlike(tree.changed)
    yield from _too_many(tree)
    yield from heads.beyond(tree)
    yield from _faults_of_stamps()


def backdated() -> Iterator[str]:
    """Entries that say to be days older than the one whose leaf precedes theirs.

    No fault of the log, which is whole: a clock that went wrong for a day leaves the same for ever.
    Those that wait together can be some hours out of order, never days. A simulation is left out:
    it enters years in an hour.
    """
    before = Window(Lag("at"), order_by="leaf__position")
    rows = LedgerEntry.objects.exclude(leaf=None).filter(simulated=False).annotate(before=before)
    late = rows.filter(at__lte=F("before") - LONGEST_WAIT).order_by("leaf__position")
    for entry in late.iterator(CHUNK):
        yield (
            _(
                "Aviso: registro del portal: el asiento %(entry)s dice ser del %(day)s y entró "
                "después de otro posterior: se le puso esa fecha, o el reloj andaba mal."
            )
            % {"entry": entry, "day": date_format(timezone.localtime(entry.at))}
        )


def _left_out() -> Iterator[str]:
    """Entries that neither have a leaf nor wait for one, or wait and are gone.

    Also leaves that are not in the order of their entries.
    """
    gone = PendingLeaf.objects.exclude(Exists(LedgerEntry.objects.filter(pk=OuterRef("pk"))))
    for row in gone.iterator(CHUNK):
        yield _("Registro del portal: espera un asiento que ya no está (fila %s).") % row.pk
    entries = LedgerEntry.objects.filter(leaf=None, pending_leaf=None)
    for entry in entries.select_related("municipality").iterator(CHUNK):
        yield _("Registro del portal: no tiene el asiento %s, ni lo espera.") % entry
    before = Window(Lag("leaf__position"), partition_by="municipality", order_by="number")
    rows = LedgerEntry.objects.exclude(leaf=None).annotate(before=before)
    for entry in rows.filter(leaf__position__lt=F("before")).iterator(CHUNK):
        yield _("Registro del portal: la hoja del asiento %s va antes que la del anterior.") % entry


def _leaves() -> Iterator[LogLeaf]:
    return LogLeaf.objects.select_related("entry").order_by("position").iterator(CHUNK)


def _whole_tiles(tree: Frontier) -> dict[Place, list[bytes]]:
    """The tiles of TREE that became whole since this was last asked."""
    whole = {place: row for place, row in tree.changed.items() if len(row) == TILE_HASHES}
    for place in whole:
        del tree.changed[place]
    return whole


def _unlike(remade: dict[Place, list[bytes]]) -> Iterator[str]:
    """Tiles that are kept otherwise than they were REMADE."""
    for place, kept in sorted(_kept(remade).items()):
        if kept != remade[place]:
            yield _("Registro del portal: la tesela %s no da sus asientos.") % "/".join(
                map(str, place)
            )


def _kept(places: Collection[Place]) -> dict[Place, list[bytes]]:
    """The tiles at PLACES as they are kept, empty where they are not. One query for a level."""
    kept: dict[Place, list[bytes]] = {place: [] for place in places}
    by_level = groupby(sorted(places), key=itemgetter(0))
    for level, group in by_level:
        rows = LogTile.objects.filter(level=level, number__in=[number for _level, number in group])
        kept |= {(level, row.number): split(row.hashes) for row in rows}
    return kept


def _too_many(tree: Frontier) -> Iterator[str]:
    """Tiles that the TREE, which is whole, has no leaves for."""
    due = sum(number + 1 for number, _row in tree.rows.values())
    if extra := LogTile.objects.count() - due:
        yield _("Registro del portal: %s teselas no son de ningún asiento.") % extra


class _Heads:
    """The heads that were given out, by their size, as the tree grows past them."""

    def __init__(self) -> None:
        self.rows = LogHead.objects.order_by("size", "pk").iterator(CHUNK)
        self.next = next(self.rows, None)

    def at(self, tree: Frontier) -> Iterator[str]:
        """Faults of those of TREE's size, now that it has it."""
        while self.next and self.next.size == tree.size:
            yield from _faults_of_head(self.next, tree.root())
            self.next = next(self.rows, None)

    def beyond(self, tree: Frontier) -> Iterator[str]:
        """Those of more leaves than TREE has, or the lack of one of all of them."""
        while self.next:
            yield _("Registro del portal: faltan las últimas hojas de la cabeza %s.") % self.next
            self.next = next(self.rows, None)
        if tree.size and not LogHead.objects.filter(size=tree.size).exists():
            yield _("Registro del portal: ninguna cabeza tiene sus %s hojas.") % tree.size


def _faults_of_head(head: LogHead, root: bytes) -> Iterator[str]:
    if head.root != root.hex():
        yield _("Registro del portal: la cabeza %s no es la raíz de sus hojas.") % head
    try:
        note = Note.parse(head.note)
        said = Checkpoint.parse(note.body)
    except ValueError:
        yield _("Registro del portal: la cabeza %s no se puede leer como se dio.") % head
        return
    if (said.size, said.root.hex()) != (head.size, head.root):
        yield _("Registro del portal: la cabeza %s no es la que se firmó.") % head
    if note.signatures and not any(map(note.is_signed_by, all_verifiers())):
        yield _("Registro del portal: la cabeza %s no lleva firma de ninguna de sus claves.") % head


def _faults_of_stamps() -> Iterator[str]:
    """Time-stamps that are not of their heads, or of nobody whom TSA_ROOTS vouch for."""
    stamps = HeadStamp.objects.select_related("head").order_by("pk")
    for stamp in stamps.iterator(CHUNK) if settings.TSA_ROOTS else ():
        try:
            body = Note.parse(stamp.head.note).body
            said = verified(bytes(stamp.response), body, settings.TSA_ROOTS)
        except ValueError:
            continue  # its head cannot be read, which was told
        except NoStamp as reason:
            sentence = _(
                "Registro del portal: el sello de tiempo %(week)s no es de su cabeza, o de ninguna "
                "autoridad de TSA_ROOTS, que ha de tener también las de antes (%(reason)s)."
            )
            yield sentence % {"week": stamp.week, "reason": reason}
        else:
            if said != (stamp.stamped_at, stamp.authority):
                yield (
                    _("Registro del portal: el sello de tiempo %s dice otra hora u otra autoridad.")
                    % stamp.week
                )
