"""A plan file that is not in order is refused whole, each fault with its line and its reason."""

import hashlib
import os
from decimal import Decimal
from pathlib import Path

import pytest

from plans.importers.faults import FileRefused
from plans.importers.plan_file.reader import read_plan_file
from tests.plans.plan_files import DOCUMENT, GOOD, HEAD, SHA256, faults


def test_a_good_file_is_read_in_document_order(folder: Path) -> None:
    path = folder / "coata.yaml"
    path.write_text(HEAD + GOOD)
    draft = read_plan_file(path)
    assert [each.ref for each in draft.elements] == ["S", "S.1", "S.1.1", "S.1.1.1"]
    assert draft.elements[1].spans == [[34, 47]]
    assert DOCUMENT[34:47] == "Falta de agua"


def test_all_faults_come_at_once(folder: Path) -> None:
    text = HEAD.replace("210105", "21").replace("2019-2022", "2019") + GOOD.replace(
        "tipo: social", "tipo: cultural"
    ).replace("linea: 4", "linea: 40")
    assert faults(folder, text) == [
        (2, "municipalidad", "debe ser el ubigeo INEI: seis cifras."),
        (3, "periodo", "Un periodo se escribe con dos años: «2019-2022»."),
        (8, "tipo", "debe ser: social, economica, ambiental, institucional, propia."),
        (18, "texto", "El documento termina en la línea 5."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Agua para todos", "Agua para nadie", (18, "texto", "No está, palabra por palabra")),
        ('"1."', '"7."', (13, "codigo", "no está impresa delante")),
        (
            "objetivo: S.1.1",
            "objetivo: S.1",
            (17, "código", "el código S.1 ya es de «Falta de agua»"),
        ),
        ("objetivo: S.1.1", "objetivo: s-1", (17, "objetivo", "una letra y números")),
        ("- objetivo:", "- dimension:", (17, "nivel", "no puede colgar de problema")),
        ("- problema:", "- meta:", (17, "nivel", "no puede colgar de meta del plan")),
        ("linea: 4", "linea: cuatro", (19, "linea", "debe ser como 78")),
        ("valor: 50", "valor: 60", (24, "valor", "no está en el texto de la meta")),
        ("valor: 50", "valor: mucho", (24, "valor", "no se entiende como cifra")),
        ("valor: 50", "valor: 1E+999999999999", (24, "valor", "no se entiende como cifra")),
        ("valor: 50", "valor: 5_0", (24, "valor", "no se entiende como cifra")),
        ("valor: 50", "valor: \u0665\u0660", (24, "valor", "no se entiende como cifra")),
        ("valor: 50", "valor: 0.00001", (24, "valor", "no cabe")),
        ("valor: 50", "valor: 1.250", (24, "valor", "«1.250» puede ser 1.25 o 1250")),
        ("objetivo: S.1.1", "objetivo: S.\u0661", (17, "objetivo", "una letra y números")),
        ("Agua para todos", '"Agua\\0"', (18, "texto", "carácter invisible: U+0000")),
        ("Agua para todos", '"Agua \\u202E"', (18, "texto", "carácter invisible: U+202E")),
        ("linea: 4", "linea: 3", (18, "texto", "No está, palabra por palabra")),
        ("clase: variacion", "clase: cosa", (24, "clase", "debe ser: nivel")),
        ("texto: Agua", "texo: Agua", (18, "texo", "clave desconocida")),
        ("tipo: social", "tipo: social\n  tipo: social", (9, "tipo", "está repetida")),
    ],
)
def test_a_fault_names_its_line_field_and_reason(
    folder: Path, old: str, new: str, fault: tuple[int, str, str]
) -> None:
    assert old in GOOD
    found = faults(folder, HEAD + GOOD.replace(old, new))
    line, field, reason = fault
    assert [each for each in found if each[:2] == (line, field) and reason in each[2]], found


def test_a_year_of_the_text_is_no_goal_of_it(folder: Path) -> None:
    document = DOCUMENT.replace("Reducir en 50 %", "Al 2022 reducir en 30,5 %")
    (folder / "coata.txt").write_text(document)
    head = HEAD.replace(SHA256, hashlib.sha256(document.encode()).hexdigest())
    good = GOOD.replace("Reducir en 50 %", "Al 2022 reducir en 30,5 %")
    ((_line, field, reason),) = faults(folder, head + good.replace("valor: 50", "valor: 2022"))
    assert (field, reason[:40]) == ("valor", "en el texto de la meta 2022 es un año. S")
    (folder / "coata.yaml").write_text(head + good.replace("valor: 50", 'valor: "30,5"'))
    terms = read_plan_file(folder / "coata.yaml").elements[-1].terms
    assert terms is not None
    assert terms.goal == Decimal("30.5")


def test_a_text_copied_with_its_marks_is_kept_without_them(folder: Path) -> None:
    document = DOCUMENT.replace("Agua para todos", "• **Agua** para todos").replace(
        "1. Falta", "**1.** Falta"
    )
    (folder / "coata.txt").write_text(document)
    head = HEAD.replace(SHA256, hashlib.sha256(document.encode()).hexdigest())
    copied = GOOD.replace("Agua para todos", '"• **Agua** para todos"').replace('"1."', '"**1.**"')
    path = folder / "coata.yaml"
    path.write_text(head + copied)
    elements = read_plan_file(path).elements
    assert [each.statement for each in elements][2] == "Agua para todos"
    assert elements[1].printed_code == "1."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "está vacío"),
        ("hola", "aquí van claves con su valor"),
        ("a: [1, 2", "no es YAML"),
        ("a: &x 1\nb: *x", "no use anclas ni alias"),
        ("a: !!python/object/apply:os.system [ls]", "no use etiquetas"),
        ("a: " + "[" * 60 + "]" * 60, "demasiados niveles"),
        ("? [1, 2]\n: 3", "una clave debe ser una palabra"),
        ("a: 1\x00", "no es YAML"),
    ],
)
def test_what_is_not_a_plan_file_is_refused(folder: Path, text: str, reason: str) -> None:
    assert reason in faults(folder, text)[0][2]


def test_anchors_that_explode_are_refused_at_once(folder: Path) -> None:
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    assert faults(folder, bomb) == [(1, "YAML", "no use anclas ni alias (& y *).")]


def test_a_file_of_50_megabytes_is_refused_unread(folder: Path) -> None:
    path = folder / "coata.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(FileRefused, match="pesa más de 2 MB"):
        read_plan_file(path)


def test_a_file_that_is_not_text_is_refused(folder: Path) -> None:
    path = folder / "coata.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileRefused, match="no es texto en UTF-8"):
        read_plan_file(path)


def test_a_missing_file_is_refused(folder: Path) -> None:
    with pytest.raises(FileRefused, match="no se puede leer"):
        read_plan_file(folder / "nada.yaml")


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        (SHA256, "0" * 64, "sha256", f"el código del documento es {SHA256}"),
        ("coata.txt", "otro.txt", "archivo", "no se puede leer"),
        ("coata.txt", "../coata.txt", "archivo", "en la misma carpeta"),
        ("sin confirmar", "autoridad elegida", "condicion_fuente", "Diga de qué documento"),
        ("sin confirmar", "alcalde", "condicion", "debe ser: autoridad elegida"),
        ("formato: 1", "formato: 2", "formato", "debe ser: 1"),
        ("2019-2022", "2022-2019", "periodo", "no forman un periodo"),
    ],
)
def test_the_head_is_checked(folder: Path, old: str, new: str, field: str, reason: str) -> None:
    found = faults(folder, HEAD.replace(old, new) + GOOD)
    assert [each for each in found if each[1] == field and reason in each[2]], found


def test_two_elements_cannot_take_the_same_words(folder: Path) -> None:
    twice = GOOD + "- lineamiento: L.1\n  texto: Falta de agua\n  linea: 3\n"
    assert faults(folder, HEAD + twice) == [
        (25, "texto", "esas palabras ya son de S.1, «Falta de agua».")
    ]


def test_an_empty_document_proves_nothing(folder: Path) -> None:
    (folder / "coata.txt").write_text("")
    text = (HEAD + GOOD).replace(SHA256, hashlib.sha256(b"").hexdigest())
    assert (5, "archivo", "está vacío.") in faults(folder, text)


@pytest.mark.parametrize("hidden", ["\x00", "\x02", "\x1b", "\u202e"])
def test_a_document_with_what_nobody_sees_is_refused(folder: Path, hidden: str) -> None:
    document = DOCUMENT + hidden
    (folder / "coata.txt").write_text(document)
    text = (HEAD + GOOD).replace(SHA256, hashlib.sha256(document.encode()).hexdigest())
    assert [each for each in faults(folder, text) if "carácter invisible" in each[2]]


def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    with pytest.raises(FileRefused, match="no es un archivo"):
        read_plan_file(folder / "pipe.yaml")


def test_a_file_of_faults_is_not_read_to_its_end(folder: Path) -> None:
    found = faults(folder, HEAD + "- x: 1\n" * 10_000)
    assert len(found) == 201
    assert found[-1][1:] == ("…", "y no se siguió leyendo.")


def test_a_document_with_windows_line_ends_is_refused(folder: Path) -> None:
    windows = DOCUMENT.replace("\n", "\r\n").encode()
    (folder / "coata.txt").write_bytes(windows)
    text = (HEAD + GOOD).replace(SHA256, hashlib.sha256(windows).hexdigest())
    assert (5, "archivo", "el texto debe estar en NFC, con finales de línea LF.") in faults(
        folder, text
    )


def test_a_plan_without_elements_is_refused(folder: Path) -> None:
    assert faults(folder, HEAD.replace("elementos:", "elementos: []")) == [
        (6, "elementos", "el plan no tiene ninguno.")
    ]


def test_the_documented_example_is_a_good_file(tmp_path: Path) -> None:
    """What docs/archivo-de-plan.md shows can be loaded as it stands."""
    guide = Path(__file__).resolve().parents[2] / "docs" / "archivo-de-plan.md"
    blocks = guide.read_text().split("```")
    numbered = next(block for block in blocks if block.startswith("text\n"))
    document = "".join(f"{line[4:]}\n" for line in numbered.splitlines()[1:])
    example = next(block for block in blocks if block.startswith("yaml\n"))
    (tmp_path / "plan-ejemplo.txt").write_text(document)
    (tmp_path / "plan-ejemplo.yaml").write_text(example.removeprefix("yaml\n"))
    draft = read_plan_file(tmp_path / "plan-ejemplo.yaml")
    assert draft.document.title == "PLAN DE GOBIERNO DE EJEMPLO"


KEPT = '{clase: nivel, valor: 50, unidad: "%", sentido: mantener, limite: valor, tolerancia: 2}'


def test_what_the_text_says_of_its_bound_is_read(folder: Path) -> None:
    path = folder / "coata.yaml"
    old = '{clase: variacion, valor: 50, unidad: "%", sentido: disminuir}'
    path.write_text(HEAD + GOOD.replace(old, KEPT.replace("}", ", naturaleza: parte}")))
    terms = read_plan_file(path).elements[-1].terms
    assert terms is not None
    assert (terms.bound, terms.tolerance, terms.nature) == ("valor", Decimal(2), "parte")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("limite: valor", "limite: muro", "limite"),
        ("sentido: mantener", "sentido: aumentar", "limite"),
        ("limite: valor", "limite: techo", "tolerancia"),
        (", tolerancia: 2", "", "tolerancia"),
        ("tolerancia: 2", "tolerancia: -2", "tolerancia"),
    ],
)
def test_a_bound_that_contradicts_the_rest_is_refused(
    folder: Path, old: str, new: str, field: str
) -> None:
    terms = '{clase: variacion, valor: 50, unidad: "%", sentido: disminuir}'
    found = faults(folder, HEAD + GOOD.replace(terms, KEPT.replace(old, new)))
    assert found[0][1] == field


def test_a_file_may_be_of_a_list(folder: Path) -> None:
    path = folder / "coata.yaml"
    path.write_text(HEAD.replace("periodo:", "lista: renovar-coata\nperiodo:") + GOOD)
    assert read_plan_file(path).list_slug == "renovar-coata"


def test_a_list_is_written_as_in_its_address(folder: Path) -> None:
    written = HEAD.replace("periodo:", "lista: Renovar Coata\nperiodo:") + GOOD
    ((line, field, reason),) = faults(folder, written)
    assert (line, field) == (3, "lista")
    assert "en minúsculas" in reason
