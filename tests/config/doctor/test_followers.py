"""How many follow something, and whether their letters leave."""

import datetime as dt

import pytest
from pytest_django import Settings

from config.doctor.findings import Grade
from config.doctor.mail import check, check_followers
from tracking.models import Follower

pytestmark = pytest.mark.django_db


def said() -> tuple[Grade, str]:
    (found,) = check_followers()
    return found.grade, found.sentence


def test_who_follows_is_counted_and_not_named(settings: Settings) -> None:
    assert said() == (Grade.FINE, "0 direcciones siguen algo por correo.")
    Follower.objects.create(email="rosa@example.pe", kept_until=dt.date(2027, 11, 29))
    Follower.objects.create(email="juan@example.pe")  # who did not confirm
    grade, sentence = said()
    assert grade == Grade.WATCH
    assert sentence.startswith("1 dirección sigue algo por correo, y sus cartas no salen")
    settings.MAIL_SERVICE = "mailgun"
    assert said() == (Grade.FINE, "1 dirección sigue algo por correo.")


def test_a_service_that_nobody_hears_is_to_be_watched(settings: Settings) -> None:
    settings.MAIL_SERVICE, settings.ANYMAIL = "mailgun", {}
    settings.DEFAULT_FROM_EMAIL = "Vigía <vigia@example.pe>"
    assert [each.grade for each in check()] == [Grade.FINE, Grade.WATCH]
    settings.ANYMAIL = {"WEBHOOK_SECRET": "a:b"}
    assert [each.grade for each in check()] == [Grade.FINE]
