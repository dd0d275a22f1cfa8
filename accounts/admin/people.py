"""People, and what each may do where."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import MunicipalityFilter
from accounts.admin.scoped import ScopedAdmin, ScopedInline
from accounts.choices import Role
from accounts.forms.whole_rows import WholeRowForm
from accounts.models import Membership, User
from accounts.permissions import allowed
from accounts.services.people import find_person, save_person

if TYPE_CHECKING:
    InlineFormSet = forms.BaseInlineFormSet[Membership, User, forms.ModelForm[Membership]]
else:
    InlineFormSet = forms.BaseInlineFormSet

GIVEN_ONCE = ("role", "municipality", "unit")


class MembershipForm(WholeRowForm):
    """A role that was given is ended, not rewritten: who could do what, and when, can be told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in GIVEN_ONCE:
            if self.instance.pk and name in self.fields:
                self.fields[name].disabled = True


class MembershipFormSet(InlineFormSet):
    person_at_work: User | AnonymousUser

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [form.instance for form in self.forms if form.instance.role]
        current = [each for each in kept if each.ended_on is None]
        given = [(each.role, each.municipality_id, each.unit_id) for each in current]
        if len(set(given)) < len(given):
            raise ValidationError(_("El mismo rol está dos veces: deje uno."))
        if self.instance == self.person_at_work and not any(
            each.role == Role.OPERATOR for each in current
        ):
            raise ValidationError(
                _(
                    "No puede terminar su propio rol de operador: se quedaría fuera. "
                    "Pídalo a otra persona que opere el portal."
                )
            )


class MembershipInline(ScopedInline):
    view_permission = "people.view"
    edit_permission = "account.edit"

    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    extra = 0
    autocomplete_fields = ("municipality", "unit")
    can_delete = False
    verbose_name_plural = _("roles (uno que termina lleva su fecha; no se borra)")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.person_at_work = request.user  # type: ignore[attr-defined]
        return formset


class UserForm(WholeRowForm):
    person_at_work: User | AnonymousUser

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        known = find_person(email)
        if known and known.pk != self.instance.pk:
            raise ValidationError(_("Ya hay una persona con ese correo."))
        return email

    def clean_is_active(self) -> bool:
        active = bool(self.cleaned_data["is_active"])
        if not active and self.instance == self.person_at_work:
            raise ValidationError(_("No puede desactivarse a sí misma: se quedaría fuera."))
        return active


@admin.register(User)
class UserAdmin(ScopedAdmin):
    view_permission = "people.view"
    edit_permission = "account.edit"

    form = UserForm
    inlines = (MembershipInline,)
    list_display = ("email", "name", "roles", "is_active", "last_login")
    list_filter = (MunicipalityFilter, "is_active")
    search_fields = ("email", "name")
    search_help_text = _("Correo o nombre.")
    readonly_fields = ("last_login", "joined_at")
    fieldsets = (
        (
            None,
            {
                "fields": ("email", "name", "is_active", "last_login", "joined_at"),
                "description": _(
                    "Aquí no se pone contraseña. Avise a la persona: al ingresar elige «Olvidé mi "
                    "contraseña, o todavía no tengo», y a este correo le llega un enlace para "
                    "ponerse la suya."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With the roles that the reader may see: one of another municipality is not theirs."""
        seen = allowed(Membership.objects.all(), request.user, self.view_permission)
        current = seen.filter(ended_on=None).select_related("municipality", "unit")
        rows = super().get_queryset(request)
        return rows.prefetch_related(Prefetch("memberships", current, to_attr="seen_memberships"))

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> SafeString:
        return format_html_join("; ", "{}", ([_in_words(each)] for each in _seen(person)))

    def search(self, rows: QuerySet[User], words: str) -> QuerySet[User]:
        for word in words.split():
            rows = rows.filter(Q(email__icontains=word) | Q(name__unaccent__icontains=word))
        return rows

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.person_at_work = request.user  # type: ignore[attr-defined]
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        save_person(obj)


def _seen(person: User) -> Iterable[Membership]:
    return person.seen_memberships  # type: ignore[attr-defined, no-any-return]


def _in_words(membership: Membership) -> str:
    where = membership.unit or membership.municipality
    role = membership.get_role_display()
    return f"{role} ({where})" if where else role
