"""An archive of Puno's term: a semester reported, closed and accounted for twice, and signed."""

from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.conftest import MakeOnce
from tests.factories import make_municipality
from tests.tracking.issued import Accounted, accounted_in
from tests.tracking.published import FIRST, correct, draft, photographed, publish, sustain
from tests.tracking.signed import signed_by_somebody
from tests.tracking.transparency.authority import stamp_head
from tests.tracking.transparency.trees import enter
from tracking.accountability.rendering import make_files
from tracking.archiving.archive import Archived, archive
from tracking.models import Support
from tracking.services.previews import make_previews
from tracking.transparency.growing import grow

TYPED = f"{settings.SITE_URL}/static/..%2f..%2fnada"
UNPUBLISHED = "Esto todavía lo lee solo la oficina."


class Kept(NamedTuple):
    """What was archived, and of what."""

    made: Archived
    of: Accounted

    @property
    def path(self) -> Path:
        return self.made.path


def told() -> Accounted:
    """All that an archive can hold, and a draft that it may not."""
    accounted = accounted_in()
    accounted.spend()
    signed_by_somebody(accounted.issue(), by=accounted.planner)
    correction = correct(accounted.report, "Faltaba una fotografía.", accounted.reporter)
    sustain(correction, "Aviso", url=TYPED)
    photographed(correction)
    publish(correction, by=accounted.planner)
    accounted.issue(2, "Se corrigió.")
    draft(accounted.target, FIRST, accounted.reporter, narrative=UNPUBLISHED)
    for support in Support.objects.filter(url="", title="Acta de recepción"):
        if not default_storage.exists(support.storage_name):
            default_storage.save(support.storage_name, ContentFile(support.title.encode()))
    make_files()
    make_previews(at=timezone.now())
    enter(make_municipality("Lamas", "220501", region="San Martín"), 3)
    grow(at=timezone.now())
    stamp_head()
    return accounted


@pytest.fixture(scope="module")
def kept(make_once: MakeOnce, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Made once for a file: nobody changes it."""

    def make() -> Kept:
        accounted = told()
        return Kept(archive(accounted.plan, tmp_path_factory.mktemp("archivo")), accounted)

    return make_once(make)
