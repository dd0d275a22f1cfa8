"""A semester stays on one line wherever a page says it, and is copied as it is written."""

import re

import pytest
from django.template.loader import render_to_string

from config.templates import unbroken

WHOLE = '<span class="semester">2019-I</span>'


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>De 2019-I a 2020-II.</p>", f"<p>De {WHOLE} a {WHOLE.replace('19-I', '20-II')}.</p>"),
        ("<p>«2019-I»: <b>no</b></p>", f"<p>«{WHOLE}»: <b>no</b></p>"),
        ('<a href="?semestre=2019-I">2019-I</a>', f'<a href="?semestre=2019-I">{WHOLE}</a>'),
    ],
)
def test_a_semester_is_kept_whole_in_every_text(html: str, told: str) -> None:
    assert unbroken(html) == told
    assert re.sub("<[^>]*>", "", told) == re.sub("<[^>]*>", "", html)
    assert unbroken(told) == told


@pytest.mark.parametrize(
    "html",
    [
        "<title>Semestre 2019-I</title>",
        '<option value="2019-I">2019-I, por vencer</option>',
        "<textarea>En 2019-I dijo:\nno.</textarea>",
        "<svg><title>2019-I: sin informe</title><text>2019-I</text></svg>",
        '<script type="application/ld+json">{"name": "2019-I"}</script>',
        '<p title="2019-I">2019-III, 2019-Ica, 12019-I, C-I</p>',
    ],
)
def test_what_can_hold_no_element_and_what_is_no_semester_stays(html: str) -> None:
    assert unbroken(html) == html


def test_pages_are_made_so_and_letters_are_not() -> None:
    page = render_to_string("tracking/_typed.html", {"title": "Lo hecho", "text": "Desde 2019-I."})
    assert f'<p class="typed">Desde {WHOLE}.</p>' in page
    section = {"window": {"municipality": "Puno", "semester": "2019-I"}}
    letter = render_to_string("emails/_reminder_section.txt", {"section": section})
    assert "Puno, 2019-I\n" in letter
