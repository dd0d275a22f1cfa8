"""Take a second factor away from somebody who lost it."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import LetterKind
from accounts.models import SecondFactorRemoval, User
from accounts.permissions import EVERYWHERE, reach
from accounts.security import note
from accounts.services.letter_queue import queue_letter
from accounts.services.sessions import end_sessions
from accounts.services.tokens import revoke_tokens


def remove_second_factor(person: User, *, by: User) -> None:
    """Forget PERSON's authenticator and recovery codes, on record, and tell them by mail.

    They are signed out everywhere, for the phone may be signed in too, their systems' tokens are
    revoked, and they set up another when they come back. Raises ValidationError for one's own, for
    a person who has none, and where BY does not keep the accounts of every place in which PERSON
    works: a second factor guards all of them.
    """
    if person == by:
        raise ValidationError(
            _("El suyo no: pídalo a otra persona que administre, o a quien opera el portal.")
        )
    kept = reach(by, "people.edit")
    works_in = {each.municipality_id for each in person.current_memberships}
    if kept != EVERYWHERE and not works_in <= set(kept):
        raise ValidationError(
            _("Esta persona también trabaja en otro lugar: pídalo a quien opera el portal.")
        )
    with transaction.atomic():
        deleted, __ = Authenticator.objects.filter(user=person).delete()
        if not deleted:
            raise ValidationError(_("Esta persona no tiene un segundo factor activo."))
        removal = SecondFactorRemoval.objects.create(person=person, removed_by=by)
        end_sessions(person)
        revoke_tokens(person)
        queue_letter(LetterKind.SECOND_FACTOR_REMOVED, person.email, removal=removal.pk)
        note("second_factor.removed", person.pk, by=by.pk)
