"""A municipality's system adds what sustains a report, and takes it away."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.choices import TokenScope
from accounts.models import Municipality, User
from plans.models import PlanElement
from tests.files import PDF, jpeg
from tests.tracking.office.acting import ROOT, System
from tests.tracking.office.sent import TEXT, add_link, draft
from tracking.files.photographs import read_photograph
from tracking.models import ProgressReport, Support

pytestmark = pytest.mark.django_db

LINK = {"title": "Acta", "taken_on": "2019-05-14", "link": "https://puno.example/acta.pdf"}
FILE = {"title": "Acta", "taken_on": "2019-05-14", "place": "Coata"}


@pytest.fixture
def begun(system: System, activity: PlanElement) -> str:
    """The address of the supports of a report that was begun."""
    said = system.begin(ref="S.1.1.1", step=2, narrative=TEXT, as_of="2019-06-30")
    return f"drafts/{said['id']}/supports/"


def upload(
    system: System, address: str, content: bytes = PDF, name: str = "acta.pdf", **said: Any
) -> tuple[int, Any]:
    """Send a file as a form does; a ``key`` in SAID is its Idempotency-Key."""
    headers = {"Authorization": f"Bearer {system.text}"}
    if key := said.pop("key", ""):
        headers["Idempotency-Key"] = key
    sent = {**FILE, **said, "file": SimpleUploadedFile(name, content)}
    answer = Client().post(f"{ROOT}{address}", sent, headers=headers)
    return answer.status_code, answer.json()


def test_a_file_is_kept_as_the_page_keeps_it(system: System, begun: str) -> None:
    status, told = upload(system, begun)
    assert status == 201
    (row,) = told["supports"]
    support = Support.objects.get()
    assert (row["id"], row["media_type"], row["size"]) == (support.pk, "application/pdf", len(PDF))
    assert (row["title"], row["place"], row["link"]) == ("Acta", "Coata", None)
    with default_storage.open(support.storage_name) as stored:
        assert stored.read() == PDF


def test_a_photograph_leaves_its_place_out_unless_it_is_asked_to_keep_it(
    system: System, begun: str
) -> None:
    upload(system, begun, jpeg(), "foto.jpg")
    with default_storage.open(Support.objects.get().storage_name) as stored:
        assert not read_photograph(stored.read()).position
    status, told = upload(system, begun, jpeg(), "foto.jpg", keeps_position="true")
    assert (status, len(told["supports"])) == (201, 2)
    assert [row.keeps_position for row in Support.objects.order_by("pk")] == [False, True]


def test_a_link_is_added_and_taken_away(system: System, begun: str) -> None:
    status, told = system.ask("POST", begun, {**LINK, "place": None})
    assert (status, told["supports"][0]["link"]) == (201, LINK["link"])
    assert system.get(f"drafts/{told['id']}/") == told
    number = told["supports"][0]["id"]
    status, told = system.ask("DELETE", f"{begun}{number}/")
    assert (status, told["supports"]) == (200, [])
    status, told = system.ask("DELETE", f"{begun}{number}/")
    assert (status, told["detail"]) == (404, "Ese sustento no está en el informe.")


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"title": ""}, "#/title"),
        ({"title": "a" * 201}, "#/title"),
        ({"taken_on": "ayer"}, "#/taken_on"),
        ({"taken_on": "2999-01-01"}, "#/taken_on"),
        ({"taken_on": None}, "#/taken_on"),
        ({"link": "javascript:alert(1)"}, "#/link"),
        ({"link": "https://a:b@puno.example/"}, "#/link"),
        ({"link": ["https://puno.example/"]}, "#/link"),
        ({"file": "acta.pdf"}, "#/file"),
        ({"keeps_position": "quizá"}, "#/keeps_position"),
        ({"url": "https://puno.example/"}, "#/url"),
    ],
)
def test_what_does_not_fit_is_named(
    system: System, begun: str, said: dict[str, Any], where: str
) -> None:
    status, told = system.ask("POST", begun, {**LINK, **said})
    assert (status, [each["pointer"] for each in told["errors"]]) == (422, [where])
    assert not Support.objects.exists()


def test_a_file_that_is_not_taken_says_why(system: System, begun: str) -> None:
    status, told = upload(system, begun, b"MZ\x90")
    (error,) = told["errors"]
    assert (status, error["pointer"], "programa" in error["detail"]) == (422, "#/file", True)


def test_a_file_and_a_link_are_added_apart_and_nothing_is_no_support(
    system: System, begun: str
) -> None:
    status, told = upload(system, begun, link="https://puno.example/")
    assert (status, told["errors"][0]["pointer"]) == (422, "#/link")
    nothing = {name: LINK[name] for name in ("title", "taken_on")}
    status, told = system.ask("POST", begun, nothing)
    assert (status, told["errors"][0]["pointer"]) == (422, "#/file")


def test_a_title_that_is_no_utf_8_is_refused(system: System, begun: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    answer = Client().generic(
        "POST",
        f"{ROOT}{begun}",
        part % (b"title", b"Acta \xff") + part % (b"taken_on", b"2019-05-14") + b"--x--\r\n",
        "multipart/form-data; boundary=x",
        headers={"Authorization": f"Bearer {system.text}"},
    )
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "Lo enviado no es texto en UTF-8.",
    )


def test_parts_that_are_broken_off_are_refused(system: System, begun: str) -> None:
    answer = Client().generic(
        "POST",
        f"{ROOT}{begun}",
        b"--x\r\nContent-Disposition: form-data; name=",
        "multipart/form-data",
        headers={"Authorization": f"Bearer {system.text}"},
    )
    assert (answer.status_code, "multipart/form-data" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize(
    "twice", [{"title": ["Acta", "Otra"]}, {"file": [SimpleUploadedFile("a.pdf", PDF)] * 2}]
)
def test_a_name_twice_is_refused(system: System, begun: str, twice: dict[str, Any]) -> None:
    sent = {**FILE, "file": SimpleUploadedFile("acta.pdf", PDF), **twice}
    headers = {"Authorization": f"Bearer {system.text}"}
    answer = Client().post(f"{ROOT}{begun}", sent, headers=headers)
    assert (answer.status_code, "dos veces" in answer.json()["detail"]) == (400, True)


def test_too_many_parts_are_refused(system: System, begun: str, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    status, told = upload(system, begun)
    assert (status, "multipart/form-data" in told["detail"]) == (400, True)


def test_the_same_is_not_added_twice_unless_it_is_the_same_request(
    system: System, begun: str
) -> None:
    first = upload(system, begun, key="a")
    assert upload(system, begun, key="a") == first
    assert upload(system, begun, PDF + b"\n%%EOF", key="a")[0] == 422
    status, told = upload(system, begun, key="b")
    assert (status, told["detail"]) == (409, "Ya está en este informe: «Acta».")
    assert len(told["current"]["supports"]) == 1


def test_what_was_sent_to_review_keeps_its_supports(system: System, begun: str) -> None:
    _status, told = upload(system, begun)
    system.ask("POST", f"drafts/{told['id']}/submit/", {"edit": 1})
    number = told["supports"][0]["id"]
    for status, told in (
        system.ask("DELETE", f"{begun}{number}/"),
        system.ask("POST", begun, LINK),
    ):
        assert (status, "recupérelo" in told["detail"]) == (409, True)
    assert Support.objects.count() == 1


def test_nobody_else_s_report_is_sustained(
    activity: PlanElement,
    reporter: User,
    colleague: User,
    outsider: User,
    puno: Municipality,
    lamas: Municipality,
) -> None:
    report = draft(activity, reporter)
    support = add_link(report, reporter)
    for person, place in ((colleague, puno), (outsider, lamas)):
        system = System(person, place)
        assert system.ask("POST", f"drafts/{report.pk}/supports/", LINK)[0] == 404
        assert upload(system, f"drafts/{report.pk}/supports/")[0] == 404
        assert system.ask("DELETE", f"drafts/{report.pk}/supports/{support.pk}/")[0] == 404
    assert Support.objects.get() == support


def test_a_support_of_another_report_is_not_there(
    system: System, begun: str, target: PlanElement, reporter: User
) -> None:
    other = add_link(draft(target, reporter, step=None), reporter)
    assert system.ask("DELETE", f"{begun}{other.pk}/")[0] == 404
    assert system.ask("DELETE", f"{begun}{10**30}/")[0] == 404
    assert Support.objects.get() == other


def test_a_token_that_only_reads_adds_nothing(
    activity: PlanElement, reporter: User, puno: Municipality
) -> None:
    report = draft(activity, reporter)
    system = System(reporter, puno, TokenScope.READ)
    assert system.ask("POST", f"drafts/{report.pk}/supports/", LINK)[0] == 403
    assert ProgressReport.objects.get().supports.count() == 0
