"""The help of the pages of people, units and authorities, in two sentences each."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.help.chapters import FIRST_DAY, SYSTEMS, Help

HELP: Final[dict[str, Help]] = {
    "office_accounts:people": Help(
        FIRST_DAY,
        _(
            "Quién trabaja aquí y qué puede hacer. "
            "Cada persona pone su contraseña al aceptar su invitación."
        ),
    ),
    "office_accounts:units": Help(
        FIRST_DAY,
        _(
            "Las oficinas que informan, con el nombre de su organigrama. "
            "El contacto de la municipalidad es público."
        ),
    ),
    "office_accounts:authorities": Help(
        FIRST_DAY,
        _(
            "Quién gobernó y en qué fechas, con el documento que lo dice. "
            "Sale en las páginas públicas y en las rendiciones."
        ),
    ),
    "office_accounts:elected": Help(
        FIRST_DAY,
        _(
            "Carga la lista de autoridades elegidas que publica el JNE. "
            "Los números de identidad se descartan sin leerse."
        ),
    ),
    "installation": Help(
        FIRST_DAY,
        _(
            "Dice qué está mal en el servidor del portal y cómo se remedia. "
            "Es lo mismo que «manage.py doctor»."
        ),
    ),
    "office_accounts:tokens": Help(
        SYSTEMS,
        _(
            "Una clave deja que otro sistema informe por usted. "
            "Se muestra una sola vez, y se anula cuando haga falta."
        ),
    ),
}
