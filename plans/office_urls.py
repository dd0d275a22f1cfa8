"""Where planning says how the plan is measured and who answers for it."""

from django.urls import path

from plans.views.office.alike import measure
from plans.views.office.elements import elements
from plans.views.office.plans import plans, standing
from plans.views.office.terms import terms

app_name = "office_plans"
urlpatterns = [
    path("<slug:slug>/", plans, name="plans"),
    path("<slug:slug>/<term:term>/", elements, name="elements"),
    path("<slug:slug>/<plan:path>/condicion/", standing, name="standing"),
    path("<slug:slug>/<term:term>/medir/", measure, name="measure"),
    path("<slug:slug>/<term:term>/<ref:ref>/", terms, name="terms"),
]
