from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

from plans.converters import PlanConverter, RefConverter, SemesterConverter, TermConverter


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = _("Planes de gobierno")

    def ready(self) -> None:
        register_converter(TermConverter, "term")
        register_converter(PlanConverter, "plan")
        register_converter(RefConverter, "ref")
        register_converter(SemesterConverter, "semester")
