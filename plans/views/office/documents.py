"""The documents of a plan: those that were filed as it, and what others added to it later."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.forms.documents import AddedDocumentForm, AddedElementForm
from plans.plan_path import PlanPath
from plans.services.editing import save_element
from plans.services.publishing import add_document
from plans.source_text import SourceText
from plans.views.office.lookup import filed_plan


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def documents(request: OfficeRequest, municipality: Municipality, path: PlanPath) -> HttpResponse:
    plan = filed_plan(municipality, path)
    form = AddedDocumentForm(request.POST if request.method == "POST" else request.kept)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            added = add_document(
                plan,
                form.draft,
                added_on=values["added_on"],
                added_by=values["added_by"],
                by=request.user,
            )
        except ValidationError as refused:
            form.add_error("text", refused)
        else:
            messages.success(request, _("Ya es público. Ahora diga qué añade al plan."))
            return redirect("office_plans:document", municipality.slug, path, added.number)
    rows = list(plan.documents.defer("text"))
    for row in rows:
        row.plan = plan
    context = {"municipality": municipality, "plan": plan, "documents": rows, "form": form}
    return form_page(request, "plans/documents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def document(
    request: OfficeRequest, municipality: Municipality, path: PlanPath, number: int
) -> HttpResponse:
    """What a document that was added adds to the plan, one text after the other."""
    plan = filed_plan(municipality, path)
    added = get_object_or_404(plan.documents.filter(added_on__isnull=False), number=number)
    added.plan = plan
    data = request.POST if request.method == "POST" else request.kept
    form = AddedElementForm(data, plan=plan, document=added)
    if request.method == "POST" and form.is_valid():
        try:
            save_element(form.element, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            said = _("Añadido con el código %s. Falta decir cómo se mide y quién responde.")
            messages.success(request, said % form.element.ref)
            return redirect(request.get_full_path())
    context = {
        "municipality": municipality,
        "plan": plan,
        "document": added,
        "form": form,
        "elements": added.elements.current().in_document_order().defer("search"),
        "lines": list(enumerate(SourceText(added.text).text.rstrip("\n").split("\n"), start=1)),
    }
    return form_page(request, "plans/document.html", context)
