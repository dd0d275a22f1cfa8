"""What a text says, whatever a page, a typeface or a copy did to it.

A line end that cuts a word, a joined letter, the small figure of a footnote, a bullet: none of them
is said, and what is copied from one program has other ones than what is read by another.
"""

import re
import unicodedata
from array import array
from typing import Final

# What a typesetter or a word processor leaves in a text and nobody reads.
INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
LIGATURES: Final = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
}
LIGATURE: Final = re.compile("|".join(LIGATURES))
# A word that a line end has cut: "Mejora-⏎miento". Between capitals it may be a name.
CUT_WORD: Final = re.compile(r"(?<=[a-zà-ÿ])[-\u2010][^\S\n]*\n\s*(?=[a-zà-ÿ])")

# Word processors draw bullets with the private characters of a symbol font.
BULLETS: Final = "•◦▪▫●○■□◆◇►▶➢➤➔✓✔✗☑☐‣∙❖❑➣\ue000-\uf8ff"
_PASSED_OVER: Final = re.compile(
    rf"(?P<nothing>{INVISIBLE.pattern}|{CUT_WORD.pattern}"
    r"|</?(?:b|i|u|em|strong|su[bp])\s*/?>|\*\*|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)"
    # The figure of a footnote, glued to its word: "Empleo13".
    r"|(?<=[^\W\d_]{4})(?:[0-9]{1,2}|[⁰¹²³⁴-⁹]{1,3})(?!\w))"
    rf"|(?P<space>(?:\s|[{BULLETS}]|</?(?:p|br)\s*/?>"
    r"|(?:^|(?<=\t))[^\S\n]*(?:\#+(?=\s)|[-–—*](?=\s|[0-9])|¿(?=\t)|o(?=\t)))+)"
    rf"|(?P<letter>{LIGATURE.pattern})",
    re.MULTILINE | re.IGNORECASE,
)


def comparable(text: str) -> tuple[str, "array[int]"]:
    """What TEXT says, one space between words; and where in TEXT each of its characters stands."""
    said: list[str] = []
    offsets = array("I")
    done = 0
    for found in _PASSED_OVER.finditer(text):
        said.append(text[done : found.start()])
        offsets.extend(range(done, found.start()))
        done = found.end()
        left = " " if found["space"] else LIGATURES.get(found[0], "")
        said.append(left)
        offsets.extend([found.start()] * len(left))
    said.append(text[done:])
    offsets.extend(range(done, len(text)))
    return "".join(said), offsets


def said_by(text: str) -> str:
    """What TEXT says, to be looked for in what another text says."""
    return comparable(unicodedata.normalize("NFC", text))[0].strip()
