"""The log of the portal: one tree over the entries of every municipality's ledger.

Each entry is a leaf of one RFC 6962 Merkle tree, so that no chain can vanish, be cut or be made
anew without its head showing it. `tracking.transparency` makes it grow.
"""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracking.models.ledger import HEXADECIMAL, LedgerEntry

TILE_HASHES: Final = 256
"""How many hashes a whole tile has (C2SP tlog-tiles)."""
HASH_BYTES: Final = 32


class PendingLeaf(models.Model):
    """An entry that is not in the log yet: put here by a trigger, taken away with its leaf."""

    entry = models.OneToOneField(
        LedgerEntry,
        models.PROTECT,
        primary_key=True,
        related_name="pending_leaf",
        db_constraint=False,  # who deletes an entry past its triggers leaves this behind
    )

    municipality_path: ClassVar = "entry__municipality"

    class Meta:
        verbose_name = _("asiento que espera entrar al registro del portal")
        verbose_name_plural = _("asientos que esperan entrar al registro del portal")

    def __str__(self) -> str:
        return str(self.entry_id)


class LogLeaf(models.Model):
    """The place of an entry in the log, counted from 0. Append-only, without gaps (triggers)."""

    position = models.BigIntegerField(_("lugar"), primary_key=True)
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="leaf")

    municipality_path: ClassVar = "entry__municipality"

    class Meta:
        verbose_name = _("hoja del registro del portal")
        verbose_name_plural = _("hojas del registro del portal")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(position__gte=0), name="leaf_counts_from_nothing")
        ]

    def __str__(self) -> str:
        return str(self.position)


class LogTile(models.Model):
    """Up to 256 hashes of the tree, one after another: it only grows at its end (trigger).

    Those of LEVEL 0 are of leaves, those of level n of the subtrees of 256 ** n leaves.
    """

    level = models.PositiveSmallIntegerField(_("nivel"))
    number = models.BigIntegerField(_("número"))
    hashes = models.BinaryField(_("códigos"), max_length=TILE_HASHES * HASH_BYTES)

    municipality_path: ClassVar = None

    class Meta:
        verbose_name = _("tesela del registro del portal")
        verbose_name_plural = _("teselas del registro del portal")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["level", "number"], name="tile_once")
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class LogHead(models.Model):
    """The root of the tree when it had so many leaves, as it was given out. Append-only."""

    size = models.BigIntegerField(_("asientos"))
    root = models.CharField(_("raíz"), max_length=64)
    at = models.DateTimeField(_("fecha"))
    note = models.TextField(_("cabeza firmada"))

    municipality_path: ClassVar = None

    class Meta:
        verbose_name = _("cabeza del registro del portal")
        verbose_name_plural = _("cabezas del registro del portal")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["size"], name="head_size")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(root__regex=HEXADECIMAL), name="root_is_a_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.size}:{self.root}"
