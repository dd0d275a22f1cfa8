"""Where planning says how the plan is measured and who answers for it."""

from django.urls import path

from plans.views.office.alike import measure
from plans.views.office.answering import answering, answering_sheet
from plans.views.office.classes import classes, coverage
from plans.views.office.correcting import correct, withdraw
from plans.views.office.differences import differences, publish
from plans.views.office.documents import document, documents
from plans.views.office.elements import elements
from plans.views.office.imports import about, draft, drop, form_to_fill, imports
from plans.views.office.measuring import measuring, measuring_file, measuring_upload
from plans.views.office.mending import item, picture, source, undo_step
from plans.views.office.plans import plans, standing
from plans.views.office.terms import terms

DRAFT = "<slug:slug>/importar/<int:pk>/"

app_name = "office_plans"
urlpatterns = [
    path("<slug:slug>/", plans, name="plans"),
    path("<slug:slug>/importar/", imports, name="imports"),
    path("<slug:slug>/importar/plantilla-<term:term>.xlsx", form_to_fill, name="import_form"),
    path(DRAFT, draft, name="import"),
    path(f"{DRAFT}datos/", about, name="import_about"),
    path(f"{DRAFT}documento/", source, name="import_source"),
    path(f"{DRAFT}deshacer/", undo_step, name="import_undo"),
    path(f"{DRAFT}diferencias/", differences, name="import_differences"),
    path(f"{DRAFT}publicar/", publish, name="import_publish"),
    path(f"{DRAFT}descartar/", drop, name="import_drop"),
    path(f"{DRAFT}<int:key>/", item, name="import_item"),
    path(f"{DRAFT}<int:key>/pagina-<int:number>/", picture, name="import_picture"),
    path("<slug:slug>/<term:term>/", elements, name="elements"),
    path("<slug:slug>/<plan:path>/condicion/", standing, name="standing"),
    path("<slug:slug>/<plan:path>/clasificaciones/", classes, name="classes"),
    path("<slug:slug>/<plan:path>/clasificaciones/cobertura/", coverage, name="coverage"),
    path("<slug:slug>/<plan:path>/documentos/", documents, name="documents"),
    path("<slug:slug>/<plan:path>/documentos/<int:number>/", document, name="document"),
    path("<slug:slug>/<term:term>/medir/", measure, name="measure"),
    path("<slug:slug>/<term:term>/responsables/", answering, name="answering"),
    path(
        "<slug:slug>/<term:term>/responsables/responsables.xlsx",
        answering_sheet,
        name="answering_file",
    ),
    path("<slug:slug>/<term:term>/hoja/", measuring, name="measuring"),
    path("<slug:slug>/<term:term>/hoja/archivo/", measuring_upload, name="measuring_upload"),
    path("<slug:slug>/<term:term>/hoja/medicion.xlsx", measuring_file, name="measuring_file"),
    path("<slug:slug>/<plan:path>/<ref:ref>/texto/", correct, name="correct"),
    path("<slug:slug>/<plan:path>/<ref:ref>/retirar/", withdraw, name="withdraw"),
    path("<slug:slug>/<term:term>/<ref:ref>/", terms, name="terms"),
]
