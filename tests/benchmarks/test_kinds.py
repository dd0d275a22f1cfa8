"""What is measured of a country answers: a kind that browser tests open anew is found here."""

from typing import Final

import pytest

from benchmarks.country.editions import write_editions
from benchmarks.country.kinds import kinds
from benchmarks.country.subject import Subject
from tests.benchmarks.made_up import written
from tracking.accountability.rendering import make_file

SIZE: Final = 100  # elements of a plan: fewer have no draft


@pytest.mark.usefixtures("places")
def test_each_kind_answers() -> None:
    write_editions(written(SIZE))
    subject = Subject.chosen()
    for file in subject.edition.files.filter(data=None):
        make_file(file.pk)
    groups = set()
    for kind in kinds(subject):
        kind.case.run()  # RuntimeError for what does not
        groups.add(kind.group)
    assert groups == {"página", "API", "archivo", "gestión", "acto"}
