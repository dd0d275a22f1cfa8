"""Write people and what each may do where."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.hidden_characters import refuse_hidden
from accounts.models import Membership, Municipality, Unit, User
from accounts.passwords.names import check_names
from accounts.permissions import PERMISSIONS
from accounts.security import note
from accounts.services.tokens import REPORTING, revoke_tokens


def save_person(person: User) -> None:
    """Add or correct PERSON. A new one has no password: they set it by the mail that resets it."""
    person.email = person.email.strip().lower()
    if person._state.adding and not person.password:
        person.set_unusable_password()
    with transaction.atomic():
        person.save()
        # An address that allauth once noted would go on signing in, and getting reset mails.
        EmailAddress.objects.filter(user_id=person.pk).exclude(email=person.email).delete()


@transaction.atomic
def add_person(
    email: str,
    role: str,
    *,
    municipality: Municipality | None = None,
    unit: Unit | None = None,
    name: str = "",
    password: str | None = None,
) -> tuple[Membership, bool]:
    """Give ROLE to the person of EMAIL, who is made if unknown; and whether anything was written.

    A known person keeps their name and password. Raises ValidationError with a sentence for each
    fault: a role that does not fit its municipality or unit, a poor password, a person who left.
    """
    person = find_person(email) or User(email=email.strip().lower(), name=name)
    if not person.is_active:
        raise ValidationError(_("%s está desactivada: actívela primero.") % person.email)
    if person._state.adding:
        person.clean_fields(exclude={"password"})
        refuse_hidden(person.name)
        if password is not None:
            validate_password(password, person)
            check_names(password, [place.name for place in (municipality, unit) if place])
            person.set_password(password)
        save_person(person)
    membership = Membership(user=person, role=role, municipality=municipality, unit=unit)
    held = person.memberships.filter(
        role=role, municipality=municipality, unit=unit, ended_on=None
    ).first()
    if held:
        return held, False
    membership.full_clean()
    membership.save()
    _note_role("role.given", membership)
    return membership, True


@transaction.atomic
def change_role(membership: Membership, role: str, unit: Unit | None, *, by: User) -> Membership:
    """End MEMBERSHIP and give the person ROLE and UNIT in the same municipality instead.

    The same role and unit change nothing. Raises ValidationError for a role that does not fit or
    that the person already has, and where nobody would be left to administer.
    """
    if (role, unit) == (membership.role, membership.unit):
        return membership
    end_role(membership, by=by)
    given = Membership(
        user=membership.user, role=role, municipality=membership.municipality, unit=unit
    )
    given.full_clean()
    given.save()
    _note_role("role.given", given, by=by.pk)
    return given


@transaction.atomic
def end_role(membership: Membership, *, by: User) -> None:
    """End MEMBERSHIP today. What the person wrote stays, and so does the row.

    The tokens with which systems acted for them there end too: another role, or the same one
    later, is given to a person and not to what they once set up.

    Raises ValidationError where it has ended already, and where BY would leave the municipality
    with nobody to administer it.
    """
    # All who administer, so that two who leave at once do not each count on the other.
    current = Membership.objects.filter(
        Q(pk=membership.pk) | Q(municipality=membership.municipality_id, role=Role.ADMINISTRATION),
        ended_on=None,
    )
    rows = current.select_related("user").order_by("pk").select_for_update(of=("self",))
    held = {each.pk: each for each in rows}
    if membership.pk not in held:
        raise ValidationError(_("Ese rol ya había terminado."))
    others = [each for each in held.values() if each.user_id != by.pk and each.user.is_active]
    if membership.role == Role.ADMINISTRATION and membership.user_id == by.pk and not others:
        raise ValidationError(_("Nadie más administra aquí: dé antes ese rol a otra persona."))
    held[membership.pk].ended_on = timezone.localdate()
    held[membership.pk].save(update_fields=["ended_on"])
    _note_role("role.ended", membership, by=by.pk)
    if membership.municipality_id and membership.role in PERMISSIONS[REPORTING]:
        revoke_tokens(membership.user, membership.municipality_id)


@transaction.atomic
def deactivate(person: User) -> None:
    """Let PERSON no longer sign in. Raises ValidationError while they have a role anywhere."""
    stored = User.objects.select_for_update().get(pk=person.pk)
    if stored.memberships.filter(ended_on=None).exists():
        raise ValidationError(_("Esta persona todavía tiene un rol: termínelo antes."))
    stored.is_active = False
    stored.save(update_fields=["is_active"])
    note("account.deactivated", stored.pk)


def _note_role(event: str, held: Membership, **facts: int) -> None:
    where = {"municipality": held.municipality_id, "unit": held.unit_id}
    note(event, held.user_id, role=held.role, **where, **facts)


def find_person(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()
