"""The summaries of plans that the electoral authority gives, many in one file."""

import io
import json
import zipfile
from typing import Any

import pytest

from plans.choices import OWN, Level
from plans.importers.faults import FileRefused
from plans.importers.jne.texts import LIMIT, text_of
from plans.importers.jne.values import PIECE, values
from plans.importers.outline import DoubtKind, Outline
from plans.importers.validation import Whose, validated
from plans.term import Term
from tests.plans.importers.summaries import ROW, detail, read_bytes, read_plan, summary

TREE = [
    (Level.DIMENSION, 0),
    (Level.PROBLEM, 1),
    (Level.OBJECTIVE, 2),
    (Level.TARGET, 3),
]


def reasons(found: list[Outline | FileRefused]) -> list[str]:
    return [str(each) for each in found if isinstance(each, FileRefused)]


@pytest.mark.parametrize(
    "content",
    [
        summary(),
        {"success": True, "message": None, "data": summary()},
        {"datoGeneral": None, "dimensionSocial": [detail() | {"idPgDimension": 1}]},
        {"dimensionSocial": [detail()], "dimensionEconomica": [], "dimensionAmbiental": None},
        {
            "ListPGDSocial": [
                {
                    "strPGProblema": ROW[0],
                    "strPGObjetivo": ROW[1],
                    "strPGIndicador": ROW[2],
                    "strPGMeta": ROW[3],
                }
            ],
            "ListPGDEconomica": None,
        },
    ],
    ids=["municipal", "wrapped", "general", "lists", "before"],
)
def test_every_shape_of_a_summary_gives_the_same_tree(content: Any) -> None:
    found = read_plan(content)
    depth: dict[int | None, int] = {None: -1}
    for item in found.items:
        depth[item.key] = depth[item.parent] + 1
    assert [(item.level, depth[item.key]) for item in found.items] == TREE
    assert [item.statement for item in found.items[1:]] == [ROW[0], ROW[1], ROW[3]]
    assert (found.items[0].kind, found.items[-1].indicator) == ("social", ROW[2])


def test_a_summary_can_be_published_word_for_word() -> None:
    found = read_plan(summary(ROW, (None, "Que haya <b>postas</b>.", "", "3 postas")))
    draft = validated(found, Whose("210101", Term(2027, 2030), "Lista", "sin confirmar"))
    assert [each.ref for each in draft.elements] == ["S", "S.1", "S.1.1", "S.1.1.1", "S.2", "S.2.1"]


def test_a_dimension_that_is_none_of_the_four_is_the_plans_own_and_is_doubted() -> None:
    content = summary(title="DIMENSIÓN CULTURAL")
    content["dimensiones"] += summary()["dimensiones"]
    found = read_plan(content)
    own, *_below = found.items
    assert (own.kind, [each.kind for each in own.doubts]) == (OWN, [DoubtKind.LEVEL])
    draft = validated(found, Whose("210101", Term(2027, 2030), "Lista", "sin confirmar"))
    assert {each.dimension for each in draft.elements} == {"propia-1", "social"}


def test_a_place_in_the_file_is_said_in_its_words() -> None:
    item = read_plan(summary()).items[-1]
    assert item.where.words == "plan 1, DIMENSIÓN SOCIAL, fila 1"


def test_what_is_said_of_the_whole_plan_is_kept() -> None:
    found = read_plan(
        summary(
            txVision="Un lugar de prueba con aulas.",
            txRegion="PUNO",
            txProvincia="PUNO",
            txDistrito="COATA",
            txProcesoElectoral="ELECCIONES REGIONALES Y MUNICIPALES 2026",
            txRutaCompleto="plan.pdf",
        )
    )
    about = found.about
    assert (about.organization, about.place) == ("LISTA DE PRUEBA", "PUNO / PUNO / COATA")
    assert about.term == "2027-2030"
    assert about.provenance.endswith("plan.pdf")
    [[start, end]] = about.vision_spans
    assert found.source.text[start:end] == about.vision == "Un lugar de prueba con aulas."


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"txDistrito": "HUAYLAS"}, "ANCASH / HUAYLAS / HUAYLAS"),
        ({"txDistrito": ""}, "ANCASH / provincia de HUAYLAS"),
        ({}, "ANCASH / provincia de HUAYLAS"),
        (
            {"txDistrito": "HUAYLAS", "txTipoEleccion": "MUNICIPAL PROVINCIAL"},
            "ANCASH / provincia de HUAYLAS",
        ),
        (
            {"txDistrito": "HUAYLAS", "txTipoEleccion": "MUNICIPAL PROVINCIAL Y DISTRITAL"},
            "ANCASH / HUAYLAS / HUAYLAS",
        ),
        ({"txTipoEleccion": "MUNICIPAL DISTRITAL"}, "ANCASH / HUAYLAS"),
    ],
)
def test_the_level_down_to_which_a_place_is_said_is_kept(said: dict[str, str], place: str) -> None:
    found = read_plan(summary(txRegion="ANCASH", txProvincia="HUAYLAS", **said))
    assert found.about.place == place


@pytest.mark.parametrize(
    "nothing", [None, "", " \u00a0", "No especificado.", "-", "NINGUNO", [], {}]
)
def test_a_field_without_anything_is_no_statement(nothing: Any) -> None:
    found = read_plan(summary((nothing, ROW[1], nothing, ROW[3])))
    assert [item.level for item in found.items] == ["dimension", "objective", "target"]
    assert found.items[-1].indicator == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<p>Cobertura&nbsp;≥ 90&#37;</p>", "Cobertura ≥ 90%"),
        ("\ufeffAulas\u00a0nuevas\u200b", "Aulas nuevas"),
        ("<ul><li>Uno</li><li>Dos</li></ul>", "Uno\n\nDos"),
        ("<script>x()</script>Aulas", "Aulas"),
        ("menos de 5 < 10 & más", "menos de 5 < 10 & más"),
        ("Aulas \ud83d", "Aulas \ufffd"),
        (12, "12"),
        (True, ""),
    ],
)
def test_a_field_is_read_as_what_it_says(written: Any, said: str) -> None:
    assert text_of(written) == said


def test_a_text_that_the_form_cut_says_to_see_the_pdf() -> None:
    cut = ("Construir aulas de prueba " * 100)[: LIMIT - 1] + "s"
    found = read_plan(summary((cut, *ROW[1:]), txRutaCompleto="plan.pdf"))
    problem = found.items[1]
    assert [doubt.kind for doubt in problem.doubts] == [DoubtKind.CUT]
    assert problem.doubts[0].reason.endswith("vea el resto en el PDF del plan. plan.pdf")
    whole = read_plan(summary((cut[:-1] + ".", *ROW[1:])))
    assert not whole.items[1].doubts


def test_a_list_in_a_field_is_several_statements() -> None:
    found = read_plan(summary((ROW[0], ROW[1], None, "<p>1. 12 aulas</p><p>2. 3 postas</p>")))
    assert [item.statement for item in found.items[-2:]] == ["12 aulas", "3 postas"]


def plans(count: int) -> list[dict[str, Any]]:
    return [summary(txDistrito=f"LUGAR {number}") for number in range(count)]


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(plans(3)).encode(),
        json.dumps(plans(3), indent=2).encode("utf-8-sig"),
        b"\n".join(json.dumps(each).encode() for each in plans(3)),
        json.dumps({"data": plans(3)}).encode(),
        json.dumps(dict(zip("abc", plans(3), strict=True))).encode(),
        zipped(a_json=json.dumps(plans(1)).encode(), b_jsonl=b"\n".join(
            json.dumps(each).encode() for each in plans(3)[1:]
        )),
    ],
    ids=["array", "indented", "lines", "wrapped", "object", "zip"],
)  # fmt: skip
def test_a_file_of_many_plans_gives_each_in_its_order(content: bytes) -> None:
    found = read_bytes(content)
    places = [each.about.place for each in found if isinstance(each, Outline)]
    assert places == ["LUGAR 0", "LUGAR 1", "LUGAR 2"]
    assert not reasons(found)


def test_a_broken_line_is_named_and_the_others_are_read() -> None:
    lines = [json.dumps(each) for each in plans(3)]
    lines[1] = lines[1][:80]
    found = read_bytes("\n".join(lines).encode())
    assert [type(each) for each in found] == [Outline, FileRefused, Outline]
    assert reasons(found)[0].startswith("plan 2, plan: no es JSON, o está cortado")


def test_a_file_cut_in_the_middle_gives_what_is_whole_and_names_what_is_not() -> None:
    content = json.dumps(plans(3)).encode()
    found = read_bytes(content[: len(content) - 60])
    assert [type(each) for each in found] == [Outline, Outline, FileRefused]
    assert reasons(found)[0].startswith("plan 3, plan: no es JSON, o está cortado")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "el archivo no tiene ninguno"),
        (b"[]", "el archivo no tiene ninguno"),
        (b'{"otra": 1}', "plan 1, plan: no tiene la forma del resumen de un plan."),
        ('{"a": "ñ"}'.encode("latin-1"), "no está en UTF-8"),
        (b"[" * 200_000, "está anidado sin fin"),
        (b"PK\x03\x04roto", "el archivo ZIP está cortado o dañado"),
        (zipped(a_txt=b"x"), "no tiene archivos JSON"),
        (zipped(a_json=b"{"), "a.json, plan 1, plan: no es JSON, o está cortado"),
    ],
)
def test_what_is_no_summary_is_refused_in_its_place(content: bytes, reason: str) -> None:
    (found,) = reasons(read_bytes(content))
    assert reason in found


def test_a_plan_that_is_null_is_passed_over() -> None:
    assert len(read_bytes(json.dumps([None, *plans(1)]).encode())) == 1


def test_two_plans_of_one_list_for_one_place_are_both_refused_with_each_others_place() -> None:
    twice = [*plans(2), summary(txDistrito="Lugar  0")]
    found = read_bytes(json.dumps(twice).encode())
    assert [type(each) for each in found] == [FileRefused, Outline, FileRefused]
    assert "están también en: plan 3." in reasons(found)[0]
    assert "están también en: plan 1." in reasons(found)[1]


def test_what_turns_a_text_around_refuses_its_plan_and_names_the_row() -> None:
    turned = summary((ROW[0], "Obras \u202e05", *ROW[2:]))
    found = read_bytes(json.dumps([turned, *plans(1)]).encode())
    assert reasons(found) == [
        "plan 1, DIMENSIÓN SOCIAL, fila 1, objetivo: tiene un carácter que no se ve: U+202E."
    ]
    assert isinstance(found[1], Outline)


@pytest.mark.parametrize("begins", [b"[", b""], ids=["array", "lines"])
def test_no_more_of_a_file_is_read_than_the_plans_that_were_asked_for(begins: bytes) -> None:
    one = json.dumps(summary(txIdeario="x" * PIECE)).encode()
    file = io.BytesIO(begins + (b",\n" if begins else b"\n").join([one] * 8))
    found = values(file)
    next(found)
    assert file.tell() <= 3 * PIECE
