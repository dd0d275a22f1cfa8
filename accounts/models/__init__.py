from accounts.models.invitation import Invitation
from accounts.models.municipality import Authority, Municipality, Unit
from accounts.models.people import Membership, User
from accounts.models.second_factor import SecondFactorRemoval

__all__ = [
    "Authority",
    "Invitation",
    "Membership",
    "Municipality",
    "SecondFactorRemoval",
    "Unit",
    "User",
]
