"""How the search makes words alike, in what is searched and in the question."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

import pytest
from django.db import connection

from plans.searching import HIT_END, HIT_START, WORD, runs
from tests.real_plans import FOLDER

# Of the words of the five documents, those that PostgreSQL's Spanish stemmer keeps from meeting
# their other number.
KEPT_APART = [
    ("alta", "altas"),
    ("año", "años"),
    ("ciudad", "ciudades"),
    ("cual", "cuales"),
    ("eje", "ejes"),
    ("ello", "ellos"),
    ("enfermedad", "enfermedades"),
    ("entidad", "entidades"),
    ("escolar", "escolares"),
    ("familiar", "familiares"),
    ("gobierno", "gobiernos"),
    ("joven", "jóvenes"),
    ("lugar", "lugares"),
    ("mujer", "mujeres"),
    ("poder", "poderes"),
    ("prioridad", "prioridades"),
    ("tarea", "tareas"),
    ("unidad", "unidades"),
    ("vía", "vías"),
]
# Others that people look for.
ALSO_KEPT_APART = [
    ("obra", "obras"),
    ("luz", "luces"),
    ("ley", "leyes"),
    ("avance", "avances"),
    ("uso", "usos"),
    ("interés", "intereses"),
    ("mínimo", "mínimos"),
    ("reclamo", "reclamos"),
    ("saludable", "saludables"),
    ("red", "redes"),
    ("inversión", "inversiones"),
]


def lexemes(words: Sequence[str]) -> list[str]:
    """What is stored of each of WORDS, as PostgreSQL writes it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vigia_search_vector(word)::text FROM unnest(%s) WITH ORDINALITY AS w(word, n)"
            " ORDER BY n",
            [list(words)],
        )
        return [row[0] for row in cursor.fetchall()]


def found(typed: str, text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT vigia_search_vector(%s) @@ vigia_search_query(%s)", [text, typed])
        return bool(cursor.fetchone()[0])


def plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def pairs_of_the_five_documents() -> Iterator[tuple[str, str]]:
    """Words that they hold in both numbers, by the rules of Spanish."""
    texts = [path.read_text() for path in sorted(FOLDER.glob("*.txt"))]
    words = {plain(word) for word in re.findall(r"[^\W\d_]{2,}", " ".join(texts))}
    for word in sorted(words):
        plurals = {f"{word}s"} if word[-1] in "aeiou" else {f"{word}es", f"{word[:-1]}ces"}
        if word[-1] in "iuz":
            plurals.add(f"{word}es")
        if word[-1] != "z":
            plurals.discard(f"{word[:-1]}ces")
        yield from ((word, plural) for plural in plurals & words)


def test_a_word_meets_its_other_number(db: None) -> None:
    ones, many = zip(*KEPT_APART, *ALSO_KEPT_APART, strict=True)
    assert lexemes(ones) == lexemes(many)


def test_every_word_that_the_five_documents_have_in_both_numbers_meets_itself(db: None) -> None:
    pairs = list(pairs_of_the_five_documents())
    assert len(pairs) > 300
    singulars, plurals = zip(*pairs, strict=True)
    met = zip(pairs, lexemes(singulars), lexemes(plurals), strict=True)
    assert [pair for pair, one, many in met if one != many] == []


@pytest.mark.parametrize(
    "words",
    [
        ("mejorar", "mejoramos"),
        ("proponer", "proponemos"),
        ("educación", "educacion", "EDUCACIONES"),
        ("turístico", "turística", "turísticos"),
    ],
)
def test_what_the_stemmer_brings_together_stays_together(db: None, words: Sequence[str]) -> None:
    assert len(set(lexemes(words))) == 1


def test_words_that_say_nothing_are_not_searched(db: None) -> None:
    ours = ["los", "las", "algunos", "algunas", "nosotros", "otros", "todos", "antes", "quienes"]
    assert set(lexemes(ours)) == {""}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("03 carreteras", "Construir -03 carreteras"),
        ("privado", "Fondo público/privado"),
        ("público/privado", "Fondo publico-privado"),
        ("Poblados", "Municipalidades de C.Poblados"),
        ("c.poblados", "los C. Poblados"),
        ("agua", "«agua»,desagüe"),
        ("desagüe", "agua…desagüe"),
        ("puno.gob.pe", "Vea http://www.puno.gob.pe/planes"),
        ("30,5", "Bajar al 30.5 %"),
        ("90%", "al 90 %."),
        ("(agua)", "Agua potable"),
        ("socio-económico", "el desarrollo socio económico"),
        ("-03 carreteras", "Construir -03 carreteras"),
        ("puentes -03 carreteras", "Puentes, y -03 carreteras"),
        ("-lluvia", "Agua de lluvia"),
        ("agua -desagüe", "Red de agua -desagüe"),
        ('"Vaso de leche" -comedores', "Programa «Vaso de leche» -comedores"),
        ("rural or urbana", "Población rural or urbana"),
    ],
)
def test_punctuation_keeps_no_word_from_being_found(db: None, typed: str, text: str) -> None:
    assert found(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("público/privado", "Un fondo privado para el público"),
        ("30,5", "30 postas y 5 caminos"),
        ('"agua potable"', "agua no potable"),
        ("agua -lluvia", "agua de lluvias"),
        ("-lluvia agua", "Agua de río"),
        ('agua -"de lluvia"', "agua de la lluvia"),
    ],
)
def test_what_stands_between_words_and_before_them_keeps_its_meaning(
    db: None, typed: str, text: str
) -> None:
    assert not found(typed, text)


def test_every_line_of_the_five_documents_typed_as_it_is_seen_finds_itself(db: None) -> None:
    lines = [line for path in sorted(FOLDER.glob("*.txt")) for line in path.read_text().split("\n")]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT line FROM unnest(%s) AS seen(line) WHERE numnode(vigia_search_query(line)) > 0"
            " AND NOT vigia_search_vector(line) @@ vigia_search_query(line)",
            [lines],
        )
        missed = [row[0] for row in cursor.fetchall()]
    assert len(lines) > 1_000
    assert missed == []


def test_python_and_the_database_see_the_same_words(db: None) -> None:
    characters = [chr(code) for code in range(1, 0x10000) if not 0xD800 <= code < 0xE000]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vigia_search_text('a' || c || 'a') FROM unnest(%s) WITH ORDINALITY AS u(c, n)"
            " ORDER BY n",
            [characters],
        )
        folded = [len(row[0].split()) for row in cursor.fetchall()]
    ours = [len(WORD.findall(f"a{each}a")) for each in characters]
    others = zip(characters, folded, ours, strict=True)
    assert [f"U+{ord(each):04X}" for each, theirs, our in others if theirs != our] == []


def hit(word: str) -> str:
    return f"{HIT_START}{word}{HIT_END}"


@pytest.mark.parametrize(
    ("text", "headline", "marked"),
    [
        ("¡Más «Obras», ya!", f" mas  {hit('obra')}   ya ", ["Obras"]),
        (
            "Bene\ufb01cios de la luz…",
            f"{hit('beneficio')} de la {hit('luc')} ",
            ["Beneﬁcios", "luz"],
        ),
        ("C.Poblados", f"c {hit('poblado')}", ["Poblados"]),
        ("Otro texto, más largo", f"{hit('obra')}", []),
        ("Sin palabras", "", []),
    ],
)
def test_hits_are_told_by_their_word_in_the_texts_own_spelling(
    text: str, headline: str, marked: list[str]
) -> None:
    pieces = runs(text, headline)
    assert "".join(piece for piece, _is_hit in pieces) == text
    assert [piece for piece, is_hit in pieces if is_hit] == marked
