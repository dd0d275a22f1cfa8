"""What lets a municipality's own system act for one of its people."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import TokenScope
from accounts.models.municipality import Municipality
from accounts.models.people import User
from accounts.querysets import TokenQuerySet


class Token(models.Model):
    """That a system may act for PERSON in MUNICIPALITY, up to SCOPE and until it expires.

    It never may more than the person may that day. The token itself was shown once, to them: here
    are its digest, and its last letters to know it by.
    """

    person = models.ForeignKey(
        User, models.PROTECT, related_name="tokens", verbose_name=_("persona"), editable=False
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        related_name="tokens",
        verbose_name=_("municipalidad"),
        editable=False,
    )
    name = models.CharField(
        _("sistema que la usará"),
        max_length=100,
        help_text=_("Para reconocerla después: «Sistema de obras»."),
    )
    scope = models.CharField(_("qué puede hacer"), max_length=10, choices=TokenScope)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    ending = models.CharField(_("termina en"), max_length=4, editable=False)
    created_at = models.DateTimeField(_("creada"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("vence"), editable=False)
    revoked_at = models.DateTimeField(_("anulada"), null=True, editable=False)
    last_used_on = models.DateField(_("último uso"), null=True, editable=False)
    warned_at = models.DateTimeField(_("se avisó que vence"), null=True, editable=False)

    municipality_path: ClassVar = "municipality"
    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("clave para un sistema")
        verbose_name_plural = _("claves para sistemas")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scope__in=TokenScope.values),
                name="token_scope_known",
                violation_error_message=_("Eso no es algo que una clave pueda permitir."),
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$")
                & Q(ending__regex=r"^.{4}$")
                & ~Q(name=""),
                name="token_has_a_name_and_a_digest",
                violation_error_message=_("Diga qué sistema la usará."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="token_expires_after_it_was_made",
                violation_error_message=_("Una clave vence después de crearse."),
            ),
            models.UniqueConstraint(
                F("person"),
                F("municipality"),
                Lower("name"),
                condition=Q(revoked_at=None),
                name="token_name_once",
                violation_error_message=_("Ya tiene una clave con ese nombre: anúlela antes."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_live(self, *, at: dt.datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at

    def lets(self, scope: TokenScope) -> bool:
        """Whether SCOPE is within this token's: each includes those before it."""
        wide = list(TokenScope)
        return wide.index(scope) <= wide.index(TokenScope(self.scope))
