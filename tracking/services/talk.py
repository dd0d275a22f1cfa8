"""Say something under a report, to whoever writes or reviews it. Nothing of it is public."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from tracking.models import Message, ProgressReport
from tracking.permissions import roles_in, stood_in_for
from tracking.services.notices import tell_of_message


@transaction.atomic
def say(report: ProgressReport, text: str, *, by: User) -> Message:
    """Add TEXT, or ValidationError where it is blank, to the talk on REPORT; sent twice, once."""
    stored = ProgressReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    text = text.strip()
    if not text:
        raise ValidationError(_("Escriba su mensaje."))
    last = stored.messages.order_by("-at", "-pk").first()
    if last and (last.by_id, last.text) == (by.pk, text):
        return last
    is_from_planning = Role.PLANNING in roles_in(by, report.municipality)
    absent = stood_in_for(by, [stored.element_id]).get(stored.element_id)
    message = Message.objects.create(
        report=stored, by=by, on_behalf_of=absent, is_from_planning=is_from_planning, text=text
    )
    tell_of_message(message)
    return message
