"""The page of a PDF beside the words of a draft."""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from accounts.limited.process import BusyError
from accounts.models import Municipality, User
from plans import drafting
from plans.models import PlanImport
from plans.services.imports import read
from tests.conftest import SignIn
from tests.plans.importers.mended import outline_of
from tests.plans.office.drafts import TARGET, at
from tests.plans.sent import reading_as, send

pytestmark = pytest.mark.django_db
PICTURE = b"RIFF....WEBP"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was asked to be drawn."""
    asked: list[dict[str, Any]] = []

    def draw(content: bytes, text: str, spans: Any, page: int, *, is_whole: bool) -> bytes:
        asked.append({"content": content, "page": page, "is_whole": is_whole})
        return PICTURE

    caches["pictures"].clear()
    monkeypatch.setattr(drafting, "picture_of", draw)
    return asked


@pytest.fixture
def of_pdf(puno: Municipality, planner: User) -> PlanImport:
    outline = outline_of()
    draft = send(puno, planner, content=b"%PDF-1.7", file_name="plan.pdf", outline=outline)
    reading_as(outline, lambda: read(draft.pk))
    return PlanImport.objects.get(pk=draft.pk)


def test_the_page_is_shown_beside_the_words_and_loaded_when_it_is_seen(
    mine: Client, of_pdf: PlanImport, drawn: list[dict[str, Any]]
) -> None:
    page = mine.get(at(of_pdf, "import_item", TARGET)).content.decode()
    address = at(of_pdf, "import_picture", TARGET, 1)
    assert f'<img src="{address}" loading="lazy" alt="Página 1 de plan.pdf' in page
    answer = mine.get(address)
    assert (answer.content, answer["Content-Type"]) == (PICTURE, "image/webp")
    mine.get(f"{address}?entera")
    mine.get(address)  # it is kept a while
    assert [(each["content"], each["is_whole"]) for each in drawn] == [
        (b"%PDF-1.7", False), (b"%PDF-1.7", True),
    ]  # fmt: skip


@pytest.mark.parametrize(("key", "page"), [(TARGET, 2), (99, 1)])
def test_there_is_no_picture_of_what_is_not_there(
    mine: Client, of_pdf: PlanImport, drawn: list[dict[str, Any]], key: int, page: int
) -> None:
    answer = mine.get(at(of_pdf, "import_picture", key, page))
    assert (answer["Location"], drawn) == (at(of_pdf, "import_item", key), [])


def test_a_text_has_its_lines_and_no_picture(mine: Client, draft: PlanImport) -> None:
    page = mine.get(at(draft, "import_item", TARGET)).content.decode()
    assert "import_picture" not in page
    assert "/pagina-" not in page
    assert mine.get(at(draft, "import_picture", TARGET, 1)).status_code == 302


def test_who_comes_while_another_is_drawn_is_told_when_to_come_again(
    mine: Client, of_pdf: PlanImport, drawn: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: Any, **_given: Any) -> bytes:
        raise BusyError

    monkeypatch.setattr(drafting, "picture_of", busy)
    answer = mine.get(at(of_pdf, "import_picture", TARGET, 1))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_the_page_of_a_plan_is_of_its_municipality(
    of_pdf: PlanImport, lamas: Municipality, outsider: User, signed_in: SignIn, drawn: list[Any]
) -> None:
    client = signed_in(outsider)
    assert client.get(at(of_pdf, "import_picture", TARGET, 1)).status_code == 404
    own = reverse("office_plans:import_picture", args=["lamas", of_pdf.pk, TARGET, 1])
    assert (client.get(own).status_code, drawn) == (404, [])
