"""The mayors of the electoral authority's list, by the command and in a browser."""

from contextlib import nullcontext
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Authority, Municipality, User
from accounts.spreadsheets.writing import Column, Form, workbook
from tests.conftest import SignIn
from tests.factories import make_municipality

pytestmark = pytest.mark.django_db
PAGE = "/gestion/autoridades/"
HEADINGS = (
    "DOCUMENTOIDENTIDAD,TXORGANIZACIONPOLITICA,TXCARGO,TXREGION,TXPROVINCIA,TXDISTRITO,"
    "TXNOMBRES,TXAPELLIDOPATERNO,TXAPELLIDOMATERNO,FEINICIOVIGENCIA,FEFINVIGENCIA,"
    "TXPRONUNCIAMIENTO,TXPERIODO"
)
END = "01/01/2027,31/12/2030,Acta de proclamación,2027-2030"
PUNO = f"12345678,LISTA UNO,ALCALDE PROVINCIAL,PUNO,PUNO,,MARIA,DE LA CRUZ,PRUEBA,{END}"
COATA = f"12345679,LISTA DOS,ALCALDE DISTRITAL,PUNO,PUNO,COATA,Juan,Prueba,Dos,{END}"
COUNCIL = f"12345670,LISTA DOS,REGIDOR DISTRITAL,PUNO,PUNO,COATA,Ana,Prueba,Tres,{END}"


@pytest.fixture(autouse=True)
def places(puno: Municipality) -> None:
    make_municipality("Coata", "210105", kind="distrital", province="Puno", region="Puno")


def csv_of(*rows: str, headings: str = HEADINGS) -> bytes:
    return "\n".join([headings, *rows]).encode()


def run(folder: Path, content: bytes, *options: str, code: int = 0) -> list[str]:
    """What the command says, line by line; it ends with CODE."""
    path, out = folder / "lista.csv", StringIO()
    path.write_bytes(content)
    with pytest.raises(SystemExit, match=str(code)) if code else nullcontext():
        call_command("import_authorities", path, *options, stdout=out, stderr=out)
    return out.getvalue().splitlines()


def test_mayors_are_registered_once_each_in_their_municipality(tmp_path: Path) -> None:
    said = run(tmp_path, csv_of(PUNO, COATA, COUNCIL))
    assert said == [
        "Filas: 3 leídas. Alcaldías: 2 nuevas, 0 que terminan antes de lo que se sabía, 0 iguales, "
        "0 rechazadas. Otros cargos: 1."
    ]
    mayor = Authority.objects.get(municipality__name="Puno")
    assert (mayor.name, mayor.office) == ("Maria de la Cruz Prueba", "Alcalde provincial")
    assert [mayor.since.isoformat(), str(mayor.until)] == ["2027-01-01", "2030-12-31"]
    assert mayor.source == (
        "Lista de autoridades electas del JNE; Acta de proclamación; periodo 2027–2030; LISTA UNO"
    )
    assert "0 nuevas" in run(tmp_path, csv_of(PUNO, COATA, COUNCIL))[0]
    assert Authority.objects.count() == 2


def test_an_identity_number_is_kept_nowhere(tmp_path: Path) -> None:
    said = run(tmp_path, csv_of(PUNO, COATA.replace("COATA", "NADIE")), code=1)
    stored = [f"{each.name}{each.source}" for each in Authority.objects.all()]
    assert "1234567" not in "".join([*stored, *said])


def test_headings_come_in_any_order_and_spelling_and_below_a_title(
    tmp_path: Path, puno: Municipality
) -> None:
    headings = "Apellidos y nombres;Cargo;Departamento;Provincia;Inicio vigencia"
    row = "PRUEBA UNO, MARÍA;Alcaldesa provincial;Región Puno;PROVINCIA DE PUNO;2027-01-01"
    run(tmp_path, csv_of(headings, row, headings="Autoridades electas;;;;"))
    mayor = Authority.objects.get()
    assert (mayor.municipality, mayor.until) == (puno, None)
    assert mayor.name == "Prueba Uno, María"


def test_a_province_alone_is_the_provincial_municipality(
    tmp_path: Path, puno: Municipality
) -> None:
    run(tmp_path, csv_of(PUNO.replace("ALCALDE PROVINCIAL", "ALCALDE")))
    assert Authority.objects.get().municipality == puno


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (COATA.replace("COATA", "QOATA"), "«QOATA, PUNO, PUNO». ¿Es Coata?"),
        (COATA.replace("COATA", "PUNO"), "Ninguna municipalidad distrital es «PUNO, PUNO, PUNO»."),
        (COATA.replace("COATA", ""), "No dice de qué distrito o provincia es."),
        (PUNO.replace("01/01/2027", "30/02/2027"), "La fecha «30/02/2027» no existe."),
        (PUNO.replace("01/01/2027", "enero"), "«enero» no es una fecha"),
        (PUNO.replace("01/01/2027", ""), "No dice desde qué día rige el cargo."),
        (PUNO.replace("31/12/2030", "31/12/2026"), "El cargo termina antes de empezar."),
        (PUNO.replace("MARIA,DE LA CRUZ,PRUEBA", ",,"), "No dice el nombre de la autoridad."),
    ],
)
def test_what_cannot_be_joined_is_listed_with_its_row_and_the_rest_is_done(
    tmp_path: Path, row: str, reason: str
) -> None:
    said = run(tmp_path, csv_of(COATA.replace("Juan", "Rosa"), row), code=1)
    assert said[0].startswith("Fila 3: ")
    assert reason in said[0]
    assert Authority.objects.count() == 1


def test_two_municipalities_of_one_name_are_never_told_apart(tmp_path: Path) -> None:
    twin = {"kind": "distrital", "province": "Puno", "region": "Puno", "slug": "coata-2"}
    make_municipality("Coata", "210199", **twin)
    assert "Dos municipalidades son" in run(tmp_path, csv_of(COATA), code=1)[0]


def test_what_officers_corrected_stays_and_an_earlier_end_is_taken(tmp_path: Path) -> None:
    run(tmp_path, csv_of(PUNO))
    Authority.objects.update(source="Credencial de prueba", name="Cruz Prueba María de la")
    before = Municipality.objects.get(name="Puno").revision
    assert (
        "1 que terminan antes" in run(tmp_path, csv_of(PUNO.replace("31/12/2030", "1/2/2028")))[0]
    )
    mayor = Authority.objects.get()
    assert (mayor.source, str(mayor.until)) == ("Credencial de prueba", "2028-02-01")
    assert Municipality.objects.get(name="Puno").revision == before + 1
    assert "1 iguales" in run(tmp_path, csv_of(PUNO))[0]


def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    said = run(tmp_path, csv_of(PUNO), "--dry-run")
    assert "1 nuevas" in said[0]
    assert said[1] == "No se escribió nada."
    assert not Authority.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b\n1,2\n", "le falta TXCARGO, TXREGION, TXPROVINCIA, FEINICIOVIGENCIA"),
        (csv_of(headings=HEADINGS.replace("TXCARGO,", "")), "le falta TXCARGO."),
        (b"PK\x03\x04 nada", "lista.csv"),
        (b"", "lista.csv"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        run(tmp_path, content)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No se puede leer"):
        call_command("import_authorities", tmp_path / "nada.csv")


@pytest.fixture
def desk(operator: User, signed_in: SignIn) -> Client:
    return signed_in(operator)


def upload(desk: Client, content: bytes, action: str, name: str = "electas.xlsx") -> str:
    file = SimpleUploadedFile(name, content)
    answer = desk.post(PAGE, {"file": file, "accion": action})
    assert answer.status_code in {200, 422}
    page: str = answer.content.decode()
    return page


def test_an_operator_does_the_same_in_a_browser(desk: Client) -> None:
    headings, *rows = (line.split(",") for line in csv_of(PUNO, COATA).decode().splitlines())
    sheet = workbook([Form("Electas", [Column(each) for each in headings], rows)])
    assert "todavía no se guardó nada" in upload(desk, sheet, "revisar")
    assert not Authority.objects.exists()
    assert "2 nuevas" in upload(desk, sheet, "registrar")
    assert Authority.objects.count() == 2
    assert "2 iguales" in upload(desk, sheet, "registrar")


def test_a_browser_is_told_of_each_row_and_of_a_wrong_file(desk: Client) -> None:
    page = upload(desk, csv_of(COATA.replace("COATA", "QOATA")), "registrar", "electas.csv")
    assert "<strong>Fila 2</strong>: Ninguna municipalidad distrital es «QOATA" in page
    assert "No parece la lista" in upload(desk, b"a,b\n1,2\n", "registrar", "otra.csv")
    assert "Elija un archivo." in desk.post(PAGE, {"accion": "registrar"}).content.decode()


def test_the_start_page_leads_there(desk: Client, planner: User, signed_in: SignIn) -> None:
    assert f'href="{PAGE}"' in desk.get("/gestion/").content.decode()
    assert signed_in(planner).get(PAGE).status_code == 403
