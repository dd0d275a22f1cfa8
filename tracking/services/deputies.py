"""Name who stands in for somebody who is away, and end it before its day."""

import datetime as dt
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Deputyship, Membership, Municipality, User
from tracking.services.notices import tell_of_deputy

LONGEST: Final = dt.timedelta(days=366)


@transaction.atomic
def name_deputy(
    municipality: Municipality,
    absent: User,
    deputy: User,
    starts_on: dt.date,
    ends_on: dt.date,
    *,
    by: User,
) -> Deputyship:
    """Let DEPUTY report for the units of ABSENT in MUNICIPALITY, from one day to another.

    A form that was sent twice names once. Raises ValidationError by the field that is wrong.
    """
    people = User.objects.select_for_update().filter(pk__in=[absent.pk, deputy.pk])
    list(people.order_by("pk"))  # two who name one another at once wait for one another
    row = Deputyship(
        municipality=municipality,
        absent=absent,
        deputy=deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        named_by=by,
    )
    theirs = Deputyship.objects.filter(municipality=municipality).between(starts_on, ends_on)
    same = theirs.filter(absent=absent, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
    if known := same.first():
        return known
    if trouble := _trouble(row, list(theirs.select_related("absent", "deputy"))):
        raise ValidationError(trouble)
    row.save()
    tell_of_deputy(row, by=by)
    return row


@transaction.atomic
def end_deputyship(deputyship: Deputyship, *, by: User) -> Deputyship:
    """End DEPUTYSHIP now. Raises ValidationError where it is over already."""
    stored = Deputyship.objects.select_for_update().get(pk=deputyship.pk)
    if stored.is_over(at=timezone.localdate()):
        raise ValidationError(_("Ese reemplazo ya había terminado."))
    stored.ended_at = timezone.now()
    stored.save(update_fields=["ended_at"])
    tell_of_deputy(stored, by=by)
    return stored


def _trouble(row: Deputyship, others: list[Deputyship]) -> dict[str, str]:
    """What keeps ROW from being, by its field; OTHERS share days with it."""
    return _trouble_of_days(row) or _trouble_of_people(row) or _trouble_among(row, others)


def _trouble_of_days(row: Deputyship) -> dict[str, str]:
    if row.ends_on < row.starts_on:
        return {"ends_on": _("El último día no puede ser antes del primero.")}
    if row.ends_on < timezone.localdate():
        return {"ends_on": _("Esos días ya pasaron.")}
    if row.ends_on - row.starts_on > LONGEST:
        return {"ends_on": _("Un reemplazo no pasa de un año: quien se va por más deja su rol.")}
    return {}


def _trouble_of_people(row: Deputyship) -> dict[str, str]:
    """Both report there today, and they are two."""
    if row.absent == row.deputy:
        return {"deputy": _("Elija a otra persona: nadie se reemplaza a sí mismo.")}
    reports = Membership.objects.working(Role.REPORTER).filter(municipality=row.municipality)
    reporting = set(reports.values_list("user_id", flat=True))
    for field, person in (("absent", row.absent), ("deputy", row.deputy)):
        if person.pk not in reporting:
            return {field: _("%s no informa por ninguna unidad de esta municipalidad.") % person}
    return {}


def _trouble_among(row: Deputyship, others: list[Deputyship]) -> dict[str, str]:
    """Nobody has two deputies at once, and no deputy has one."""
    for other in others:
        if other.absent == row.absent:
            days = {"deputy": other.deputy, "from": date_format(other.starts_on)}
            days["to"] = date_format(other.ends_on)
            return {"starts_on": _("Ya lo reemplaza %(deputy)s, del %(from)s al %(to)s.") % days}
        if other.deputy == row.absent:
            named = {"person": row.absent, "absent": other.absent}
            sentence = _("%(person)s reemplaza a %(absent)s en esos días: termine antes eso.")
            return {"starts_on": sentence % named}
        if other.absent == row.deputy:
            return {"deputy": _("%s también se ausenta en esos días.") % row.deputy}
    return {}
