"""Write what the public reads about a municipality: its names, its units, its authorities."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Authority, Municipality, Unit


@transaction.atomic
def save_municipality(municipality: Municipality) -> None:
    """Add or correct MUNICIPALITY, and let its pages know."""
    if municipality.pk is not None:
        municipality.revision = F("revision") + 1
    municipality.save()
    municipality.refresh_from_db(fields=["revision"])


@transaction.atomic
def save_part(part: Authority | Unit) -> None:
    """Add or correct an authority or a unit, and let its municipality's pages know.

    Raises ValidationError for closing a unit for which somebody still reports, and for what is
    there already: somebody else added it meanwhile, or the same person with a first tap.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=part.municipality_id)
    part.validate_constraints()
    if isinstance(part, Unit) and part.pk and part.closed_on and part.has_people():
        message = _("Todavía hay personas que informan por esta unidad: cámbielas antes de unidad.")
        raise ValidationError({"closed_on": message})
    part.save()
    Municipality.objects.filter(pk=part.municipality_id).let_pages_know()
