"""Every resource of the API, by its name."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from tracking.api import problems
from tracking.api.reading import (
    asked,
    passages,
    places,
    plans,
    promises,
    publications,
    reports,
    standings,
)
from tracking.api.schema import docs, schema
from tracking.api.writing import draft_supports, drafts, worklist

router = SimpleRouter()
for name, view in {
    "municipalities": places.Municipalities,
    "units": places.Units,
    "semesters": places.Semesters,
    "plans": plans.Plans,
    "elements": promises.Elements,
    "dimensions": promises.Dimensions,
    "problems": promises.Problems,
    "objectives": promises.Objectives,
    "activities": promises.Activities,
    "targets": promises.Targets,
    "guidelines": promises.Guidelines,
    "passages": passages.Passages,
    "terms": reports.Terms,
    "reports": reports.Reports,
    "supports": reports.Supports,
    "expenditures": reports.Expenditures,
    "asked": asked.AskedLines,
    "standings": standings.Standings,
    "accountability-reports": publications.AccountabilityReports,
    "ledger": publications.Ledger,
    "worklist": worklist.Worklist,
    "drafts": drafts.Drafts,
}.items():
    router.register(name, view, basename=name)

SUPPORTS = draft_supports.DraftSupports.as_view({"post": "create"})
SUPPORT = draft_supports.DraftSupports.as_view({"delete": "destroy"})

app_name = "api"
urlpatterns = [
    path("", include(router.urls)),
    path("drafts/<int:draft>/supports/", SUPPORTS, name="draft-supports"),
    path("drafts/<int:draft>/supports/<int:id>/", SUPPORT, name="draft-support"),
    path("schema/", schema, name="schema"),
    path("docs/", docs, name="docs"),
    re_path("", problems.Nothing.as_view()),
]
