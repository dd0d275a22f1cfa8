"""What the pages of review share: the form that publishes, and what is told of it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Municipality
from accounts.office import OfficeRequest
from tracking.office.forms.review import PublishForm
from tracking.services.review import Publication


def publish_form(request: OfficeRequest, municipality: Municipality, data: Any) -> PublishForm:
    return PublishForm(data, municipality=municipality, by=request.user)


def kept_unit(request: OfficeRequest) -> str:
    """The unit that was chosen, as the end of an address; "" without one."""
    chosen = request.GET.get("unidad", "")
    return f"?{urlencode({'unidad': chosen})}" if chosen else ""


def tell(request: OfficeRequest, done: Publication) -> None:
    """«Se publicaron 24 informes. 1 no: S.1.2 (cambió después de que usted lo leyó).»"""
    count, left = len(done.published), len(done.left)
    sentence = _("No se publicó nada.")
    if count:
        sentence = ngettext("Se publicó %s informe.", "Se publicaron %s informes.", count) % count
    if left:
        reasons = ", ".join(
            f"{report.element.ref} ({reason[:1].lower()}{reason[1:].rstrip('.')})"
            for report, reason in done.left
        )
        sentence += " " + _("%(n)s no: %(reasons)s.") % {"n": left, "reasons": reasons}
    messages.add_message(
        request, messages.WARNING if left or not count else messages.SUCCESS, sentence
    )
