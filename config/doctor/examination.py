"""All that is looked at, in the order in which one mends it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import Error, connections
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.doctor import (
    backups,
    clock,
    content,
    hosts,
    log,
    mail,
    pages,
    rights,
    schema,
    secrecy,
    site,
    storage,
    worker,
)
from config.doctor.findings import Check, Finding, Grade, wrong

GRAVEST_FIRST: Final = tuple(reversed(Grade))


@dataclass(frozen=True)
class Topic:
    """A side of an installation: how it is called, and who looks at it."""

    title: str | Promise
    check: Check
    asks_database: bool = True


@dataclass(frozen=True)
class Result:
    """What was found of a topic."""

    title: str
    findings: list[Finding]

    @property
    def place(self) -> int:
        """In a list where what is wrong comes first, and what is fine last."""
        return min((GRAVEST_FIRST.index(each.grade) for each in self.findings), default=0)

    def as_data(self) -> list[dict[str, Any]]:
        return [
            {"topic": self.title, "grade": each.grade.value, "sentence": each.sentence}
            for each in self.findings
        ]


TOPICS: Final = (
    Topic(gettext_lazy("Configuración"), secrecy.check_settings, asks_database=False),
    Topic(gettext_lazy("Esquema de la base de datos"), schema.check),
    Topic(gettext_lazy("Permisos en la base de datos"), rights.check),
    Topic(gettext_lazy("Reloj"), clock.check),
    Topic(gettext_lazy("Clave secreta"), secrecy.check_key),
    Topic(gettext_lazy("Contenido"), content.check),
    Topic(gettext_lazy("Archivos"), storage.check, asks_database=False),
    Topic(gettext_lazy("Páginas"), pages.check, asks_database=False),
    Topic(gettext_lazy("Correo"), mail.check, asks_database=False),
    Topic(gettext_lazy("Quienes siguen por correo"), mail.check_followers),
    Topic(gettext_lazy("Trabajo de fondo"), worker.check),
    Topic(gettext_lazy("Registro del portal"), log.check),
    Topic(gettext_lazy("Copias"), backups.check),
    Topic(gettext_lazy("Lo que comparten las máquinas"), hosts.check),
    Topic(gettext_lazy("Dirección pública"), site.check, asks_database=False),
)


def examine() -> list[Result]:
    """Look at everything; without the database, at what can be seen without it."""
    trouble = _trouble_with_database()
    results = []
    if trouble:
        results.append(Result(_("Base de datos"), [trouble]))
    for topic in TOPICS:
        if not (trouble and topic.asks_database):
            results.append(Result(str(topic.title), list(_found(topic))))
    return results


def count(results: list[Result], grade: Grade) -> int:
    return sum(each.grade is grade for result in results for each in result.findings)


def _found(topic: Topic) -> Iterator[Finding]:
    """What the check of TOPIC finds; that it broke is a finding too."""
    try:
        yield from topic.check()
    except Exception as error:  # whatever it is, the others still say what they see
        yield wrong(
            _("No se pudo comprobar: %(kind)s: %(error)s")
            % {"kind": type(error).__name__, "error": error}
        )


def _trouble_with_database() -> Finding | None:
    try:
        connections["default"].ensure_connection()
    except Error as error:
        reason = str(error).strip().splitlines()[-1:] or [type(error).__name__]
        return wrong(
            _(
                "La base de datos no responde (%s): enciéndala, o corrija DATABASE_URL. Lo demás "
                "que depende de ella no se comprobó."
            )
            % reason[0].strip()
        )
    return None
