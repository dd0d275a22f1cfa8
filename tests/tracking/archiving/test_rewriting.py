"""What becomes of what a page says, once it is archived."""

import pytest

from tracking.archiving.rewriting import rewritten

PORTAL = "https://vigia.example"


def _leads(address: str) -> str | None:
    return {"/aqui/": "aqui/index.html", "/foto/": "foto.jpg"}.get(
        address, address if ":" in address else None
    )


@pytest.mark.parametrize(
    ("page", "copy"),
    [
        ('<a href="/aqui/">x &amp; y</a>', '<a href="aqui/index.html">x &amp; y</a>'),
        ('<a class="tag" href="/nada/" rel="next">x</a>', '<span class="tag">x</span>'),
        ('<a href="/nada/"><b>1</b></a>, <a href="/aqui/">2</a>',
         '<span><b>1</b></span>, <a href="aqui/index.html">2</a>'),
        ('<img src="/foto/" alt="&quot;a&quot;">', '<img src="foto.jpg" alt="&quot;a&quot;">'),
        ('<a href="/foto/"><img src="/nada/" alt=""></a>', '<a href="foto.jpg"></a>'),
        (f'<a href="{PORTAL}/x/">x</a>', f'<a href="{PORTAL}/x/" rel="external">x</a>'),
        (f'<a href="{PORTAL}/x/" rel="license">x</a>',
         f'<a href="{PORTAL}/x/" rel="license external">x</a>'),
        ('<a href="mailto:a@example.pe">x</a>', '<a href="mailto:a@example.pe">x</a>'),
        ('<form action="/nada/" method="get" class="f"><p>x</p></form>',
         '<div class="f"><p>x</p></div>'),
        ('<a href="/nada/">1</a><a id="y">2</a>', '<span>1</span><a id="y">2</a>'),
        ('<a href="/aqui/" rel="nofollow noopener">x</a>',
         '<a href="/aqui/" rel="nofollow noopener">x</a>'),
        ("<p>a<script>if (1 < 2) {}</script>b</p>", "<p>ab</p>"),
        ('<!doctype html><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>&#8239;<b hidden>',
         '<!doctype html><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>&#8239;<b hidden>'),
    ],
)  # fmt: skip
def test_links_lead_where_they_are_told_and_all_else_stays(page: str, copy: str) -> None:
    assert rewritten(page, _leads) == copy
