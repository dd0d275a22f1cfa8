"""Who may open what: every address under /gestion/ and /admin/, every role, own and foreign.

The addresses come from the URL configuration: one that has no row below fails. An address of one's
own municipality answers 403 to who has a role there without the permission; of another it is as
if it did not exist.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.choices import Role, TokenScope
from accounts.models import Authority, Municipality, User
from accounts.services.invitations import invite
from accounts.services.tokens import make_token
from plans.choices import Standing
from plans.models import PlanElement, Responsibility
from plans.semester import Semester
from tests.conftest import MakeOnce, SignIn
from tests.factories import TERM, make_municipality, make_person, make_plan, make_unit
from tests.tracking.published import closed_window
from tracking.choices import Step
from tracking.measuring.entry import Entry
from tracking.models import Support
from tracking.services.drafts import save_draft, submit
from tracking.services.review import publish_reports
from tracking.services.semesters import proposed_window

pytestmark = pytest.mark.django_db

EVERYBODY: Final = frozenset(Role)
REPORTING: Final = frozenset({Role.REPORTER, Role.PLANNING})
PLANNING: Final = frozenset({Role.PLANNING})
PLAN: Final = frozenset({Role.PLANNING, Role.OPERATOR})
DIRECTORY: Final = frozenset({Role.PLANNING, Role.ADMINISTRATION, Role.OPERATOR})
PEOPLE: Final = frozenset({Role.ADMINISTRATION, Role.OPERATOR})

OFFICE: Final[dict[str, frozenset[Role]]] = {
    "office:start": EVERYBODY,
    "office:home": EVERYBODY,
    "office:semester": EVERYBODY,
    "office:send_complete": REPORTING,
    "office:sheet": REPORTING,
    "office:narratives": REPORTING,
    "office:report": EVERYBODY,
    "office:recall": REPORTING,
    "office:correct": REPORTING,
    "office:add_support": REPORTING,
    "office:support": EVERYBODY,
    "office:remove_support": REPORTING,
    "office:withhold": PLANNING,
    "office:reviews": PLANNING,
    "office:review": PLANNING,
    "office:review_report": PLANNING,
    "office:windows": PLANNING,
    "office:window": PLANNING,
    "office:close": PLANNING,
    "office:accountability": PLANNING,
    "office:accountability_draft": PLANNING,
    "office:accountability_preview": PLANNING,
    "office:accountability_issue": PLANNING,
    "office:expenditures": PLANNING,
    "office:expenditure": PLANNING,
    "office_plans:plans": PLAN,
    "office_plans:elements": PLAN,
    "office_plans:standing": PLAN,
    "office_plans:measure": PLAN,
    "office_plans:terms": PLAN,
    "office_accounts:forget": EVERYBODY,
    "office_accounts:people": DIRECTORY,
    "office_accounts:invite": PEOPLE,
    "office_accounts:resend": PEOPLE,
    "office_accounts:revoke": PEOPLE,
    "office_accounts:role": PEOPLE,
    "office_accounts:end_role": PEOPLE,
    "office_accounts:remove_second_factor": PEOPLE,
    "office_accounts:deactivate": PEOPLE,
    "office_accounts:units": DIRECTORY,
    "office_accounts:add_unit": DIRECTORY,
    "office_accounts:unit": DIRECTORY,
    "office_accounts:authorities": DIRECTORY,
    "office_accounts:add_authority": DIRECTORY,
    "office_accounts:authority": DIRECTORY,
    "office_accounts:tokens": EVERYBODY,
    "office_accounts:add_token": REPORTING,
    "office_accounts:revoke_token": EVERYBODY,
}
ADMIN_PAGES: Final = frozenset({"changelist", "add", "change", "history", "delete"})
"""Of each registered model; tests/plans/test_admin_scope.py tries what each shows."""
ADMIN_SITE: Final = {
    "admin:index": PLAN,
    "admin:app_list": PLAN,
    "admin:autocomplete": PLAN,
    "admin:jsi18n": PLAN,
    "admin:view_on_site": PLAN,
    "admin:login": EVERYBODY,
    "admin:logout": EVERYBODY,
    "admin:password_change": PLAN,
    "admin:password_change_done": PLAN,
}


def paths_under(prefix: str) -> dict[str, str]:
    """Every address whose path begins with PREFIX, by its name; one without a name by its path."""

    def walk(resolver: Any, path: str, space: str) -> Iterator[tuple[str, str]]:
        for each in resolver.url_patterns:
            deeper = path + str(each.pattern)
            if isinstance(each, URLResolver):
                inner = f"{space}{each.namespace}:" if each.namespace else space
                yield from walk(each, deeper, inner)
            elif isinstance(each, URLPattern):
                yield deeper, f"{space}{each.name}" if each.name else deeper

    found = walk(get_resolver(), "", "")
    return {name: path for path, name in found if path.startswith(prefix)}


PATHS: Final = paths_under("gestion/")
SIGN_IN: Final = "/cuenta/ingresar/"
SEMESTER, REF, PUBLISHED = Semester(2019, 1), "S.1.1.1", "S.1.1.2"
CLOSED: Final = Semester(2019, 2)
PDF: Final = b"%PDF-1.4 acta"
AUTOCOMPLETE: Final = {
    "app_label": "plans",
    "model_name": "planelement",
    "field_name": "plan",
    "term": "",
}


class Place:
    """A municipality at work, and the parts of every address that names something of it."""

    def __init__(self, name: str, inei: str) -> None:
        self.municipality = make_municipality(name, inei)
        self.unit = make_unit(self.municipality)
        self.people = {
            role: make_person(f"{role}@{self.municipality.slug}.pe", role, self.municipality, unit)
            for role, unit in (
                (Role.REPORTER, self.unit),
                (Role.PLANNING, None),
                (Role.ADMINISTRATION, None),
            )
        }
        self._kwargs = self._make_rows()

    def _make_rows(self) -> dict[str, int]:
        """Ids by the name of the address that takes one."""
        plan = make_plan(self.municipality)
        plan.standing, plan.standing_source = (
            Standing.ELECTED,
            "Acta de proclamación, 7 de noviembre de 2018",
        )
        plan.save()
        proposed_window(self.municipality, SEMESTER).save()
        closed_window(self.municipality, CLOSED, self.people[Role.PLANNING])
        element = plan.elements.with_reportability().select_related("plan").get(ref=REF)
        Responsibility(element=element, unit=self.unit).save()
        reporter = self.people[Role.REPORTER]
        values = {"step": Step.RUNNING, "narrative": "Se hizo.", "as_of": SEMESTER.last_day}
        draft = save_draft(element, SEMESTER, values, by=reporter, edit=0)
        support = Support.objects.create(
            report=draft,
            title="Acta",
            taken_on=SEMESTER.last_day,
            file_name="acta.pdf",
            media_type="application/pdf",
            size=len(PDF),
            sha256=hashlib.sha256(PDF).hexdigest(),
            added_by=reporter,
        )
        default_storage.save(support.storage_name, ContentFile(PDF))
        report = submit(draft, Entry.STEP, by=reporter)
        self._publish(plan.elements.with_reportability().select_related("plan").get(ref=PUBLISHED))
        asked = invite(
            f"nueva@{self.municipality.slug}.pe",
            Role.PLANNING,
            by=self.people[Role.ADMINISTRATION],
            municipality=self.municipality,
        )
        authority = Authority.objects.create(
            municipality=self.municipality,
            name="A",
            office="Alcaldesa",
            since=SEMESTER.first_day,
            source="JNE",
        )
        membership = reporter.memberships.get().pk
        return {
            "office:review_report": report.pk,
            "office:support": support.pk,
            "office:remove_support": support.pk,
            "office:withhold": support.pk,
            "office_accounts:resend": asked.pk,
            "office_accounts:revoke": asked.pk,
            "office_accounts:role": membership,
            "office_accounts:end_role": membership,
            "office_accounts:remove_second_factor": membership,
            "office_accounts:deactivate": reporter.pk,
            "office_accounts:unit": self.unit.pk,
            "office_accounts:authority": authority.pk,
            "office_accounts:revoke_token": self._token(reporter),
        }

    def _token(self, person: User) -> int:
        lasts = dt.timedelta(days=30)
        token, _text = make_token(person, self.municipality, "Obras", TokenScope.READ, lasts=lasts)
        return token.pk

    def _publish(self, element: PlanElement) -> None:
        Responsibility(element=element, unit=self.unit).save()
        values = {"narrative": "Se hizo.", "as_of": SEMESTER.last_day}
        draft = save_draft(element, SEMESTER, values, by=self.people[Role.REPORTER], edit=0)
        sent = submit(draft, Entry.NARRATIVE, by=self.people[Role.REPORTER])
        publish_reports({sent.pk: sent.edit}, self.municipality, by=self.people[Role.PLANNING])

    def address(self, name: str) -> str:
        """The address NAME, about this municipality."""
        parts: dict[str, Any] = {
            "slug": self.municipality.slug,
            "semester": CLOSED if "accountability" in name else SEMESTER,
            "term": TERM,
            "ref": PUBLISHED if name == "office:correct" else REF,
            "year": SEMESTER.year,
            "pk": self._kwargs.get(name),
        }
        taken = re.findall(r"<(?:\w+:)?(\w+)>", PATHS[name])
        return reverse(name, kwargs={each: parts[each] for each in taken})


@pytest.fixture(scope="module")
def puno_at_work(make_once: MakeOnce) -> Place:
    return make_once(lambda: Place("Puno", "210101"))


@pytest.fixture(scope="module")
def lamas_at_work(make_once: MakeOnce) -> Place:
    return make_once(lambda: Place("Lamas", "220501"))


def person_of(role: Role, place: Place) -> User:
    return place.people.get(role) or make_person("operator@vigia.pe", role)


def opens(client: Client, address: str) -> bool:
    """Whether ADDRESS answers with its page, sends on to another, or takes only forms."""
    answer = client.get(address)
    location = answer.headers.get("Location", "")
    assert not location.startswith("/cuenta/segundo-factor/"), "the person has a second factor"
    return answer.status_code in {200, 302, 303, 405} and not location.startswith(SIGN_IN)


def answers(client: Client, address: str) -> set[int]:
    """The statuses of a GET and a POST; a method that the address does not take is left out."""
    found = {client.get(address).status_code, client.post(address, {}).status_code}
    return found - {405}


def test_every_address_has_a_row() -> None:
    assert set(PATHS) == set(OFFICE)
    models = [model._meta for model in admin.site._registry]
    pages = {
        f"admin:{meta.app_label}_{meta.model_name}_{page}"
        for meta in models
        for page in ADMIN_PAGES
    }
    named = {name for name in paths_under("admin/") if name.startswith("admin:")}
    assert named == pages | set(ADMIN_SITE)


@pytest.mark.parametrize("name", OFFICE)
def test_in_ones_own_municipality(name: str, puno_at_work: Place, signed_in: SignIn) -> None:
    address = puno_at_work.address(name)
    for role in Role:
        client = signed_in(person_of(role, puno_at_work))
        if role in OFFICE[name]:
            assert opens(client, address), role
        else:
            assert answers(client, address) == {403}, role


@pytest.mark.parametrize("name", [name for name in OFFICE if "<slug:slug>" in PATHS[name]])
def test_in_a_foreign_municipality(
    name: str, puno_at_work: Place, lamas_at_work: Place, signed_in: SignIn
) -> None:
    address = lamas_at_work.address(name)
    for role, person in puno_at_work.people.items():
        client = signed_in(person)
        answer = client.get(address)
        assert {answer.status_code, client.post(address, {}).status_code} - {405} == {404}, role
        assert "Lamas" not in answer.content.decode()
    operator = signed_in(person_of(Role.OPERATOR, puno_at_work))
    if Role.OPERATOR in OFFICE[name]:
        assert opens(operator, address)
    else:
        assert answers(operator, address) == {403}


@pytest.mark.parametrize("name", [name for name in OFFICE if "<int:pk>" in PATHS[name]])
def test_a_row_of_another_municipality_under_ones_own(
    name: str, puno_at_work: Place, lamas_at_work: Place, signed_in: SignIn
) -> None:
    """An address that is one's own but for the id in it."""
    for person in puno_at_work.people.values():
        role = Role(person.current_memberships[0].role)
        if role not in OFFICE[name]:
            continue
        foreign = lamas_at_work.address(name)
        address = foreign.replace("/lamas/", "/puno/")
        assert address != foreign
        client = signed_in(person)
        assert answers(client, address) == {404}


@pytest.mark.parametrize("name", OFFICE)
def test_who_has_not_signed_in_is_asked_to(name: str, client: Client, puno_at_work: Place) -> None:
    address = puno_at_work.address(name)
    found = [client.get(address), client.post(address, {})]
    assert {answer.status_code for answer in found} - {405} == {302}
    for answer in found:
        assert answer.status_code == 405 or answer["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("name", ADMIN_SITE)
def test_the_admin(name: str, puno_at_work: Place, signed_in: SignIn) -> None:
    place = puno_at_work.municipality
    content_type = ContentType.objects.get_for_model(Municipality).pk
    parts: dict[str, dict[str, Any]] = {
        "admin:app_list": {"app_label": "accounts"},
        "admin:view_on_site": {"content_type_id": content_type, "object_id": place.pk},
    }
    for role in Role:
        client = signed_in(person_of(role, puno_at_work))
        answer = client.get(reverse(name, kwargs=parts.get(name)), AUTOCOMPLETE)
        sent_to_sign_in = answer.headers.get("Location", "").startswith("/admin/login/")
        assert sent_to_sign_in != (role in ADMIN_SITE[name]), role


@pytest.mark.parametrize("role", [Role.REPORTER, Role.ADMINISTRATION])
@pytest.mark.parametrize("model", admin.site._registry)
def test_nothing_of_the_admin_opens_to_who_may_not_enter(
    model: type[Model], role: Role, puno_at_work: Place, signed_in: SignIn
) -> None:
    client = signed_in(person_of(role, puno_at_work))
    for page in ADMIN_PAGES:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        address = reverse(name, args=[] if page in {"changelist", "add"} else [1])
        for answer in (client.get(address), client.post(address, {})):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/admin/login/")
