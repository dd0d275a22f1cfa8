"""The code that people type from paper."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.models.edition_codes import SIGNS, code_of, grouped, typed_code

digests = st.binary().map(lambda data: hashlib.sha256(data).hexdigest())


def test_it_is_the_beginning_of_the_digest_in_base_32() -> None:
    digest = "0123456789abcde" + "f" * 49
    code = code_of(digest)
    number = 0
    for sign in code:
        number = number * 32 + SIGNS.index(sign)
    assert f"{number:015x}" == digest[:15]
    assert grouped(code) == f"{code[:4]}-{code[4:8]}-{code[8:]}"


@given(digests)
def test_what_is_printed_is_read_back_however_it_is_typed(digest: str) -> None:
    code = code_of(digest)
    printed = grouped(code)
    for typed in (printed, printed.lower(), code, f" {printed.replace('-', ' ')} ", printed):
        assert typed_code(typed) == code


def test_what_people_misread_is_the_same_sign() -> None:
    assert typed_code("oIl0-2345-6789") == typed_code("0110-2345-6789") == "011023456789"
    assert typed_code("7F3A\u20139C2B\u20134DQX") == "7F3A9C2B4DQX"


@pytest.mark.parametrize(
    "typed", ["", "7F3A", "7F3A-9C2B-4DQ", "7F3A-9C2B-4DQXX", "7F3A-9C2B-4DQU", "ñ" * 12]
)
def test_anything_else_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="doce letras y cifras"):
        typed_code(typed)
