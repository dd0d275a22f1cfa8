"""Lists inside a text: where each statement of one begins and ends, and the code printed before it.

What marks a statement: a bullet ("•", "✓", "¿⇥", a hyphen), a number ("1.", "1.1", "02)"), a letter
("a)"), a Roman number ("IV."). Where a line begins a mark is believed; in the middle of a line only
what continues the list ("2." after "1."), for a figure may look the same.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from plans.comparable import BULLETS

MARKUP: Final = (
    r"(?:</?(?:p|br|b|i|u|em|strong|su[bp])\s*/?>|\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))"
)
BREAK: Final = r"(?:\A|\n|\t|\f|<(?:p|br)\s*/?>)"

_GAP: Final = rf"(?:[^\S\n]|{MARKUP})*"
_BULLET: Final = (
    rf"(?:[{BULLETS}]+|[-–—*+·](?=[^\S\n]|{MARKUP}|\Z|[^\W\d])|-(?=[0-9]+ (?!%))"
    r"|¿(?=\t)|o(?=\t)|\#+(?=\s))"
)
# "1.", "02)", "(3)", "1.-", "4°"; "1.1", "1.2.3."; "a)", "A.", "b.-"; "IV."
_CODE: Final = (
    r"(?P<code>\(?[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?:\.-|[.)])?(?![0-9]|\s*%)"
    r"|\(?[0-9]{1,3}(?:\.-|\.\)|[.)°º](?![0-9]))(?!\s*%)"
    r"|\(?(?:[a-zA-Z]|[ivxIVX]{1,5})(?:\.-|\)|\.(?=\s|\*\*|<)))"
)
_AT_LINE: Final = re.compile(
    rf"{BREAK}{_GAP}(?P<mark>(?:{_BULLET}{_GAP})*(?:{_CODE}(?=\s|{MARKUP}|\Z|[^\W\d]|[¿¡“\"«(]))?)"
)
_INLINE: Final = re.compile(rf"(?<=[\s>*])(?P<mark>[{BULLETS}]+|{_CODE})(?=\s|{MARKUP}|[^\W\d])")
_FILLER: Final = re.compile(rf"(?:\s|{MARKUP}|[{BULLETS}])+")
_CLOSING: Final = re.compile(rf"(?:\s|{MARKUP})\Z")
_FIGURE: Final = re.compile(r"[0-9.]+ [a-z]")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50}


class Part(NamedTuple):
    """A statement at [start, end) of the text that was split; ``mark`` is all that precedes it.

    ``code`` is the part of the mark that is printed for people to refer to: "1.1", "a)"; else "".
    """

    start: int
    end: int
    code: str = ""
    mark: str = ""


def parts(text: str, *, inline: bool = True) -> list[Part]:
    """The statements of TEXT, in order: one for each mark, and one for what precedes the first.

    A text without marks is one. With INLINE also marks in the middle of a line are looked for.
    """
    marks = _marks(text, inline)
    bounds = [*(start for start, _, _ in marks), len(text)]
    found = [_part(text, 0, bounds[0])]
    for (start, after, code), end in zip(marks, bounds[1:], strict=True):
        found.append(_part(text, after, end, code, text[start:after]))
    return [part for part in found if part.start < part.end]


def leading(text: str) -> Part:
    """The mark with which TEXT begins, and all that follows it."""
    match = _AT_LINE.match(text)
    if match and match["mark"] and not _is_figure(text, match):
        code = match["code"] or ""
        return _part(text, match.end(), len(text), code, match["mark"])
    return _part(text, 0, len(text))


def numbers(code: str) -> tuple[int, ...]:
    """What CODE counts: (1, 2) for "1.2", (2,) for "b)" and "02."; () where it counts nothing."""
    if found := re.findall("[0-9]+", code):
        return tuple(map(int, found))
    letters = re.sub(r"\W", "", code)
    return tuple(_letter_values(code)[-1:]) if letters.isascii() else ()


def paired(above: Sequence[str], below: Sequence[str]) -> list[int | None]:
    """For each code of BELOW, the place of its partner among the codes ABOVE; None for unknown.

    One alone above is everybody's. Of several, only the one with the same number is: "2." or "2.1"
    below goes with "2)" above. Lists without numbers, or with a number twice, are not paired.
    """
    if len(above) == 1:
        return [0] * len(below)
    place: dict[tuple[int, ...], int] = {}
    counted = [numbers(code) for code in above]
    for index, number in enumerate(counted):
        if number and counted.count(number) == 1:
            place[number] = index
    wanted = [numbers(code) for code in below]
    return [
        place.get(number, place.get(number[:-1]) if len(number) > 1 else None) if number else None
        for number in wanted
    ]


def _part(text: str, start: int, end: int, code: str = "", mark: str = "") -> Part:
    """The part without the white space and the marks of emphasis around it."""
    if opening := _FILLER.match(text, start, end):
        start = opening.end()
    while start < end and _may_close(text[end - 1]):
        closing = _CLOSING.search(text, start, end)
        if closing is None:
            break
        end = closing.start()
    return Part(start, max(start, end), code, re.sub(rf"(?:\s|{MARKUP})+\Z", "", mark).strip())


def _may_close(letter: str) -> bool:
    """Whether white space or markup may end with LETTER; asked before all of a text is searched."""
    return letter in "*_>" or letter.isspace()


def _marks(text: str, inline: bool) -> list[tuple[int, int, str]]:
    """Where each mark begins and ends, and its code."""
    at_line = [
        match for match in _AT_LINE.finditer(text) if match["mark"] and not _is_figure(text, match)
    ]
    found = {match.start("mark"): (match.end(), match["code"] or "") for match in at_line}
    if inline:
        found.update(_continuing(text, found))
    return [(start, *found[start]) for start in sorted(found)]


def _continuing(
    text: str, at_line: dict[int, tuple[int, str]]
) -> Iterator[tuple[int, tuple[int, str]]]:
    """The marks in the middle of a line that continue what the marks before them began."""
    candidates = [
        match
        for match in _INLINE.finditer(text)
        if not any(start <= match.start() < end for start, (end, _) in at_line.items())
    ]
    last = ""
    queue = sorted(
        [(start, end, code, True) for start, (end, code) in at_line.items()]
        + [(each.start(), each.end(), each["code"] or "", False) for each in candidates]
    )
    for index, (start, end, code, certain) in enumerate(queue):
        if certain:
            last = code or last
        elif not code:
            yield start, (end, "")
        elif _begins_sentence(text, start, end) and (
            _follows(last, code) or (not last and _opens(code, queue[index + 1 :], text, start))
        ):
            last = code
            yield start, (end, code)


def _follows(last: str, code: str) -> bool:
    """Whether CODE is the next one after LAST, or the first one below it."""
    if not last or _is_digits(last) != _is_digits(code):
        return False
    if not _is_digits(code):
        after = [value + 1 for value in _letter_values(last)]
        return last[-1] == code[-1] and any(each in after for each in _letter_values(code))
    before, now = numbers(last), numbers(code)
    below = now[:-1] in (before, before[:-1]) and now[-1] <= 1
    upward = any(now[: n + 1] == (*before[:n], before[n] + 1) for n in range(len(before)))
    return (below and now > before) or (upward and all(each <= 1 for each in now[len(before) :]))


def _is_digits(code: str) -> bool:
    return code.strip("()")[:1].isdigit()


def _letter_values(code: str) -> list[int]:
    """What letters may count: "I." is the ninth letter and the first Roman number."""
    letters = re.sub(r"\W", "", code)
    roman = [_roman(letters)] if letters.lower().strip("ivxl") == "" and letters else []
    return roman + ([ord(letters.lower()) - ord("a") + 1] if len(letters) == 1 else [])


def _opens(code: str, later: Sequence[tuple[int, int, str, bool]], text: str, start: int) -> bool:
    """Whether a list begins in mid-text: "Se hará: 1. Uno. 2. Dos." A letter opens none."""
    if numbers(code) != (1,) or not _is_digits(code):
        return False
    return text[:start].rstrip()[-1:] in ":.;" and any(_follows(code, each[2]) for each in later)


def _begins_sentence(text: str, start: int, end: int) -> bool:
    following = re.sub(rf"\A(?:\s|{MARKUP})+", "", text[end : end + 60])
    before = re.sub(rf"(?:\s|{MARKUP})+\Z", "", text[max(0, start - 60) : start])
    return not following[:1].islower() or before[-1:] in ".;:,"


def _is_figure(text: str, match: re.Match[str]) -> bool:
    """A figure with decimals where a line begins: "1.25 millones"; a code has a sentence after."""
    code = match["code"] or ""
    return (
        "." in code.rstrip(".-)")
        and match["mark"] == code
        and _FIGURE.match(text, match.start("code")) is not None
    )


def _roman(letters: str) -> int:
    values = [*(_ROMAN[letter] for letter in letters.lower()), 0]
    return sum(-one if one < two else one for one, two in pairwise(values))
