"""A plan's own text, in whatever form it is written, as an outline."""

import hashlib
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from accounts.hidden_characters import HIDDEN, hidden_in
from plans.importers.document.about import about_of
from plans.importers.document.blocks import Document
from plans.importers.document.docx import docx_document
from plans.importers.document.pdf import pdf_document
from plans.importers.document.plain import plain_document
from plans.importers.document.recognition import Recognition
from plans.importers.faults import Faults, refusal_of
from plans.importers.formats import OLE, PDF, ZIP
from plans.importers.mending.quoting import place_of
from plans.importers.outline import Outline, Source
from plans.source_text import SourceText

FORMAT: Final = "document"
MOST_HIDDEN: Final = 20


def read(content: bytes, name: str) -> Outline:
    """The outline of the document that CONTENT is, which came as the file NAME.

    Raises FileRefused, with a sentence, for what cannot be read. Touches nothing.
    """
    document = document_of(content, name)
    source = SourceText(document.text)
    _refuse_hidden(source, name)
    understood = Recognition(document)
    about = about_of(document, source, understood.vision)
    return Outline(
        source=Source(
            name=name,
            format=FORMAT,
            sha256=hashlib.sha256(content).hexdigest(),
            text=document.text,
            is_original=document.text.encode() == content,
        ),
        about=about,
        items=understood.growing.items(source),
        doubts=tuple(understood.growing.doubts.values()),
    )


def _refuse_hidden(source: SourceText, name: str) -> None:
    """FileRefused, with each place, for what nobody sees: it may turn a figure around."""
    pages = source.text.replace("\f", "\n")
    faults = Faults()
    for found in islice(HIDDEN.finditer(pages), MOST_HIDDEN):
        reason = _("tiene un carácter que no se ve: %s. Quítelo.") % hidden_in(found[0])
        faults.add(place_of(found.start(), source), name, reason)
    faults.refuse_if_any()


def document_of(content: bytes, name: str) -> Document:
    """The text and the blocks of CONTENT, by what it is and not by what it is called."""
    if content[:1024].lstrip().startswith(PDF):
        return pdf_document(content, name)
    if content.startswith(ZIP):
        return docx_document(content, name)
    if content.startswith(OLE):
        reason = _("tiene contraseña o es de un Word antiguo: guárdelo como DOCX o PDF, sin ella.")
        raise refusal_of(name, reason)
    return plain_document(content, name)
