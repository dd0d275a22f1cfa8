"""The offices of a made-up municipality and who works in them: those of the demonstration."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.choices import RESERVED, Role
from accounts.models import Membership, Municipality, Unit, User
from accounts.permissions import SECOND_FACTOR_ROLES
from benchmarks.country.numbers import Numbers
from tracking.demo.people import ADMINISTRATOR, PASSWORD, PLANNERS, Cast, Post, secret_of
from tracking.demo.units import OFFICES

JOINED: Final = timezone.make_aware(dt.datetime(2019, 1, 2, 9))
DIGEST: Final = make_password(PASSWORD, salt="pais")  # one for everybody
RUNS_OUT: Final = {"created_at": JOINED, "last_used_at": None}


@dataclass(frozen=True)
class People:
    """``units`` by their mailbox; ``rows`` are all that is to be written, units too."""

    units: dict[str, Unit]
    cast: Cast
    rows: list[Unit | User | Membership | Authenticator]


def people_of(place: Municipality, numbers: Numbers) -> People:
    units = {
        office.mailbox: Unit(municipality=place, name=office.name, acronym=office.acronym)
        for office in OFFICES
    }
    numbers.number(*units.values())
    posts = [Post(mailbox, title, Role.PLANNING) for mailbox, title in PLANNERS]
    posts.append(Post(*ADMINISTRATOR, Role.ADMINISTRATION))
    posts += [
        Post(key, f"Responsable de {unit}", Role.REPORTER, unit) for key, unit in units.items()
    ]
    rows: list[Unit | User | Membership | Authenticator] = [*units.values()]
    planners, reporters = [], {}
    for post in posts:
        person = User(
            email=f"{post.mailbox}@{place.slug}{RESERVED}",
            name=f"{post.title} (demostración)",
            password=DIGEST,
            joined_at=JOINED,
        )
        held = Membership(user=person, role=post.role, municipality=place, unit=post.unit)
        numbers.number(person, held)
        held.user_id = person.pk
        rows += [person, held]
        if post.role in SECOND_FACTOR_ROLES:
            secret = {"secret": encrypt(secret_of(person.email))}
            kind = Authenticator.Type.TOTP
            rows.append(Authenticator(user=person, type=kind, data=secret, **RUNS_OUT))
            numbers.number(rows[-1])
        if post.role == Role.PLANNING:
            planners.append(person)
        if post.unit:
            reporters[post.unit.pk] = person
    return People(units, Cast(planners, reporters), rows)
