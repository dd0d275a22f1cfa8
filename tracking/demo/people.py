"""The people of a simulated municipality: roles with an address that nobody can own."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.hashers import make_password
from django.utils.crypto import salted_hmac

from accounts.choices import RESERVED, Role
from accounts.models import Membership, Municipality, Unit, User
from accounts.permissions import SECOND_FACTOR_ROLES
from tracking.demo.units import OFFICES

PASSWORD: Final = "demostracion-vigia"  # noqa: S105  # for everybody, printed: see the command
OPERATOR: Final = "operador@vigia.example"
PLANNERS: Final = (("planificacion", "Planificación"), ("presupuesto", "Presupuesto"))
ADMINISTRATOR: Final = ("administracion", "Administración municipal")


@dataclass(frozen=True)
class Post:
    """Who somebody is: their mailbox, how they are called, and what they may do."""

    mailbox: str
    title: str
    role: Role
    unit: Unit | None = None


@dataclass(frozen=True)
class Cast:
    """Those who write in the reports of one municipality. ``reporters`` by their unit's id."""

    planners: list[User]
    reporters: dict[int, User]


def add_people(municipality: Municipality, units: dict[str, Unit], *, planners: int) -> Cast:
    """The people of MUNICIPALITY, who report for UNITS (by mailbox), plan and administer."""
    posts = [Post(mailbox, title, Role.PLANNING) for mailbox, title in PLANNERS[:planners]]
    posts.append(Post(*ADMINISTRATOR, Role.ADMINISTRATION))
    titles = {office.mailbox: office.name for office in OFFICES}
    for mailbox, unit in units.items():
        title = f"Responsable de {titles[mailbox]}"
        posts.append(Post(mailbox, title, Role.REPORTER, unit))
    people = _add(posts, municipality, f"{municipality.slug}{RESERVED}")
    return Cast(
        planners=[person for post, person in people if post.role == Role.PLANNING],
        reporters={post.unit.pk: person for post, person in people if post.unit},
    )


def add_operator() -> User:
    mailbox, _at, domain = OPERATOR.partition("@")
    [(_post, person)] = _add([Post(mailbox, "Operación del portal", Role.OPERATOR)], None, domain)
    return person


def _add(
    posts: Iterable[Post], municipality: Municipality | None, domain: str
) -> list[tuple[Post, User]]:
    """Each of POSTS with its person; who is there already stays as they are."""
    emails = {f"{post.mailbox}@{domain}": post for post in posts}
    known = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    User.objects.bulk_create(
        User(email=email, name=f"{post.title} (demostración)", password=_digest())
        for email, post in emails.items()
        if email not in known
    )
    people = {person.email: person for person in User.objects.filter(email__in=emails)}
    added = [people[email] for email in emails if email not in known]
    Membership.objects.bulk_create(
        Membership(
            user=person,
            role=emails[person.email].role,
            municipality=municipality,
            unit=emails[person.email].unit,
        )
        for person in added
    )
    Authenticator.objects.bulk_create(
        Authenticator(
            user=person,
            type=Authenticator.Type.TOTP,
            data={"secret": encrypt(secret_of(person.email))},
        )
        for person in added
        if emails[person.email].role in SECOND_FACTOR_ROLES
    )
    return [(post, people[email]) for email, post in emails.items()]


@cache
def _digest() -> str:
    """One for everybody: each takes half a second, and the password is printed anyway."""
    return make_password(PASSWORD)


def secret_of(email: str) -> str:
    """The secret of a simulated person's second factor: this installation's own, and no other's."""
    digest = salted_hmac("tracking.simulation", email, algorithm="sha256").digest()
    return base64.b32encode(digest[:20]).decode()
