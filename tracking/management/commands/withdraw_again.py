"""Withdraw again what had been withdrawn when an older copy of the portal was restored."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Membership, User
from tracking.accountability.signing import withhold_signed
from tracking.models import SignedFile, Support, Withholding
from tracking.services.supports import withhold

Line = dict[str, str]
KEYS: Final = ("kind", "municipality", "sha256", "reason")


class Command(BaseCommand):
    help = _(
        "Vuelve a retirar lo que estaba retirado al hacerse la copia, según el retiros.json que "
        "deja bin/restore: sustentos y ediciones firmadas, con su motivo. Repetirla no cambia nada."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar=_("ARCHIVO"), type=Path)
        parser.add_argument("--by", metavar="EMAIL", help=_("Un operador: el que lo hace."))
        parser.add_argument(
            "--check",
            action="store_true",
            help=_("No escribe nada; termina con código 1 si algo está visible y se retiró."),
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        lines = _lines(options["file"])
        by = None if options["check"] else _operator(options["by"])
        visible = [found for line in lines if (found := _visible(line))]
        for what, reason in visible:
            self.stdout.write(f"{what}: {reason}")
            if by:
                _withdraw(what, reason, by)
        told = {"n": len(visible), "all": len(lines)}
        if not visible:
            self.stdout.write(_("De %(all)s retiros, ninguno está visible.") % told)
        elif by is None:
            raise CommandError(_("De %(all)s retiros, %(n)s están visibles.") % told)
        else:
            self.stdout.write(_("De %(all)s retiros, %(n)s estaban visibles: ya no.") % told)


def _lines(path: Path) -> list[Line]:
    try:
        told: list[Line] = json.loads(path.read_text())
        return [{key: told[at][key] for key in KEYS} for at in range(len(told))]
    except OSError as error:
        raise CommandError(_("No se puede leer %s.") % path) from error
    except (ValueError, TypeError, KeyError) as error:
        raise CommandError(_("%s no es una lista de retiros.") % path) from error


def _operator(email: str | None) -> User:
    operators = Membership.objects.working(Role.OPERATOR).select_related("user")
    found: Membership | None = operators.filter(user__email__iexact=email or "").first()
    if found is None:
        raise CommandError(_("Diga qué operador lo hace: --by CORREO."))
    return found.user


def _withdraw(what: Support | SignedFile, reason: str, by: User) -> None:
    if isinstance(what, SignedFile):
        withhold_signed(what, reason, by=by)
    else:
        withhold(what, reason, by=by)


def _visible(line: Line) -> tuple[Support | SignedFile, str] | None:
    """What LINE says that was withdrawn, where anybody can see it; with the reason."""
    found: Support | SignedFile | None
    if line["kind"] == "signed":
        files = SignedFile.objects.filter(report__municipality__inei=line["municipality"])
        found = files.filter(sha256=line["sha256"], withholding=None).first()
    else:
        withheld = Withholding.objects.filter(municipality__inei=line["municipality"])
        supports = Support.objects.published().select_related("report")
        supports = supports.filter(report__municipality__inei=line["municipality"])
        is_withheld = withheld.filter(sha256=line["sha256"]).exists()
        found = None if is_withheld else supports.filter(sha256=line["sha256"]).first()
    return (found, line["reason"]) if found else None
