"""What an edition says at one look."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracking.accountability.edition import Edition
from tracking.models import AccountabilityReport
from tracking.public.card import Card


def card_of_edition(edition: Edition, report: AccountabilityReport) -> Card:
    """EDITION, as REPORT was frozen: it never says anything else."""
    content, semester = edition.content, edition.semester
    card = Card(
        address=report.get_absolute_url(),
        place=content.municipality.name,
        about=_("Rendición de cuentas %s") % semester,
        words=_("Qué se informó de cada promesa, y qué no"),
        is_simulated=content.simulated,
        when=_("Hasta el %(day)s, último día del semestre; edición %(n)s")
        % {"day": date_format(semester.last_day), "n": content.edition},
        has_embed=False,
    )
    return card.counting(edition.verdicts) if edition.verdicts else card
