"""An address in a printed sentence stands on one line."""

from tests.tracking.accountability.printing.pdfs import pages_of
from tracking.accountability.printing.addresses import whole_addresses
from tracking.accountability.printing.paper import on_paper
from tracking.accountability.printing.pdf import SHEETS

ADDRESS = "https://vigia.example/verificar/"


def test_the_stop_after_an_address_is_no_part_of_it_and_words_are_escaped() -> None:
    assert whole_addresses(f"<b> en {ADDRESS}. Y en {ADDRESS}?a=1&b=2") == (
        f'&lt;b&gt; en <span class="address">{ADDRESS}</span>. '
        f'Y en <span class="address">{ADDRESS}?a=1&amp;b=2</span>'
    )


def test_wherever_a_line_ends_no_address_is_broken() -> None:
    said = "".join(f"<p>{'i' * n} {whole_addresses(ADDRESS)}</p>" for n in range(150, 240))
    pages = pages_of(on_paper(f'<html lang="es"><title>x</title>{said}</html>', SHEETS))
    lines = [line for page in pages for line in page.splitlines() if "://" in line]
    assert len(lines) == 90
    assert all(ADDRESS in line for line in lines)
