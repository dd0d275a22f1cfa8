"""What is reported of an error: where in the code, and nobody."""

from typing import Any

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from config.seen.faults import report_faults, without_people

PERSON = "rosa@puno.pe"
SENT: list[Any] = []


class Kept(Transport):
    def capture_envelope(self, envelope: Envelope) -> None:
        SENT.extend(event for item in envelope.items if (event := item.get_event()))


def test_an_error_is_reported_without_its_values() -> None:
    SENT.clear()
    before = sentry_sdk.get_global_scope().client
    try:
        report_faults("https://key@faults.example/1", "abc", Kept)
        try:
            int(PERSON)
        except ValueError as error:
            sentry_sdk.set_user({"email": PERSON})
            sentry_sdk.capture_exception(error)
    finally:
        sentry_sdk.get_client().close()
        sentry_sdk.get_global_scope().set_client(before)
    (event,) = SENT
    assert event["release"] == "abc"
    assert PERSON not in str(event)
    frame = event["exception"]["values"][0]["stacktrace"]["frames"][-1]
    assert frame["function"] == "test_an_error_is_reported_without_its_values"
    assert "vars" not in frame


def test_of_a_line_of_the_log_only_what_the_code_says_is_kept() -> None:
    said = {"message": "%s: %s", "params": ["x", PERSON], "formatted": f"x: {PERSON}"}
    assert without_people({"logentry": said}, {})["logentry"] == {"message": "%s: %s"}


def test_of_a_request_only_its_path_is_kept() -> None:
    event = {
        "request": {
            "method": "POST",
            "url": "https://vigia.pe/cuenta/invitacion/abc123/?q=rosa",
            "query_string": "q=rosa",
            "headers": {"Cookie": "x"},
            "data": {"dni": "45678912"},
            "env": {"REMOTE_ADDR": "10.0.0.1"},
        },
        "user": {"ip_address": "10.0.0.1"},
    }
    assert without_people(event, {}) == {
        "request": {"method": "POST", "url": "https://vigia.pe/cuenta/invitacion/…"}
    }


@pytest.mark.parametrize("event", [{}, {"request": {}}])
def test_what_comes_of_no_request_is_reported_too(event: dict[str, Any]) -> None:
    assert without_people(event, {}) == {"request": {}}
