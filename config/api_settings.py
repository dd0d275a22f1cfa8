"""How the API answers and describes itself: what its framework is told."""

from typing import Any, Final

# What is open to programs: read by anybody, from any page, so many times a minute. The framework is
# not among the apps: its translations would take the place of Django's in every form.
REST_FRAMEWORK: Final[dict[str, Any]] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["tracking.api.throttling.Patience"],
    "DEFAULT_THROTTLE_RATES": {"address": "600/min"},
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "tracking.api.description.Described",
    "EXCEPTION_HANDLER": "tracking.api.problems.problem",
    "URL_FORMAT_OVERRIDE": None,
}


def described_at(site_url: str) -> dict[str, Any]:
    """The description of the API of the portal at SITE_URL."""
    return {
        "TITLE": "API de Vigía",
        "VERSION": "1",
        "DESCRIPTION": (
            "Lo que muestran las páginas, para programas: planes de gobierno municipal, lo que "
            "se informó de cada promesa y cómo está. Solo lo publicado; con una clave, además, el "
            "sistema de una municipalidad informa. Las cifras son textos decimales; lo que no se "
            "sabe es null. Véase docs/api.md."
        ),
        "SERVE_INCLUDE_SCHEMA": False,
        "SCHEMA_PATH_PREFIX": "/api/v1",
        "SERVERS": [{"url": site_url}],
        "COMPONENT_SPLIT_PATCH": False,  # a change says which edition it saw
        "ENUM_NAME_OVERRIDES": {
            "Level": "plans.choices.Level",
            "MeasureKind": "plans.choices.MeasureKind",
            "ActivityKind": "plans.choices.ActivityKind",
            "PlanStanding": "plans.choices.Standing",
            "MunicipalityKind": "accounts.choices.MunicipalityKind",
            "State": "tracking.choices.Stage",
            "Signal": "tracking.choices.Signal",
            "Unlikely": "tracking.choices.Unlikely",
        },
        "POSTPROCESSING_HOOKS": [
            "drf_spectacular.hooks.postprocess_schema_enums",
            "tracking.api.description.without_docstrings",
        ],
    }
