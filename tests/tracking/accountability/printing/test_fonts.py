"""What is printed and drawn has the letters that Peru writes with."""

import pytest
from fontTools.ttLib import TTFont

from tracking.accountability.printing.paper import FOLDER


@pytest.mark.parametrize("name", ["NotoSans-Regular", "NotoSans-Bold", "NotoSerif-Regular"])
@pytest.mark.parametrize(
    "words",
    ["Ñuqanchik, Wiñaymarka, Awajún, Shipibo-Konibo", "Murui-Muinanɨ, Ʉʉ", "10 µg/m³, 10 μg/m³, Ω"],
    ids=["most", "of the Amazon", "units"],
)
def test_no_letter_of_them_is_a_box(name: str, words: str) -> None:
    drawn = TTFont(FOLDER / "fonts" / f"{name}.ttf").getBestCmap()
    assert [each for each in words if ord(each) not in drawn] == []
