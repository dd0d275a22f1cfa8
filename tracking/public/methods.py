"""The chapters of the methodology, with their sections by their anchors."""

from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Chapter(NamedTuple):
    """A page at SLUG, and what is in it: its sections by their anchors."""

    slug: str
    title: str | Promise
    sections: dict[str, str | Promise]

    @property
    def address(self) -> str:
        return reverse("tracking:methodology_chapter", args=[self.slug])

    @property
    def template(self) -> str:
        return f"tracking/methodology/_{self.slug}.html"


CHAPTERS: Final = (
    Chapter(
        "plan",
        gettext_lazy("El plan y su texto"),
        {
            "plan": gettext_lazy("Qué es un plan"),
            "transcripcion": gettext_lazy("Cómo se transcribe y se comprueba"),
            "quien": gettext_lazy("De quién es la promesa"),
            "lugares": gettext_lazy("Municipalidades"),
        },
    ),
    Chapter(
        "informar",
        gettext_lazy("Cómo se informa"),
        {
            "informar": gettext_lazy("Cómo informa una municipalidad"),
            "relojes": gettext_lazy("Tres relojes que no se mezclan"),
            "correcciones": gettext_lazy("Correcciones y retiros"),
            "simulado": gettext_lazy("Avances simulados"),
        },
    ),
    Chapter(
        "medir",
        gettext_lazy("Cómo se mide"),
        {
            "medir": gettext_lazy("Las clases de promesas"),
            "escala": gettext_lazy("Los pasos de una entrega"),
            "porcentaje": gettext_lazy("Cómo se calcula un porcentaje"),
        },
    ),
    Chapter(
        "contar",
        gettext_lazy("Cómo se cuenta"),
        {
            "senal": gettext_lazy("Las señales de cada informe"),
            "balance": gettext_lazy("Cómo se cuenta el balance de un plan"),
            "puntualidad": gettext_lazy("La puntualidad"),
            "comparar": gettext_lazy("Cómo se compara"),
            "gasto": gettext_lazy("El gasto"),
        },
    ),
    Chapter(
        "comprobar",
        gettext_lazy("Cómo se comprueba"),
        {
            "rendicion": gettext_lazy("La rendición de cuentas de un semestre"),
            "registro": gettext_lazy("El registro de publicaciones"),
            "arbol": gettext_lazy("El registro de todo el portal"),
        },
    ),
)
