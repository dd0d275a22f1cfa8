"""The documents of the five plans, understood without a word of any of them in the code."""

import pytest

from benchmarks.reading import agreement
from plans.importers.document.reader import read
from plans.importers.outline import Outline
from plans.importers.validation import Whose, validated
from plans.source_text import bare
from tests.real_plans import FOLDER, PLACES, real_draft

plans = pytest.mark.parametrize("slug", PLACES)


def outline_of(slug: str) -> Outline:
    name = f"{slug}-2019-2022.txt"
    return read((FOLDER / name).read_bytes(), name)


@plans
def test_each_level_is_read_as_a_person_read_it(slug: str) -> None:
    found = agreement(outline_of(slug), real_draft(slug))
    assert [level for level, each in found.items() if not each.is_enough] == []


@plans
def test_what_hangs_from_what_is_read_as_a_person_read_it(slug: str) -> None:
    found = agreement(outline_of(slug), real_draft(slug))
    assert [level for level, each in found.items() if each.below < 0.95 * each.same] == []


@plans
def test_codes_kinds_and_headings_are_as_printed(slug: str) -> None:
    by_hand = {
        (each.level, bare(each.statement), bare(each.printed_code), each.field)
        for each in real_draft(slug).elements
    }
    read_so = {
        (item.level, bare(item.statement), bare(item.printed_code), item.heading)
        for item in outline_of(slug).items
    }
    assert len(by_hand & read_so) >= 0.95 * len(by_hand)


@plans
def test_the_vision_is_found(slug: str) -> None:
    assert outline_of(slug).about.vision == real_draft(slug).vision


@plans
def test_the_document_is_the_text_that_came(slug: str) -> None:
    source = outline_of(slug).source
    assert source.is_original
    assert source.text == real_draft(slug).document.text


@plans
def test_what_was_read_can_be_published(slug: str) -> None:
    draft = real_draft(slug)
    whose = Whose(draft.inei, draft.term, draft.organization, draft.standing)
    assert validated(outline_of(slug), whose).elements
