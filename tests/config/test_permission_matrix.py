"""Who may open what: every address under /gestion/ and /admin/, every role, own and foreign.

The addresses come from the URL configuration: one that has no row below fails. An address of one's
own municipality answers 403 to who has a role there without the permission; of another it is as
if it did not exist.
"""

import re
from typing import Any, Final

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Municipality, User
from tests.config.places import PATHS, Place, paths_under
from tests.conftest import MakeOnce, SignIn
from tests.factories import make_person, make_unit

pytestmark = pytest.mark.django_db

EVERYBODY: Final = frozenset(Role)
REPORTING: Final = frozenset({Role.REPORTER, Role.PLANNING})
PLANNING: Final = frozenset({Role.PLANNING})
PLAN: Final = frozenset({Role.PLANNING, Role.OPERATOR})
DIRECTORY: Final = frozenset({Role.PLANNING, Role.ADMINISTRATION, Role.OPERATOR})
OPERATOR: Final = frozenset({Role.OPERATOR})
PEOPLE: Final = frozenset({Role.ADMINISTRATION, Role.OPERATOR})

OFFICE: Final[dict[str, frozenset[Role]]] = {
    "office:start": EVERYBODY,
    "office:notices": EVERYBODY,
    "office:notice_choices": EVERYBODY,
    "office:deputies": REPORTING,
    "office:end_deputyship": REPORTING,
    "office:home": EVERYBODY,
    "office:first_day": DIRECTORY,
    "office:first_day_of": DIRECTORY,
    "office:semester": EVERYBODY,
    "office:send_complete": REPORTING,
    "office:remind": PLANNING,
    "office:sheet": REPORTING,
    "office:semester_file": REPORTING,
    "office:semester_upload": REPORTING,
    "office:narratives": REPORTING,
    "office:report": EVERYBODY,
    "office:recall": REPORTING,
    "office:talk": REPORTING,
    "office:notebook": REPORTING,
    "office:bring_notes": REPORTING,
    "office:note": REPORTING,
    "office:remove_note": REPORTING,
    "office:note_file": REPORTING,
    "office:remove_note_file": REPORTING,
    "office:correct": REPORTING,
    "office:add_support": REPORTING,
    "office:pick_supports": REPORTING,
    "office:describe_support": REPORTING,
    "office:support": EVERYBODY,
    "office:support_preview": EVERYBODY,
    "office:remove_support": REPORTING,
    "office:withhold": PLANNING,
    "office:reviews": PLANNING,
    "office:review": PLANNING,
    "office:review_plain": PLANNING,
    "office:review_report": PLANNING,
    "office:windows": PLANNING,
    "office:year": EVERYBODY,
    "office:calendar": EVERYBODY,
    "office:paper": EVERYBODY,
    "office:window": PLANNING,
    "office:close": PLANNING,
    "office:accountability": PLANNING,
    "office:accountability_draft": PLANNING,
    "office:accountability_preview": PLANNING,
    "office:accountability_issue": PLANNING,
    "office:accountability_sign": PLANNING,
    "office:accountability_withhold": PLANNING,
    "office:expenditures": PLANNING,
    "office:expenditure": PLANNING,
    "office:expenditure_file": PLANNING,
    "office:expenditure_upload": PLANNING,
    "office:executed_newest": PLANNING,
    "office:executed": PLANNING,
    "office:come_in_force": PLAN,
    "office_plans:plans": PLAN,
    "office_plans:elements": PLAN,
    "office_plans:standing": PLAN,
    "office_plans:classes": PLAN,
    "office_plans:coverage": PLAN,
    "office_plans:documents": PLAN,
    "office_plans:document": PLAN,
    "office_plans:measure": PLAN,
    "office_plans:answering": PLAN,
    "office_plans:answering_file": PLAN,
    "office_plans:measuring": PLAN,
    "office_plans:measuring_file": PLAN,
    "office_plans:measuring_upload": PLAN,
    "office_plans:terms": PLAN,
    "office_plans:correct": PLAN,
    "office_plans:withdraw": PLAN,
    "office_plans:imports": PLAN,
    "office_plans:import": PLAN,
    "office_plans:import_form": PLAN,
    "office_plans:import_about": PLAN,
    "office_plans:import_source": PLAN,
    "office_plans:import_undo": PLAN,
    "office_plans:import_differences": PLAN,
    "office_plans:import_publish": PLAN,
    "office_plans:import_drop": PLAN,
    "office_plans:import_item": PLAN,
    "office_plans:import_picture": PLAN,
    "installation": OPERATOR,
    "office_accounts:forget": EVERYBODY,
    "office_accounts:guide": EVERYBODY,
    "office_accounts:guide_chapter": EVERYBODY,
    "office_accounts:people": DIRECTORY,
    "office_accounts:invite": PEOPLE,
    "office_accounts:invite_many": PEOPLE,
    "office_accounts:resend": PEOPLE,
    "office_accounts:revoke": PEOPLE,
    "office_accounts:role": PEOPLE,
    "office_accounts:end_role": PEOPLE,
    "office_accounts:remove_second_factor": PEOPLE,
    "office_accounts:deactivate": PEOPLE,
    "office_accounts:units": DIRECTORY,
    "office_accounts:add_unit": DIRECTORY,
    "office_accounts:add_units": DIRECTORY,
    "office_accounts:contact": DIRECTORY,
    "office_accounts:unit": DIRECTORY,
    "office_accounts:elected": OPERATOR,
    "office_accounts:authorities": DIRECTORY,
    "office_accounts:add_authority": DIRECTORY,
    "office_accounts:authority": DIRECTORY,
    "office_accounts:tokens": EVERYBODY,
    "office_accounts:add_token": REPORTING,
    "office_accounts:made_token": REPORTING,
    "office_accounts:revoke_token": EVERYBODY,
}
ADMIN_PAGES: Final = frozenset({"changelist", "add", "change", "history", "delete"})
"""Of each registered model; tests/plans/test_admin_scope.py tries what each shows."""
ADMIN_SITE: Final = {
    "admin:index": OPERATOR,
    "admin:app_list": OPERATOR,
    "admin:autocomplete": OPERATOR,
    "admin:jsi18n": OPERATOR,
    "admin:view_on_site": OPERATOR,
    "admin:login": EVERYBODY,
    "admin:logout": EVERYBODY,
    "admin:password_change": OPERATOR,
    "admin:password_change_done": OPERATOR,
}
SIGN_IN: Final = "/cuenta/ingresar/"
AUTOCOMPLETE: Final = {
    "app_label": "plans",
    "model_name": "planelement",
    "field_name": "plan",
    "term": "",
}


@pytest.fixture(scope="module")
def puno_at_work(make_once: MakeOnce) -> Place:
    return make_once(lambda: Place("Puno", "210101"))


@pytest.fixture(scope="module")
def lamas_at_work(make_once: MakeOnce) -> Place:
    return make_once(lambda: Place("Lamas", "220501"))


def person_of(role: Role, place: Place) -> User:
    return place.people.get(role) or make_person("operator@vigia.pe", role)


WRITING: Final = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) \"(?!accounts_session)")
"""In anything but how long somebody stays signed in."""


def opens(client: Client, address: str) -> bool:
    """Whether ADDRESS answers with its page, sends on to another, or takes only forms.

    Whoever looks at it changes nothing.
    """
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    written = [each["sql"] for each in asked.captured_queries if WRITING.match(each["sql"])]
    assert written == []
    location = answer.headers.get("Location", "")
    assert not location.startswith("/cuenta/segundo-factor/"), "the person has a second factor"
    assert answer.streaming or answer.content or location, "an empty page"
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


def test_a_reporter_of_another_unit_writes_nothing(puno_at_work: Place, signed_in: SignIn) -> None:
    """Of a promise that its own office reports: they read it, and its supports."""
    unit = make_unit(puno_at_work.municipality, "Gerencia de Ambiente")
    client = signed_in(
        make_person("another@puno.pe", Role.REPORTER, puno_at_work.municipality, unit)
    )
    of_a_promise = [name for name in OFFICE if "<ref:ref>" in PATHS[name]]
    written = {name for name in of_a_promise if name.startswith("office:")}
    assert written > {"office:report", "office:remove_support"}
    for name in written - {"office:support", "office:support_preview", "office:note_file"}:
        assert client.post(puno_at_work.address(name), {}).status_code == 403, name
    for name in ("office:report", "office:support"):
        assert opens(client, puno_at_work.address(name)), name


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


@pytest.mark.parametrize("role", [None, Role.REPORTER, Role.PLANNING, Role.ADMINISTRATION])
def test_nothing_of_the_admin_opens_to_who_may_not_enter(
    role: Role | None, puno_at_work: Place, signed_in: SignIn
) -> None:
    client = signed_in(person_of(role, puno_at_work)) if role else Client()
    for meta in (model._meta for model in admin.site._registry):
        for page in ADMIN_PAGES:
            name = f"admin:{meta.app_label}_{meta.model_name}_{page}"
            address = reverse(name, args=[] if page in {"changelist", "add"} else [1])
            for answer in (client.get(address), client.post(address, {})):
                assert answer.status_code == 302, name
                assert answer["Location"].startswith("/admin/login/"), name
