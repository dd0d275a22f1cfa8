"""People, and what each may do where."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.deputyship import Deputyship
from accounts.models.municipality import Municipality
from accounts.models.unit import Unit
from accounts.querysets import MembershipQuerySet, UserManager


class User(AbstractBaseUser):
    """A person. Their e-mail signs them in; memberships say what they may do."""

    email = models.EmailField(_("correo electrónico"), help_text=_("Con él inicia sesión."))
    name = models.CharField(_("nombre completo"), max_length=150, blank=True)
    is_active = models.BooleanField(
        _("activa"),
        default=True,
        help_text=_("Quien se va se desactiva: deja de entrar y conserva lo que escribió."),
    )
    joined_at = models.DateTimeField(_("se registró"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    municipality_path: ClassVar = "memberships__municipality"
    objects = UserManager()

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        ordering: ClassVar = ["email"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Ya hay una persona con ese correo."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return str(self)

    def get_full_name(self) -> str:
        return str(self)

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """What this person may do today; one query per request. Nothing for one who left.

        Also what is lent to them, as whoever reports, by those for whom they stand in today: such a
        row says whose it is in ``lent_by``. Each carries ``has_codes``, asked along: the door needs
        both.
        """
        if not self.is_active:
            return []
        codes = Authenticator.objects.filter(user=self, type=Authenticator.Type.TOTP)
        lent = Deputyship.objects.in_force(at=timezone.localdate()).filter(deputy=self)
        here = lent.filter(absent=OuterRef("user"), municipality=OuterRef("municipality"))
        # A union, so that the index on the person serves: this is asked for every page.
        people = User.objects.filter(pk=self.pk).values("pk").union(lent.values("absent"))
        rows = Membership.objects.filter(user__in=people, ended_on=None)
        held = rows.annotate(has_codes=Exists(codes), is_lent=Exists(here))
        return self._own_first(list(held.select_related("municipality", "unit", "user")))

    def _own_first(self, held: list["Membership"]) -> list["Membership"]:
        """Own roles of HELD, then what is lent where this person reports themselves."""
        own = [each for each in held if each.user_id == self.pk]
        reports_in = {each.municipality_id for each in own if each.role == Role.REPORTER}
        lent = [
            each
            for each in held
            if each.is_lent  # type: ignore[attr-defined]
            and each.role == Role.REPORTER
            and each.user.is_active
            and each.municipality_id in reports_in
        ]
        for each in lent:
            each.lent_by, each.user = each.user, self
        return [*own, *lent]

    @property
    def workplaces(self) -> list["Municipality"]:
        """The municipalities in which this person has a role today, each once."""
        held = [each.municipality for each in self.current_memberships if each.municipality]
        return list(dict.fromkeys(held))

    @property
    def has_second_factor(self) -> bool:
        """Whether an application on the phone of this person, who has a role, gives them codes."""
        rows = self.current_memberships
        return any(each.has_codes for each in rows)  # type: ignore[attr-defined]


def role_constraints(prefix: str) -> list[models.CheckConstraint]:
    """What holds of a role and its municipality and unit, wherever the three are stored."""
    return [
        models.CheckConstraint(
            condition=Q(role__in=Role.values),
            name=f"{prefix}_role_known",
            violation_error_message=_("Ese rol no existe."),
        ),
        models.CheckConstraint(
            condition=(
                Q(role=Role.OPERATOR, municipality=None, unit=None)
                | (~Q(role=Role.OPERATOR) & Q(municipality__isnull=False))
            ),
            name=f"{prefix}_belongs_to_a_municipality",
            violation_error_message=_(
                "Quien opera el portal no lleva municipalidad ni unidad; "
                "todos los demás roles necesitan una municipalidad."
            ),
        ),
        models.CheckConstraint(
            condition=~Q(role=Role.REPORTER) | Q(unit__isnull=False),
            name=f"{prefix}_reporter_has_a_unit",
            violation_error_message=_("Quien es responsable informa por una unidad orgánica."),
        ),
    ]


class Membership(models.Model):
    """One person's role in one municipality, and the unit they report for.

    ``lent_by``: in memory alone, who lends it to their deputy (`User.current_memberships`).
    The database holds that the unit is of that municipality (a composite foreign key).
    """

    user = models.ForeignKey(
        User, models.PROTECT, related_name="memberships", verbose_name=_("persona")
    )
    role = models.CharField(_("rol"), max_length=20, choices=Role)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name=_("municipalidad"),
        help_text=_("En blanco solo para quien opera el portal."),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name=_("unidad orgánica"),
        help_text=_("La unidad por la que informa. Debe ser de la misma municipalidad."),
    )
    ended_on = models.DateField(_("terminó el"), null=True, blank=True)

    municipality_path: ClassVar = "municipality"
    lent_by: User | None = None
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol de una persona")
        verbose_name_plural = _("roles de las personas")
        ordering: ClassVar = ["user", "municipality", "role"]
        constraints: ClassVar = [
            *role_constraints("membership"),
            models.UniqueConstraint(
                F("user"),
                F("role"),
                F("municipality"),
                F("unit"),
                condition=Q(ended_on=None),
                nulls_distinct=False,
                name="membership_once",
                violation_error_message=_("Esa persona ya tiene ese rol."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    def clean(self) -> None:
        if self.unit and self.unit.municipality_id != self.municipality_id:
            raise ValidationError({"unit": _("La unidad es de otra municipalidad.")})


def with_lent(own: Sequence[Membership], *, at: dt.date) -> list[Membership]:
    """OWN roles of several people, and what is lent to them on the day AT. One query.

    As in `User.current_memberships`: only to whoever reports in the same municipality themselves.
    """
    deputies = {
        (each.user_id, each.municipality_id): each.user
        for each in own
        if each.role == Role.REPORTER
    }
    in_force = Deputyship.objects.in_force(at=at).filter(
        deputy__in={person for person, _place in deputies}
    )
    rows = Membership.objects.working(Role.REPORTER).filter(
        user__absences__in=in_force,
        user__absences__municipality=F("municipality"),
    )
    lent = list(rows.annotate(deputy=F("user__absences__deputy")).select_related("user"))
    for each in lent:
        person: int = each.deputy  # type: ignore[attr-defined]
        each.lent_by = each.user
        each.user = deputies.get((person, each.municipality_id), each.user)
    return [*own, *(each for each in lent if each.user != each.lent_by)]
