"""The form field of one figure: read back, and confirmed where it is in doubt."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from plans.forms.figures import FigureField, confirmation


class ValueForm(forms.Form):
    value = FigureField(label="Valor")


class PercentForm(forms.Form):
    value = FigureField(maximum=100, unit="%", places=1, required=False)


class AnyForm(forms.Form):
    value = FigureField(minimum=None)


class CountForm(forms.Form):
    value = FigureField(minimum=1, places=0)


def sent(form: type[forms.Form], typed: str, meant: str = "") -> forms.Form:
    return form({"value": typed, "value_como": meant})


def radios(form: forms.Form) -> list[tuple[str, str]]:
    """What each radio of the form sends, and what stands beside it."""
    html = str(form["value"])
    found = re.findall(
        r'<input type="radio" name="value_como" value="([^"]+)"[^>]*> ([^<]+)<', html
    )
    return [(sends, says.strip()) for sends, says in found]


@pytest.mark.parametrize("typed", ["1500.5", " 1,500.50 ", "S/ 1500.50"])
def test_what_is_clear_is_taken(typed: str) -> None:
    form = sent(ValueForm, typed)
    assert form.is_valid()
    assert form.cleaned_data == {"value": Decimal("1500.5")}
    assert radios(form) == []


def test_what_is_in_doubt_is_asked_and_kept_as_typed() -> None:
    form = sent(ValueForm, "1,500")
    assert form.errors == {"value": ["Escribió «1,500». Elija qué quiso decir."]}
    assert form.has_error("value", "in_doubt")
    assert radios(form) == [
        ("1500:1,500", "1500 (sin decimales)"),
        ("1.5:1,500", "1.5 (con 1 decimal)"),
    ]
    assert 'name="value" value="1,500"' in str(form["value"])
    assert "checked" not in str(form["value"])


def test_one_possible_meaning_is_asked_too() -> None:
    form = sent(ValueForm, "12,25")
    assert form.errors == {"value": ["Escribió «12,25». Confirme que quiso decir 12.25."]}
    assert radios(form) == [("12.25:12,25", "12.25 (con 2 decimales)")]


def test_a_figure_in_millions_is_easy_to_read() -> None:
    assert radios(sent(ValueForm, "1.234.567")) == [
        ("1234567:1.234.567", "1,234,567 (sin decimales)")
    ]


@pytest.mark.parametrize("chosen", [Decimal("1500"), Decimal("1.5")])
def test_a_chosen_meaning_is_taken(chosen: Decimal) -> None:
    form = sent(ValueForm, "1,500", confirmation("1,500", chosen))
    assert form.is_valid()
    assert form.cleaned_data == {"value": chosen}
    assert str(form["value"]).count("checked") == 1  # another field's fault does not lose it


@pytest.mark.parametrize("typed", ["1.500", "1,600", "12,5"])
def test_a_meaning_chosen_for_another_text_does_not_count(typed: str) -> None:
    form = sent(ValueForm, typed, confirmation("1,500", Decimal(1500)))
    assert form.has_error("value", "in_doubt")
    assert "checked" not in str(form["value"])


@pytest.mark.parametrize("meant", ["", "1500", "7:1,500", "1500:", ":", "<b>"])
def test_a_meaning_that_was_not_offered_does_not_count(meant: str) -> None:
    assert sent(ValueForm, "1,500", meant).has_error("value", "in_doubt")


def test_a_meaning_left_over_beside_a_clear_text_is_ignored() -> None:
    form = sent(ValueForm, "7", "1500:1,500")
    assert form.is_valid()
    assert form.cleaned_data == {"value": Decimal(7)}


@pytest.mark.parametrize(
    ("form", "typed", "errors"),
    [
        (ValueForm, "", ["Escriba una cifra."]),
        (ValueForm, "-5", ["No puede ser negativo."]),
        (ValueForm, "-1,500", ["No puede ser negativo."]),
        (PercentForm, "140", ["No puede pasar de 100 %."]),
        (PercentForm, "140,5", ["No puede pasar de 100 %."]),
        (PercentForm, "12.25", ["Lleva hasta 1 decimal."]),
        (CountForm, "12.5", ["Es un número entero, sin decimales."]),
        (CountForm, "0", ["No puede ser menor que 1."]),
        (
            ValueForm,
            "doce",
            [
                "«doce» no se entiende como cifra. "
                "Escríbala con punto decimal y sin separador de miles: 1500.5"
            ],
        ),
    ],
)
def test_what_does_not_fit_says_why_and_asks_nothing(
    form: type[forms.Form], typed: str, errors: list[str]
) -> None:
    refused = sent(form, typed)
    assert refused.errors == {"value": errors}
    assert radios(refused) == []
    assert f'value="{typed}"' in str(refused["value"]) or not typed


def test_limits_are_included() -> None:
    assert sent(PercentForm, "100").is_valid()
    assert sent(PercentForm, "0").is_valid()
    assert sent(AnyForm, "-5").is_valid()


def test_a_meaning_that_does_not_fit_is_not_offered() -> None:
    assert radios(sent(PercentForm, "1,500")) == [("1.5:1,500", "1.5 (con 1 decimal)")]
    assert radios(sent(CountForm, "1,500")) == [("1500:1,500", "1500 (sin decimales)")]


@pytest.mark.parametrize("data", [{}, {"value": ""}, {"value": "  "}])
def test_nothing_typed_is_none_where_it_may_be_missing(data: dict[str, str]) -> None:
    form = PercentForm(data)
    assert form.is_valid()
    assert form.cleaned_data == {"value": None}


@pytest.mark.parametrize(
    ("stored", "shown"), [("1500.5000", "1500.5"), ("1.2340", "1.2340"), ("0.0000", "0")]
)
def test_a_stored_figure_is_shown_as_one_types_it(stored: str, shown: str) -> None:
    form = ValueForm(initial={"value": Decimal(stored)})
    assert f'name="value" value="{shown}"' in str(form["value"])
    assert radios(form) == []


def test_a_field_without_a_figure_is_empty() -> None:
    assert 'name="value" value=""' in str(ValueForm()["value"])


def test_the_keyboard_of_a_phone_shows_figures() -> None:
    assert 'inputmode="decimal"' in str(ValueForm()["value"])


def test_what_was_typed_is_never_markup() -> None:
    html = str(sent(ValueForm, '"><script>')["value"])
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_a_prefix_keeps_rows_apart() -> None:
    data = {"b-value": "1,500", "b-value_como": "1.5:1,500", "value_como": "1500:1,500"}
    form = ValueForm(data, prefix="b")
    assert form.is_valid()
    assert form.cleaned_data == {"value": Decimal("1.5")}
    assert 'name="b-value_como"' in str(form["value"])


@pytest.mark.parametrize(
    ("typed", "meant", "changed"),
    [
        ("1500.50", "", []),
        ("1,500.5", "", []),
        ("1.500,5", "1500.5:1.500,5", []),
        ("1.500,5", "", ["value"]),
        ("7", "", ["value"]),
        ("", "", ["value"]),
        ("doce", "", ["value"]),
    ],
)
def test_a_figure_has_changed_when_it_is_another_figure(
    typed: str, meant: str, changed: list[str]
) -> None:
    data: dict[str, Any] = {"value": typed, "value_como": meant}
    form = ValueForm(data, initial={"value": Decimal("1500.5000")})
    assert form.changed_data == changed


def test_a_disabled_field_keeps_what_is_stored() -> None:
    form = sent(ValueForm, "7")
    form.fields["value"].disabled = True
    form.initial = {"value": Decimal("12.5")}
    assert form.is_valid()
    assert form.cleaned_data == {"value": Decimal("12.5")}


@given(st.text("0123456789.,' -", max_size=8))
def test_every_meaning_that_is_offered_is_taken(typed: str) -> None:
    for sends, _says in radios(sent(AnyForm, typed)):
        chosen = sends.partition(":")[0]
        form = sent(AnyForm, typed, confirmation(typed, Decimal(chosen)))
        assert form.is_valid()
        assert form.cleaned_data == {"value": Decimal(chosen)}
