"""Who plans in one municipality sees and edits only what is of that municipality.

Every address of every registered admin is tried, by way of the site's own registry: an admin
without rows in ``rows_of`` fails here.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.admin.scoped import ScopedAdmin
from accounts.choices import Role
from accounts.models import Authority, Municipality, Unit, User
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.semester import Semester
from tests.conftest import MakeOnce, SignIn
from tests.factories import make_municipality, make_person, make_plan, make_unit
from tracking.models import Expenditure, ProgressReport, SemesterWindow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planning_enters")]
MODELS = list(admin.site._registry)
PAIRS = [
    (model, name)
    for model, model_admin in admin.site._registry.items()
    for name in (
        *model_admin.autocomplete_fields,
        *(each for inline in model_admin.inlines for each in inline.autocomplete_fields),
    )
]
Rows = dict[type[Model], Model]
SEMESTER = Semester(2019, 1)


def rows_of(place: Municipality) -> Rows:
    """One row of each registered model, all of them of PLACE."""
    plan = make_plan(place)
    planner = make_person(f"planner@{place.slug}.pe", Role.PLANNING, place)
    happened = {"plan": plan, "municipality": place, "simulated": False}
    activity = plan.elements.get(ref="S.1.1.1")
    return {
        Municipality: place,
        Unit: make_unit(place, f"Gerencia de {place.name}"),
        Authority: Authority.objects.create(
            municipality=place, name="A", office="Alcaldesa", since="2019-01-01", source="JNE"
        ),
        User: planner,
        Plan: plan,
        PlanElement: plan.elements.get(ref="S.1"),
        MeasuringTerms: MeasuringTerms.objects.get(element__plan=plan),
        SemesterWindow: SemesterWindow.objects.create(
            municipality=place,
            semester=SEMESTER,
            opens_on="2019-07-01",
            due_on="2019-07-31",
            closes_on="2019-08-15",
        ),
        ProgressReport: ProgressReport.objects.create(
            **happened, element=activity, semester=SEMESTER, author=planner
        ),
        Expenditure: Expenditure.objects.create(
            **happened,
            element=activity,
            year=2019,
            pia=1,
            pim=2,
            accrued=1,
            as_of="2019-12-31",
            source="SIAF",
            by=planner,
        ),
    }


@pytest.fixture(scope="module")
def both(make_once: MakeOnce) -> tuple[Rows, Rows]:
    return make_once(
        lambda: (
            rows_of(make_municipality("Puno", "210101")),
            rows_of(make_municipality("Lamas", "220501")),
        )
    )


@pytest.fixture
def ours(db: None, both: tuple[Rows, Rows]) -> Rows:
    return deepcopy(both[0])


@pytest.fixture
def theirs(db: None, both: tuple[Rows, Rows]) -> Rows:
    return deepcopy(both[1])


@pytest.fixture
def browser(ours: Rows, signed_in: SignIn) -> Client:
    person = ours[User]
    assert isinstance(person, User)
    return signed_in(person)


def address(model: type[Model], page: str, row: Model | None = None) -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(name, args=[row.pk] if row else [])


def test_every_admin_is_scoped() -> None:
    for model_admin in admin.site._registry.values():
        assert isinstance(model_admin, ScopedAdmin)
        for inline in model_admin.inlines:
            assert hasattr(inline, "view_permission")


@pytest.mark.parametrize("model", MODELS)
def test_a_list_holds_ones_own_rows_only(
    model: type[Model], browser: Client, ours: Rows, theirs: Rows
) -> None:
    found = browser.get(address(model, "changelist")).context["cl"].queryset
    assert ours[model] in found
    assert theirs[model] not in found


@pytest.mark.parametrize("model", MODELS)
def test_a_filter_does_not_offer_other_municipalities(
    model: type[Model], browser: Client, theirs: Rows
) -> None:
    page = browser.get(address(model, "changelist")).content.decode()
    assert "Lamas" not in page


@pytest.mark.parametrize("page", ["change", "history"])
@pytest.mark.parametrize("model", MODELS)
def test_a_foreign_row_is_as_one_that_does_not_exist(
    model: type[Model], page: str, browser: Client, ours: Rows, theirs: Rows
) -> None:
    assert browser.get(address(model, page, ours[model])).status_code == 200
    answer = browser.get(address(model, page, theirs[model]), follow=True)
    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    assert "Lamas" not in answer.content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_a_foreign_row_takes_no_post(
    model: type[Model], browser: Client, ours: Rows, theirs: Rows
) -> None:
    row = theirs[model]
    before = model._base_manager.filter(pk=row.pk).values().get()
    fields = {name: "x" for name in ("name", "statement", "email", "organization", "reason")}
    answer = browser.post(address(model, "change", row), fields)
    assert answer.status_code in {302, 403}
    assert model._base_manager.filter(pk=row.pk).values().get() == before
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("model", MODELS)
def test_nobody_deletes(
    model: type[Model], browser: Client, operator: User, ours: Rows, signed_in: SignIn
) -> None:
    for each in (browser, signed_in(operator)):
        assert each.post(address(model, "delete", ours[model]), {"post": "yes"}).status_code == 403
        form = each.get(address(model, "changelist")).context["cl"].model_admin
        assert "delete_selected" not in form.get_actions(_request_of(each))
        each.post(
            address(model, "changelist"),
            {"action": "delete_selected", "_selected_action": ours[model].pk, "post": "yes"},
        )
    assert model._base_manager.filter(pk=ours[model].pk).exists()


@pytest.mark.parametrize(("model", "field"), PAIRS)
def test_autocomplete_offers_ones_own_rows_only(
    model: type[Model],
    field: str,
    browser: Client,
    ours: Rows,
    theirs: Rows,
    operator: User,
    signed_in: SignIn,
) -> None:
    source: Any = _field(model, field)
    asked = {
        "app_label": source.model._meta.app_label,
        "model_name": source.model._meta.model_name,
        "field_name": field,
    }

    def offered(client: Client, term: str) -> set[str]:
        answer = client.get(reverse("admin:autocomplete"), {**asked, "term": term})
        assert answer.status_code == 200
        return {each["id"] for each in answer.json()["results"]}

    target = source.remote_field.model
    own, foreign = str(ours[target].pk), str(theirs[target].pk)
    assert own in offered(browser, "")
    for term in ("", "Lamas", "S.1", "\x00"):
        assert foreign not in offered(browser, term)
    assert {own, foreign} <= offered(signed_in(operator), "")


def reporter_of(ours: Rows) -> User:
    return make_person("r@puno.pe", Role.REPORTER, _place(ours[Municipality]), _unit(ours[Unit]))


@pytest.mark.parametrize(("model", "field"), PAIRS)
def test_who_only_reports_gets_no_autocomplete(
    model: type[Model], field: str, ours: Rows, signed_in: SignIn
) -> None:
    source: Any = _field(model, field)
    reporter = reporter_of(ours)
    names = {"app_label": source.model._meta.app_label, "model_name": source.model._meta.model_name}
    answer = signed_in(reporter).get(
        reverse("admin:autocomplete"), {**names, "field_name": field, "term": ""}
    )
    assert answer.status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_the_operator_sees_everything(
    model: type[Model], operator: User, ours: Rows, theirs: Rows, signed_in: SignIn
) -> None:
    browser = signed_in(operator)
    found = browser.get(address(model, "changelist")).context["cl"].queryset
    assert {ours[model], theirs[model]} <= set(found)
    assert browser.get(address(model, "change", theirs[model])).status_code == 200


MAY_ADD: dict[type[Model], Callable[[Rows], dict[str, Any]]] = {
    Unit: lambda rows: {"municipality": rows[Municipality].pk, "name": "Nueva"},
    Authority: lambda rows: {
        "municipality": rows[Municipality].pk,
        "name": "B",
        "office": "Regidor",
        "since": "01/01/2019",
        "source": "JNE",
    },
    PlanElement: lambda rows: {
        "plan": rows[Plan].pk,
        "parent": rows[PlanElement].pk,
        "level": "objective",
        "dimension": "",
        "ref": "S.1.9",
        "statement": f"Construir dos postas en {_place(rows[Municipality]).name}",
        "lineas": "7",
    },
    MeasuringTerms: lambda rows: {
        "element": _objective(rows).pk,
        "in_force_from": "01/01/2021",
        "reason": "Se pidió",
        "kind": "entrega",
    },
}


@pytest.mark.parametrize("model", MODELS)
def test_planning_adds_to_its_own_municipality_only(
    model: type[Model], browser: Client, ours: Rows, theirs: Rows
) -> None:
    page = address(model, "add")
    if model not in MAY_ADD:
        assert browser.get(page).status_code == 403
        assert browser.post(page, {}).status_code == 403
        return
    count = model._base_manager.count()
    tampered = browser.post(page, MAY_ADD[model](theirs))
    assert tampered.status_code == 200
    assert tampered.context["errors"]
    assert "Lamas" not in str(tampered.context["errors"])
    assert model._base_manager.count() == count
    honest = browser.post(page, MAY_ADD[model](ours))
    assert honest.status_code == 302, honest.context["errors"]
    assert model._base_manager.count() == count + 1


@pytest.mark.parametrize("model", list(MAY_ADD))
def test_a_prefilled_form_does_not_name_a_foreign_row(
    model: type[Model], browser: Client, theirs: Rows
) -> None:
    answer = browser.get(address(model, "add"), MAY_ADD[model](theirs))
    shown = answer.content.decode().replace("Construir dos postas en Lamas", "")
    assert "Lamas" not in shown


def _field(model: type[Model], name: str) -> Any:
    sources = [model, *(inline.model for inline in admin.site._registry[model].inlines)]
    return next(
        source._meta.get_field(name)
        for source in sources
        if name in {each.name for each in source._meta.get_fields()}
    )


def _request_of(client: Client) -> Any:
    return client.get(reverse("admin:index")).wsgi_request


def _place(row: Model) -> Municipality:
    assert isinstance(row, Municipality)
    return row


def _unit(row: Model) -> Unit:
    assert isinstance(row, Unit)
    return row


def _objective(rows: Rows) -> PlanElement:
    plan = rows[Plan]
    assert isinstance(plan, Plan)
    return plan.elements.get(ref="S.1.1")
