"""Where officers report: each room, then the municipality, then the semester."""

from django.urls import path

from tracking.office.views import (
    accountability,
    deputies,
    executed,
    notebook,
    notices,
    panel,
    picking,
    report,
    review,
    review_report,
    signing,
    spending,
    spending_file,
    supports,
    windows,
    year,
)
from tracking.office.views.corrections import correct
from tracking.office.views.in_force import come_in_force
from tracking.office.views.narratives import narratives
from tracking.office.views.semester import my_semester, send_complete
from tracking.office.views.semester_file import semester_file, semester_upload
from tracking.office.views.sheet import sheet
from tracking.office.views.start import home, prepare, start
from tracking.office.views.talk import talk

SEMESTER = "semestre/<slug:slug>/<semester:semester>/"
REPORT = f"{SEMESTER}<ref:ref>/"
SUPPORT = f"{REPORT}sustentos/<int:pk>/"
NOTEBOOK = f"{REPORT}cuaderno/"
REVIEW = "revision/<slug:slug>/<semester:semester>/"
WINDOW = "semestres/<slug:slug>/<semester:semester>/"
SPENDING = "gasto/<slug:slug>/<int:year>/"
ACCOUNTABILITY = "rendicion/<slug:slug>/<semester:semester>/"

app_name = "office"
urlpatterns = [
    path("", start, name="start"),
    path("avisos/", notices.notices, name="notices"),
    path("avisos/preferencias/", notices.choices, name="notice_choices"),
    path("reemplazos/<slug:slug>/", deputies.deputies, name="deputies"),
    path("reemplazos/<slug:slug>/<int:pk>/terminar/", deputies.end, name="end_deputyship"),
    path("municipio/<slug:slug>/", home, name="home"),
    path("municipio/<slug:slug>/primer-dia/", prepare, name="first_day"),
    path("municipio/<slug:slug>/primer-dia/<term:term>/", prepare, name="first_day_of"),
    path(SEMESTER, my_semester, name="semester"),
    path(f"{SEMESTER}enviar/", send_complete, name="send_complete"),
    path(f"{SEMESTER}recordar/", panel.remind, name="remind"),
    path(f"{SEMESTER}hoja/", sheet, name="sheet"),
    path(f"{SEMESTER}hoja/mi-hoja.xlsx", semester_file, name="semester_file"),
    path(f"{SEMESTER}hoja/archivo/", semester_upload, name="semester_upload"),
    path(f"{SEMESTER}narrativos/", narratives, name="narratives"),
    path(f"{SEMESTER}papel/", year.paper, name="paper"),
    path(REPORT, report.report, name="report"),
    path(f"{REPORT}recuperar/", report.recall, name="recall"),
    path(f"{REPORT}conversacion/", talk, name="talk"),
    path(NOTEBOOK, notebook.notebook, name="notebook"),
    path(f"{NOTEBOOK}traer/", notebook.bring, name="bring_notes"),
    path(f"{NOTEBOOK}<int:pk>/", notebook.note, name="note"),
    path(f"{NOTEBOOK}<int:pk>/quitar/", notebook.remove, name="remove_note"),
    path(f"{NOTEBOOK}archivo/<int:pk>/", notebook.file, name="note_file"),
    path(f"{NOTEBOOK}archivo/<int:pk>/quitar/", notebook.remove_file, name="remove_note_file"),
    path(f"{REPORT}corregir/", correct, name="correct"),
    path(f"{REPORT}sustentos/", supports.supports, name="add_support"),
    path(f"{REPORT}sustentos/elegir/", picking.pick, name="pick_supports"),
    path(SUPPORT, supports.support, name="support"),
    path(f"{SUPPORT}vista/", supports.preview, name="support_preview"),
    path(f"{SUPPORT}datos/", supports.describe, name="describe_support"),
    path(f"{SUPPORT}quitar/", supports.remove, name="remove_support"),
    path(f"{SUPPORT}retirar/", supports.withhold, name="withhold"),
    path("revision/<slug:slug>/", review.queues, name="reviews"),
    path(REVIEW, review.queue, name="review"),
    path(f"{REVIEW}sin-dudas/", review.plain, name="review_plain"),
    path(f"{REVIEW}<int:pk>/", review_report.report, name="review_report"),
    path("semestres/<slug:slug>/", windows.windows, name="windows"),
    path("semestres/<slug:slug>/calendario.ics", year.calendar, name="calendar"),
    path("semestres/<slug:slug>/<int:year>/", year.year, name="year"),
    path(WINDOW, windows.window, name="window"),
    path(f"{WINDOW}cerrar/", windows.close, name="close"),
    path("rendicion/<slug:slug>/", accountability.semesters, name="accountability"),
    path(ACCOUNTABILITY, accountability.draft, name="accountability_draft"),
    path(f"{ACCOUNTABILITY}borrador/", accountability.preview, name="accountability_preview"),
    path(f"{ACCOUNTABILITY}emitir/", accountability.issue, name="accountability_issue"),
    path(
        f"{ACCOUNTABILITY}edicion-<int:edition>/firmas/", signing.sign, name="accountability_sign"
    ),
    path(
        f"{ACCOUNTABILITY}edicion-<int:edition>/firmas/<int:number>/retirar/",
        signing.withhold,
        name="accountability_withhold",
    ),
    path("rige/<slug:slug>/<plan:path>/", come_in_force, name="come_in_force"),
    path("poi/<slug:slug>/", executed.newest, name="executed_newest"),
    path("poi/<slug:slug>/<int:year>/", executed.executed, name="executed"),
    path("gasto/<slug:slug>/", spending.expenditures, name="expenditures"),
    path(SPENDING, spending.expenditure, name="expenditure"),
    path(f"{SPENDING}gasto.xlsx", spending_file.expenditure_file, name="expenditure_file"),
    path(f"{SPENDING}archivo/", spending_file.expenditure_upload, name="expenditure_upload"),
]
