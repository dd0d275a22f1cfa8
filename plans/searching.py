"""A person's words put to the database's search, and where they stand in what it found."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final, Self

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db import connection, models
from django.db.models import F, Func, TextField
from django.db.models.expressions import Combinable

HIT_START, HIT_END = "\x02", "\x03"
"""What brackets a hit in ``headline``: characters that no text of a plan can hold."""

# Whatever quotation marks people type, the search knows one; PostgreSQL takes no NUL.
TYPED: Final = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "\x00": " "})

# A word is what stands between the separators of the SQL function ``vigia_search_text``.
WORD: Final = re.compile(
    r"[^\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9"
    r"\u00bb-\u00bf\u00d7\u00f7\u1680\u2000-\u206f\u20a0-\u20cf\u2150-\u215f\u2190-\u2bff"
    r"\u3000-\u303f\ue000-\uf8ff\ufeff\ufffd]+"
)

Run = tuple[str, bool]
"""A piece of a text, and whether it is a hit."""


class Words(SearchQuery):
    """What a person typed (agua -lluvia, "agua potable"), as the search understands it.

    The SQL function ``vigia_search_query`` makes words alike as they are in what is searched. What
    is typed as a text has it finds that text, whatever a hyphen in it would leave out.
    """

    def __init__(self, typed: str | Combinable) -> None:
        super().__init__(typed)
        self.function = "vigia_search_query"


class SearchedQuerySet(models.QuerySet[Any]):
    """Rows with a text, and its words in the column ``search``."""

    searched_text: ClassVar[Combinable]

    def matching(self, words: str | SearchQuery) -> Self:
        """Those that hold WORDS, Spanish stems, accents, case and punctuation ignored.

        Best first, and then in their model's order; each row carries ``headline``: its text folded
        as for the search, with its hits between HIT_START and HIT_END (see `runs`).
        """
        query = Words(words) if isinstance(words, str) else words
        folded = Func(self.searched_text, function="vigia_search_text", output_field=TextField())
        return (
            self.filter(search=query)
            .annotate(
                rank=SearchRank(F("search"), query),
                headline=SearchHeadline(
                    folded,
                    query,
                    config="spanish",
                    start_sel=HIT_START,
                    stop_sel=HIT_END,
                    highlight_all=True,
                ),
            )
            .order_by("-rank", *self.model._meta.ordering)
        )


def runs(text: str, headline: str) -> list[Run]:
    """TEXT in its own spelling, cut where a hit begins or ends; "" for HEADLINE has no hits.

    Folding changes letters and their number, but never the number of words: by it the hits are
    found. Were it another, as after a change of text, nothing is marked.
    """
    words, folded = list(WORD.finditer(text)), headline.split()
    if len(words) != len(folded):
        return [(text, False)]
    pieces: list[Run] = []
    done = 0
    for word, mark in zip(words, folded, strict=True):
        if HIT_START in mark:
            pieces += [(text[done : word.start()], False), (word[0], True)]
            done = word.end()
    return [piece for piece in (*pieces, (text[done:], False)) if piece[0]]


def first_hit(pieces: Iterable[Run]) -> int:
    """At which character of PIECES their first hit begins; 0 where there is none."""
    at = 0
    for text, is_hit in pieces:
        if is_hit:
            return at
        at += len(text)
    return 0


def excerpt(pieces: Sequence[Run], *, before: int, most: int) -> list[Run]:
    """Of PIECES what stands around their first hit, cut between words.

    BEFORE characters before it, MOST in all; what was left out is told by an ellipsis.
    """
    at, whole = first_hit(pieces), "".join(text for text, _is_hit in pieces)
    start = whole.find(" ", at - before) + 1 if at > before else 0
    end = len(whole)
    if end > start + most:
        end = whole.rfind(" ", start, start + most)
        end = end if end > at else start + most
    cut: list[Run] = [("… ", False)] if start else []
    offset = 0
    for text, is_hit in pieces:
        kept = text[max(start - offset, 0) : max(end - offset, 0)]
        cut += [(kept, is_hit)] if kept else []
        offset += len(text)
    return [*cut, (" …", False)] if end < len(whole) else cut


def says_anything(typed: str) -> bool:
    """Whether TYPED has a word that is searched, not only such as stand everywhere. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(vigia_search_query(%s)) > 0", [typed])
        return bool(cursor.fetchone()[0])
