"""The one table of who may do what, and the one function that fetches what a person may touch."""

from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet

from accounts.choices import Role, is_simulated

if TYPE_CHECKING:
    from accounts.models import User

PERMISSIONS: Final[dict[str, frozenset[Role]]] = {
    # what planning needs is on the officers' pages; the admin is whose portal it is
    "admin.enter": frozenset({Role.OPERATOR}),
    "office.enter": frozenset(Role),
    "plan.view": frozenset({Role.PLANNING, Role.OPERATOR}),
    "plan.edit": frozenset({Role.PLANNING, Role.OPERATOR}),
    # a version of a plan cannot be taken back: the operator may publish it for any place
    "plan.publish": frozenset({Role.PLANNING, Role.OPERATOR}),
    "municipality.view": frozenset({Role.PLANNING, Role.OPERATOR}),
    "municipality.edit": frozenset({Role.OPERATOR}),
    # units and authorities
    "directory.view": frozenset({Role.PLANNING, Role.ADMINISTRATION, Role.OPERATOR}),
    "directory.edit": frozenset({Role.PLANNING, Role.ADMINISTRATION, Role.OPERATOR}),
    "people.view": frozenset({Role.PLANNING, Role.ADMINISTRATION, Role.OPERATOR}),
    "people.edit": frozenset({Role.ADMINISTRATION, Role.OPERATOR}),
    # somebody's address and whether they sign in: it reaches every place where they work
    "account.edit": frozenset({Role.OPERATOR}),
    # what is wrong with the machine on which it runs
    "installation.view": frozenset({Role.OPERATOR}),
    # The operator keeps the portal: reporting and publishing belong to the municipality.
    "report.view": frozenset(Role),
    "report.edit": frozenset({Role.REPORTER, Role.PLANNING}),
    "report.review": frozenset({Role.PLANNING}),
    "semester.edit": frozenset({Role.PLANNING}),
    "expenditure.edit": frozenset({Role.PLANNING}),
    # what the operating plan says was executed
    "executed.edit": frozenset({Role.PLANNING}),
    "accountability.issue": frozenset({Role.PLANNING}),
}
SECOND_FACTOR_ROLES: Final = frozenset({Role.PLANNING, Role.ADMINISTRATION, Role.OPERATOR})
EVERYWHERE: Final = "everywhere"

M = TypeVar("M", bound=Model)


def reach(user: "User", permission: str) -> frozenset[int] | str:
    """Ids of the municipalities where USER has PERMISSION, or EVERYWHERE for the operator.

    Fails closed: a person who left has it nowhere. An unknown PERMISSION raises KeyError.
    """
    roles = PERMISSIONS[permission]
    held = [each for each in user.current_memberships if each.role in roles]
    if any(each.role == Role.OPERATOR for each in held):
        return EVERYWHERE
    return frozenset(each.municipality_id for each in held if each.municipality_id)


def can(user: Any, permission: str, municipality_id: int | None = None) -> bool:
    """Whether USER (or nobody) has PERMISSION in that municipality; without one, in any."""
    if not user.is_authenticated:
        return False
    reached = reach(user, permission)
    if isinstance(reached, str):
        return True
    return municipality_id in reached if municipality_id is not None else bool(reached)


def kept_out(user: "User") -> bool:
    """Whether USER is of the demonstration and the portal is real: they must not come in."""
    return bool(settings.REAL) and is_simulated(user.email)


def second_factor_required(user: "User") -> bool:
    """Whether a role that USER has today asks for more than a password."""
    return any(each.role in SECOND_FACTOR_ROLES for each in user.current_memberships)


def second_factor_missing(user: "User") -> bool:
    """Whether USER must set up a second factor before going on."""
    return second_factor_required(user) and not user.has_second_factor


def allowed(rows: QuerySet[M], user: Any, permission: str) -> QuerySet[M]:
    """The ROWS that lie where USER has PERMISSION; none for somebody who is not signed in.

    The rows' model says how it reaches its municipality in ``municipality_path``.
    """
    if not user.is_authenticated:
        return rows.none()
    reached = reach(user, permission)
    if isinstance(reached, str):
        return rows
    path: str = rows.model.municipality_path  # type: ignore[attr-defined]
    mine = rows.model._base_manager.filter(**{f"{path}__in": reached})
    return rows.filter(pk__in=mine.values("pk"))
