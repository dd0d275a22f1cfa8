"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def demonstration(request: HttpRequest) -> dict[str, bool]:
    """Whether all of this portal is a demonstration in public: then each page says so."""
    return {"is_public_demonstration": settings.DEMONSTRATION}
