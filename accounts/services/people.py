"""Write people and what each may do where."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Municipality, Unit, User


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
        if password is not None:
            validate_password(password, person)
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
    return membership, True


def find_person(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()
