"""A citizen follows a promise by e-mail, reads its letter, and leaves, without JavaScript."""

import datetime as dt
import re
import secrets
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import (
    assert_it_fits,
    assert_it_fits_however_it_is_read,
    assert_it_is_accessible,
)
from tests.letters import letters
from tests.tracking.following.followed import link_in
from tracking.following.sending import send_weekly
from tracking.models import Follow

pytestmark = pytest.mark.django_db  # else no test database is made

PROMISE = "/m/puno/2019-2022/S.1.1.2/"


@pytest.fixture
def page(plain_page: Page) -> Page:
    return plain_page


def next_letter(email: str) -> mail.EmailMultiAlternatives:
    """What they would be told had they followed it from the beginning; nothing of it is kept."""
    mail.outbox.clear()
    with transaction.atomic():
        Follow.objects.filter(follower__email=email).update(
            told_number=0, told_on=dt.date(2019, 1, 1)
        )
        send_weekly(week=timezone.localdate())
        transaction.set_rollback(True)
    (letter,) = (each for each in mail.outbox if each.to == [email])
    assert isinstance(letter, mail.EmailMultiAlternatives)
    return letter


def test_a_promise_is_followed_read_of_and_left(
    page: Page, browser: Browser, portal: str, width: int
) -> None:
    email = f"rosa-{secrets.token_hex(4)}@example.pe"
    page.goto(PROMISE)
    page.get_by_role("link", name="Seguir por correo").click()
    expect(page.get_by_text("Incrementar la cobertura de viviendas")).to_be_visible()
    page.get_by_label("Su correo").fill("rosa")
    page.get_by_role("button", name="Enviarme el enlace para confirmar").click()
    expect(page.get_by_role("alert")).to_contain_text("Eso no es un correo")
    page.get_by_label("Su correo").fill(email)
    page.get_by_role("button", name="Enviarme el enlace para confirmar").click()
    expect(page.get_by_role("heading", name="Mire su correo")).to_be_visible()

    with transaction.atomic():
        asked = next(each for each in letters() if each.to == [email])
        transaction.set_rollback(True)
    page.goto(link_in(asked))
    page.get_by_role("button", name="Seguir").click()
    expect(page.get_by_role("heading", name="Ya lo sigue")).to_be_visible()

    letter = next_letter(email)
    assert letter.subject.startswith("[Avances simulados para demostración] Novedades: ")
    assert f"{PROMISE}\n" in letter.body
    reader = browser.new_page(viewport={"width": width, "height": 780})
    reader.set_content(str(letter.alternatives[0][0]))
    assert_it_fits(reader)
    assert_it_is_accessible(reader)
    assert_it_fits_however_it_is_read(reader)
    reader.close()

    page.goto(urlsplit(link_in(letter)).path)
    page.get_by_role("button", name="El mismo día").click()
    expect(page.get_by_text("El mismo día.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Dejar de seguir")).click()
    expect(page.get_by_role("heading", name="Ya no le escribimos")).to_be_visible()
    assert not Follow.objects.filter(follower__email=email).exists()
