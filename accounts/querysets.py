"""Readable questions about municipalities and people."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, FloatField, Func, TextField, Value
from django.db.models.functions import Greatest

from accounts.choices import MunicipalityKind, Role

if TYPE_CHECKING:
    from accounts.models import Deputyship, Invitation, Membership, Municipality, Token, User

PLACE_LENGTH = 100
ALIKE = 0.35
"""Of 1: "hunacane" is 0.38 from "huancane", "otusco" 0.40 from "otuzco"."""
CAPITAL = 1
"""How close a place is that is called otherwise, and whose capital has the name."""
A_WEEK = dt.timedelta(days=7)
# What people write around the name of a place.
COMMON = frozenset(
    [
        "municipalidad",
        "municipio",
        "provincial",
        "distrital",
        "distrito",
        "provincia",
        "región",
        "region",
        "departamento",
        "de",
        "del",
        "la",
        "las",
        "el",
        "los",
        "y",
    ]
)


def plain(text: str) -> Func:
    """The database's folding of TEXT: lower case, no accents (the SQL function ``vigia_plain``)."""
    return Func(Value(text), function="vigia_plain", output_field=TextField())


def _naming(text: str) -> list[str]:
    """The words of TEXT that name a place; all of them where none does."""
    words = re.findall(r"\w+", text[:PLACE_LENGTH])
    return [word for word in words if word.lower() not in COMMON] or words


def folded(name: str) -> str:
    """NAME in lower case, without accents: what `plain` is in the database."""
    decomposed = unicodedata.normalize("NFD", name.lower())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


class MunicipalityQuerySet(models.QuerySet[Any]):
    def in_region(self, region: str) -> Self:
        return self.filter(region=region) if region else self

    def of_region(self, slug: str) -> Self:
        """Those of the region that addresses call SLUG: "san-martin" is San Martín."""
        region = Func(F("region"), function="vigia_plain", output_field=TextField())
        return self.alias(plain_region=region).filter(plain_region=slug.replace("-", " "))

    def let_pages_know(self) -> None:
        """Raise their public revision: something that the public sees has changed."""
        self.update(revision=models.F("revision") + 1)

    def held(self) -> Self:
        """Locked until the transaction ends, for whoever is going to let pages know.

        Taken before the elements of their plans, so that no two wait for each other. Whoever only
        refers to a municipality, as a draft does, need not wait.
        """
        return self.select_for_update(no_key=True, of=("self",)).order_by("pk")

    def provincial(self) -> Self:
        return self.filter(kind=MunicipalityKind.PROVINCIAL)

    def of_province(self, region: str, province: str) -> Self:
        """A province's municipalities, the provincial one first."""
        return self.filter(region=region, province=province).order_by("-kind", "search_name")

    def regions(self) -> list[str]:
        """Their names in the order of a dictionary: Áncash with the A."""
        names = set(self.order_by().values_list("region", flat=True).distinct())
        return sorted(names, key=folded)

    def provinces(self) -> list[str]:
        """The names of theirs, in the same order."""
        names = set(self.order_by().values_list("province", flat=True).distinct())
        return sorted(names, key=folded)

    def named(self, text: str) -> Self:
        """Those where each word of TEXT begins one of their name, capital, province or region.

        Accents and case ignored. Best first (``closeness``): 0 is the place of exactly that name,
        1 the one whose capital has it, 2 a name that begins with it, 3 the rest.
        """
        words = _naming(text)
        if not words:
            nothing = self.none() if text.strip() else self
            return nothing.annotate(closeness=Value(3))
        rows = self
        for word in words:
            rows = rows.filter(search_text__contains=plain(f" {word}"))
        name = " ".join(words)
        capital = Func(F("capital"), function="vigia_plain", output_field=TextField())
        return (
            rows.alias(plain_capital=capital)
            .annotate(
                closeness=models.Case(
                    models.When(search_name=plain(name), then=0),
                    models.When(plain_capital=plain(name), then=CAPITAL),
                    models.When(plain_capital__endswith=plain(f", {name}"), then=CAPITAL),
                    models.When(search_name__startswith=plain(name), then=2),
                    default=3,
                )
            )
            .order_by("closeness", "-kind", "search_name", "province")
        )

    def sounding_like(self, text: str, most: int) -> list[Municipality]:
        """Up to MOST whose name, capital, province or region is nearly TEXT, likest first.

        For a slip of the hand, where `named` finds nothing; by their groups of three letters. Where
        a municipality's own name is meant, those that only lie in that province are left out.
        """
        typed = plain(" ".join(_naming(text)))
        own_name = Func("search_name", typed, function="similarity", output_field=FloatField())
        anywhere = Func(
            typed, "search_text", function="strict_word_similarity", output_field=FloatField()
        )
        rows = (
            self.annotate(own_name=own_name, likeness=Greatest(own_name, anywhere))
            .filter(likeness__gte=ALIKE)
            .order_by("-likeness", "-own_name", "-kind", "search_name", "province")
        )
        likest = list(rows[:most])
        named = [row for row in likest if row.own_name >= ALIKE]
        return named if named and named[0] is likest[0] else likest


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> Self:
        """Neither accepted nor revoked; some may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def working(self, *roles: Role) -> Self:
        """Who has one of ROLES today and can sign in. What is lent to deputies is not here."""
        return self.filter(role__in=roles, ended_on=None, user__is_active=True)


class DeputyshipQuerySet(models.QuerySet["Deputyship"]):
    def in_force(self, *, at: dt.date) -> Self:
        """Those of the day AT, which nobody ended before."""
        return self.filter(starts_on__lte=at, ends_on__gte=at, ended_at=None)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Those that have a day from FIRST to LAST, which nobody ended before."""
        return self.filter(starts_on__lte=last, ends_on__gte=first, ended_at=None)


class TokenQuerySet(models.QuerySet["Token"]):
    def live(self, *, at: dt.datetime) -> Self:
        """Neither revoked nor expired at AT."""
        return self.filter(revoked_at=None, expires_at__gt=at)

    def to_warn_of(self, *, at: dt.datetime) -> Self:
        """In use, over within the week after AT, and nobody was told yet; soonest first."""
        soon = self.live(at=at).filter(expires_at__lte=at + A_WEEK, warned_at=None)
        used = soon.filter(last_used_on__isnull=False, person__is_active=True)
        return used.order_by("expires_at", "pk")


class UserManager(models.Manager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a person who signs in with EMAIL; without a password they must reset it first."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user
