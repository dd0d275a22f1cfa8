"""Who is let in with a token, what may be asked in which way, and that nothing of it is public."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Role, TokenScope
from accounts.models import Municipality, Token, User
from accounts.services.people import end_role
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.tracking.office.acting import ROOT, System
from tests.tracking.office.sent import TEXT, draft
from tracking.api.throttling import Patience
from tracking.middleware import LARGEST_BODY, LARGEST_JSON
from tracking.models import ProgressReport

pytestmark = pytest.mark.django_db

BEGIN = {"semester": "2019-I", "ref": "S.1.1.1", "narrative": TEXT}
PRIVATE = ("drafts/", "worklist/")


@pytest.mark.parametrize("address", [*PRIVATE, "drafts/1/"])
@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic cGVwZQ==", "Token vigia_abc", "vigia_abc"]
)
def test_without_a_token_nobody_is_let_in(db: None, address: str, header: str) -> None:
    answer = Client().get(f"{ROOT}{address}", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Vigia"'
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("Falta la clave")


def test_who_has_signed_in_on_the_pages_needs_one_too(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    """So that no page of another site can write with a browser's session."""
    browser = signed_in(reporter)
    answer = browser.post(f"{ROOT}drafts/", json.dumps(BEGIN), "application/json")
    assert answer.status_code == 401
    assert not ProgressReport.objects.exists()


def test_a_token_that_serves_no_more_says_why(system: System, activity: PlanElement) -> None:
    Token.objects.update(revoked_at=timezone.now())
    assert system.ask("GET", "drafts/")[1]["detail"] == "Esa clave se anuló: cree otra."
    system.text = "vigia_otra"
    status, told = system.ask("GET", "drafts/")
    assert (status, told["detail"].startswith("Esa clave no existe")) == (401, True)


def test_a_role_that_ended_ends_what_its_tokens_do(
    system: System, activity: PlanElement, reporter: User, planner: User
) -> None:
    end_role(reporter.memberships.get(), by=planner)
    status, told = system.ask("POST", "drafts/", BEGIN)
    assert (status, told["detail"]) == (401, "Esa clave se anuló: cree otra.")


@pytest.mark.parametrize(
    ("scope", "reads", "writes", "sends"),
    [
        (TokenScope.READ, 200, 403, 403),
        (TokenScope.WRITE, 200, 201, 403),
        (TokenScope.SUBMIT, 200, 201, 200),
    ],
)
def test_a_token_lets_what_its_scope_says(
    reporter: User,
    puno: Municipality,
    activity: PlanElement,
    target: PlanElement,
    scope: TokenScope,
    reads: int,
    writes: int,
    sends: int,
) -> None:
    system = System(reporter, puno, scope)
    mine = draft(target, reporter, step=None)
    assert system.ask("GET", "drafts/")[0] == reads
    assert system.ask("GET", f"drafts/{mine.pk}/")[0] == reads
    assert system.ask("GET", "worklist/")[0] == reads
    assert system.ask("POST", "drafts/", BEGIN)[0] == writes
    changed = system.ask("PATCH", f"drafts/{mine.pk}/", {"edit": 1, "narrative": "Otra."})[0]
    assert changed == (200 if writes == 201 else 403)
    for act in ("submit", "recall"):
        mine.refresh_from_db()
        seen = {"edit": mine.edit}
        assert system.ask("POST", f"drafts/{mine.pk}/{act}/", seen)[0] == sends


def test_no_answer_is_stored_or_the_same_for_another(system: System, activity: PlanElement) -> None:
    system.begin(ref="S.1.1.1")
    for resource in (*PRIVATE, f"drafts/{ProgressReport.objects.get().pk}/"):
        system.ask("GET", resource)
        assert "no-store" in system.headers["Cache-Control"]
        assert "private" in system.headers["Cache-Control"]
        assert "Authorization" in system.headers["Vary"]
        assert "ETag" not in system.headers


def test_a_draft_raises_no_count_tag_or_list_of_the_public(
    system: System, activity: PlanElement
) -> None:
    lists = ("reports", "elements", "standings", "supports", "ledger")
    before = {name: Client().get(f"{ROOT}{name}/") for name in lists}
    begun = system.begin(ref="S.1.1.1", narrative="secretísimo", step=2, as_of="2019-06-30")
    assert system.ask("POST", f"drafts/{begun['id']}/submit/", {"edit": 1})[0] == 200
    for name in lists:
        after = Client().get(f"{ROOT}{name}/")
        assert (after["ETag"], after.content) == (before[name]["ETag"], before[name].content)
    assert Client().get(f"{ROOT}reports/{begun['id']}/").status_code == 404
    assert Client().get(f"{ROOT}reports/?q=secretísimo").json()["results"] == []


def test_pages_of_other_sites_may_not_send_a_token(activity: PlanElement) -> None:
    asked = {
        "Origin": "https://otra.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
    }
    answer = Client().options(f"{ROOT}drafts/", headers=asked)
    assert "authorization" not in answer["Access-Control-Allow-Headers"]
    assert "POST" not in answer["Access-Control-Allow-Methods"]


def test_guessing_is_counted_before_it_is_looked_up(
    system: System, activity: PlanElement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Patience, "get_rate", lambda _self: "2/min")
    system.text = "vigia_adivinada"
    assert [system.ask("GET", "drafts/")[0] for _attempt in range(3)] == [401, 401, 429]
    assert int(system.headers["Retry-After"]) > 0


NO_OBJECTS = [
    (b"", 422, "corrija"),
    (b"{", 400, "no es JSON: vea la línea 1, columna 2."),
    (b"\xef\xbb\xbf{}", 400, "no es JSON: vea la línea 1, columna 1."),
    (b'{"narrative": 1e400}', 400, "«1e400» no es una cifra"),
    (b"[]", 400, "Envíe un objeto"),
    (b'"a"', 400, "Envíe un objeto"),
    (b"null", 400, "Envíe un objeto"),
    (b"\xff\xfe", 400, "no es texto en UTF-8."),
    (b'{"step": NaN}', 400, "«NaN» no es una cifra"),
    (b'{"step": Infinity}', 400, "«Infinity» no es"),
    (b'{"step": 1, "step": 2}', 400, "dos veces"),
    (b'{"narrative": "\\ud800"}', 400, "no es texto en UTF-8."),
    (b'{"\\ud800": 1}', 400, "no es texto en UTF-8."),
    (b'{"step": ' + b"9" * 5000 + b"}", 400, "no es una cifra"),
    (b'{"narrative": ' + b"[" * 100 + b"]" * 100 + b"}", 422, "corrija"),
    (b"[" * 100 + b"]" * 100, 400, "Envíe un objeto"),
    (b"[" * 100_000 + b"]" * 100_000, 400, "demasiados niveles"),
    (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, 400, "demasiados niveles"),
]


def test_what_is_no_object_of_json_is_refused(system: System, activity: PlanElement) -> None:
    for body, status, sentence in NO_OBJECTS:
        answered, told = system.ask("POST", "drafts/", body)
        assert answered == status, body[:40]
        assert sentence in told["detail"]
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "x"])
def test_another_kind_of_content_is_refused(
    system: System, activity: PlanElement, kind: str
) -> None:
    answer = Client().generic(
        "POST",
        f"{ROOT}drafts/",
        json.dumps(BEGIN),
        kind,
        headers={"Authorization": f"Bearer {system.text}"},
    )
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


def test_a_body_of_more_than_a_megabyte_is_refused(system: System, activity: PlanElement) -> None:
    body = json.dumps({**BEGIN, "narrative": "a" * LARGEST_JSON}).encode()
    status, told = system.ask("POST", "drafts/", body)
    assert (status, told["status"]) == (413, 413)
    assert "nada se guardó" in told["detail"]


def test_a_body_that_nobody_reads_is_refused_as_a_problem_too(system: System) -> None:
    headers = {"Authorization": f"Bearer {system.text}"}
    extra: dict[str, Any] = {"CONTENT_LENGTH": str(2 * LARGEST_BODY)}
    answer = Client().generic(
        "POST", f"{ROOT}drafts/", b"", "application/json", headers=headers, **extra
    )
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert answer.json()["title"] == "Request Entity Too Large"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_what_is_not_done_there_says_what_is(
    system: System, activity: PlanElement, method: str
) -> None:
    status, told = system.ask(method, "drafts/")
    assert status == 405
    assert told["detail"] == "Eso no se hace aquí: pida con GET, POST, HEAD."
    assert system.ask(method, "worklist/")[1]["detail"].startswith("Aquí solo se lee")


def test_nobody_without_a_role_that_reports_has_a_token_that_serves(
    system: System, activity: PlanElement, reporter: User, puno: Municipality
) -> None:
    reporter.memberships.update(role=Role.ADMINISTRATION, unit=None)
    assert system.ask("GET", "worklist/")[0] == 403
