from accounts.models.authority import Authority
from accounts.models.deputyship import Deputyship
from accounts.models.invitation import Invitation
from accounts.models.letter import Letter
from accounts.models.municipality import Municipality
from accounts.models.people import Membership, User
from accounts.models.second_factor import SecondFactorRemoval
from accounts.models.session import Session
from accounts.models.token import Token
from accounts.models.unit import Unit

__all__ = [
    "Authority",
    "Deputyship",
    "Invitation",
    "Letter",
    "Membership",
    "Municipality",
    "SecondFactorRemoval",
    "Session",
    "Token",
    "Unit",
    "User",
]
