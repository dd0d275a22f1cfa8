"""The public revision that pages are stored under: of a municipality, and of the whole portal."""

from accounts.models import Municipality
from accounts.services.directory import save_municipality


def test_the_portals_revision_grows_with_any_municipality(
    puno: Municipality, lamas: Municipality
) -> None:
    before = Municipality.objects.public_revision()
    Municipality.objects.filter(pk=lamas.pk).let_pages_know()
    assert Municipality.objects.public_revision() == before + 1
    assert Municipality.objects.filter(pk=puno.pk).public_revision() == puno.revision


def test_a_municipality_more_is_a_change_of_the_portal(puno: Municipality) -> None:
    before = Municipality.objects.public_revision()
    save_municipality(
        Municipality(
            kind="distrital", name="Coata", province="Puno", region="Puno", inei="210105", slug="co"
        )
    )
    assert Municipality.objects.public_revision() > before


def test_a_country_without_municipalities_has_a_revision(db: None) -> None:
    assert Municipality.objects.public_revision() == 0
