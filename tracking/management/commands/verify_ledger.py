"""Prove that what is published is what was entered in the ledgers, and that no link is broken."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Municipality
from accounts.outage import FilesAway, reason
from tracking.ledger.verifying import faults_of
from tracking.ledger.verifying.chains import former_codes
from tracking.ledger.verifying.heads import Head, held_heads
from tracking.models import LedgerEntry
from tracking.transparency.held import held_heads_of_log, printed_heads_of_log
from tracking.transparency.verifying import backdated, faults_of_log


class Command(BaseCommand):
    help = _(
        "Vuelve a calcular los registros de publicaciones y los compara con lo publicado, con los "
        "códigos que imprimen las rendiciones de cuentas y con los archivos guardados; de todo el "
        "portal, también su árbol y las cabezas que dio; termina con código 1 si algo no es lo que "
        "se asentó."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", metavar="SLUG", help=_("Solo la de /m/SLUG/."))
        parser.add_argument(
            "--head",
            metavar=_("NÚMERO:CÓDIGO"),
            action="append",
            default=[],
            help=_(
                "Un asiento que alguien guardó, de una rendición de cuentas, una novedad o un "
                "correo: dice si sigue en el registro de esa municipalidad. Se puede repetir."
            ),
        )
        parser.add_argument(
            "--log-head",
            metavar=_("ASIENTOS:CÓDIGO"),
            action="append",
            default=[],
            help=_(
                "Una cabeza del registro de todo el portal que alguien guardó: dice si sigue de "
                "ella. Se puede repetir."
            ),
        )
        parser.add_argument(
            "--without-files", action="store_true", help=_("No lee los archivos de los sustentos.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        places = _places(options)
        heads = [_head(text) for text in options["head"]]
        options["log_head"] = [_head(text) for text in options["log_head"]]
        count = 0
        try:
            for fault in _faults(places, heads, options):
                count += 1
                self.stderr.write(fault)
        except FilesAway as away:
            sentence = _("El almacén de archivos no responde (%s): repita la orden más tarde.")
            raise CommandError(sentence % reason(away)) from away
        for notice in _notices(places, options):
            self.stdout.write(notice)
        if count:
            raise CommandError(_("Faltas en los registros de publicaciones: %s.") % count)
        self.stdout.write(_proved(places, options))


def _head(text: str) -> Head:
    try:
        return Head.parse(text)
    except ValueError:
        reason = _("«%s» no es un número y un código, como 12:3f9a… (doce signos o más).")
        raise CommandError(reason % text) from None


def _places(options: dict[str, Any]) -> QuerySet[Municipality]:
    places = Municipality.objects.order_by()
    if slug := options["municipality"]:
        places = places.filter(slug=slug)
        if not places.exists():
            raise CommandError(_("Ninguna municipalidad está en /m/%s/.") % slug)
    elif options["head"]:
        raise CommandError(_("Diga de qué municipalidad es el asiento: --municipality SLUG."))
    return places


def _faults(
    places: QuerySet[Municipality], heads: list[Head], options: dict[str, Any]
) -> Iterator[str]:
    yield from faults_of(places, with_files=not options["without_files"])
    yield from printed_heads_of_log(places)
    if not options["municipality"]:
        yield from faults_of_log()
    if heads:
        yield from held_heads(places.get(), heads)
    yield from held_heads_of_log(options["log_head"])


def _notices(places: QuerySet[Municipality], options: dict[str, Any]) -> Iterator[str]:
    yield from former_codes(places)
    if not options["municipality"]:
        yield from backdated()


def _proved(places: QuerySet[Municipality], options: dict[str, Any]) -> str:
    """The closing words: what was verified, and what no data kept here can prove."""
    entries = LedgerEntry.objects.filter(municipality__in=places)
    chains = entries.values("municipality").distinct().count()
    counts = {"entries": entries.count(), "chains": chains}
    said = [_("Registros: %(chains)s. Asientos: %(entries)s. Todo es lo que se asentó.") % counts]
    if options["without_files"]:
        said.append(_("Los archivos de los sustentos no se leyeron."))
    if heads := len(options["head"]):
        said.append(_("Asientos que otros guardan y siguen en su registro: %s.") % heads)
    if log_heads := len(options["log_head"]):
        said.append(
            _("Cabezas del registro del portal que otros guardan, y de las que sigue: %s.")
            % log_heads
        )
    if not heads and not log_heads:
        said.append(
            _(
                "Un registro reescrito entero desde dentro solo lo descubre un código que otros "
                "guarden: compárelo con --head o --log-head."
            )
        )
    return "\n".join(said)
