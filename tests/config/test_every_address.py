"""What holds at every address, whoever wrote its view: tokens, methods, questions of no sense."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from plans.models import Plan

PARTS = {
    "slug": "puno",
    "path": "2019-2022",
    "term": "2019-2022",
    "ref": "S.1.1.1",
    "semester": "2019-I",
    "extension": "csv",
    "table": "reports",
    "section": "municipalities",
    "part": "000",
    "week": "2026-W49",
}
READS_A_FILE = "tracking:verify"
"""It takes a file to be recognized, of which nothing is kept."""
IS_SIGNED = "following:leave"
"""A mail program sends it (RFC 8058): its signed address is all that lets it do what it does."""
IS_COSIGNED = "tracking:witnesses"
"""A program posts it: what it may do its signatures say, which no page of another site can make."""

# Broken percent signs, bytes that are no UTF-8, half a character, a null; what turns text around,
# what other interpreters read, and figures that are none.
ODD = [
    "%",
    "%zz",
    "%FF",
    "%C0%AF",
    "%ED%A0%80",
    "%00",
    "%E2%80%AE",
    "%0D%0AX-Header:%20y",
    "..%2F..%2Fetc%2Fpasswd",
    "'\"--",
    "{{7*7}}<script>",
    "9" * 40,
    "-1",
    "1e400000",
    "NaN",
    "%D9%A3",
    "a" * 5000,
]
ASKED = "q pagina formato ver en estado senal semestre municipio dimension oficina acto codigo"


def addresses() -> Iterator[tuple[str, str, Any]]:
    """Each of the portal's own, by its name, filled in, with its view."""

    def walk(resolver: Any, path: str, space: str) -> Iterator[tuple[str, str, Any]]:
        for each in resolver.url_patterns:
            deeper = path + str(each.pattern)
            if isinstance(each, URLResolver):
                inner = f"{space}{each.namespace}:" if each.namespace else space
                yield from walk(each, deeper, inner)
            elif isinstance(each, URLPattern):
                yield f"{space}{each.name}", "/" + _filled(deeper), each.callback

    yield from walk(get_resolver(), "", "")


def _filled(path: str) -> str:
    plain = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "1", path)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: PARTS.get(part[1], "1"), plain).strip("^$")


ALL = list(addresses())
PUBLIC = [each for each in ALL if each[0].startswith("tracking:")]


@pytest.mark.django_db  # counts who asks
def test_only_what_is_read_goes_without_the_token_of_a_form() -> None:
    """A program's requests bring a token of their own, which no other site's page may send."""
    without = [each for each in ALL if getattr(each[2], "csrf_exempt", False)]
    acting = [each for each in without if not each[1].startswith("/api/v1/")]
    assert {name for name, _address, _view in acting} >= {name for name, *_rest in PUBLIC}
    answers = {name: Client().post(address).status_code for name, address, _view in acting}
    assert {name for name, status in answers.items() if status != 405} == {
        *(READS_A_FILE, IS_SIGNED, IS_COSIGNED)
    }


@pytest.mark.django_db
def test_no_address_takes_a_method_that_it_has_no_use_for() -> None:
    ours = [each for each in ALL if not each[1].startswith(("/admin/", "/cuenta/"))]
    answers = {address: Client().trace(address).status_code for _name, address, _view in ours}
    refused = {302, 401, 404, 405}  # to sign in, or in
    assert {each: status for each, status in answers.items() if status not in refused} == {}


def test_no_script_reads_a_cookie(db: None) -> None:
    given = Client().get(reverse("account_login")).cookies
    assert {each["httponly"] for each in given.values()} == {True}


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
def test_nothing_that_is_asked_is_a_failure_of_ours(puno_plan: Plan, odd: str) -> None:
    question = "&".join(f"{name}={odd}" for name in ASKED.split())
    answered = {200, 301, 302, 400, 404}
    for address in ("/buscar/", "/municipios/", "/m/puno/2019-2022/", "/verificar/", f"/m/{odd}/"):
        assert Client().get(f"{address}?{question}").status_code in answered, address


def test_no_header_is_a_failure_of_ours(puno_plan: Plan) -> None:
    odd = [
        {"range": "bytes=9-1,-5," + "0-1," * 2000},
        {"if-none-match": 'W/"' + "a" * 9000},
        {"if-modified-since": "Sun, 99 Nov 99999 00:00:00 GMT"},
        {"accept-encoding": "gzip;q=x, identity;q=0"},
        {"cookie": "sessionid=\x01; ;;==; csrftoken"},
        {"hx-request": "true", "hx-current-url": "http://[x"},
        {"x-forwarded-for": "a, ," * 1000},
    ]
    for headers in odd:
        assert Client().get("/m/puno/2019-2022/", headers=headers).status_code == 200, headers
