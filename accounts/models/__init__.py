from accounts.models.municipality import Authority, Municipality, Unit
from accounts.models.people import Membership, User

__all__ = ["Authority", "Membership", "Municipality", "Unit", "User"]
