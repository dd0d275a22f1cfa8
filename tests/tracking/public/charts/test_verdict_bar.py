"""The thin bar of how promises go."""

import re

from tracking.choices import Verdict
from tracking.public.charts.verdict_bar import verdict_bar
from tracking.public.verdict_counts import verdict_counts


def test_its_parts_stand_in_the_order_of_the_sentence_beside_it() -> None:
    counts = {Verdict.UNKNOWN.value: 1, Verdict.DONE.value: 2, Verdict.LATE.value: 300}
    drawn = re.findall(r'class="(v-[a-z-]+)" d=', str(verdict_bar(counts)))
    said = re.findall(r"#(v-[a-z-]+)", verdict_counts(counts))
    assert drawn == said == ["v-done", "v-late", "v-unknown"]


def test_of_nothing_there_is_no_bar() -> None:
    assert verdict_bar({}) == ""


def test_only_what_does_not_go_well_leads_into_the_plan() -> None:
    said = verdict_counts({Verdict.ON_TIME.value: 2, Verdict.LATE.value: 1}, "/m/puno/2019-2022/")
    assert re.findall('<a href="([^"]+)"', said) == ["/m/puno/2019-2022/?va=tarde#promesas"]
