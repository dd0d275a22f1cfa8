"""A plan's own text, in whatever form it is written, as an outline."""

import hashlib

from plans.importers.document.about import about_of
from plans.importers.document.blocks import Document
from plans.importers.document.plain import plain_document
from plans.importers.document.recognition import Recognition
from plans.importers.outline import Outline, Source
from plans.source_text import SourceText

FORMAT = "document"


def read(content: bytes, name: str) -> Outline:
    """The outline of the document that CONTENT is, which came as the file NAME.

    Raises FileRefused, with a sentence, for what cannot be read. Touches nothing.
    """
    document = document_of(content, name)
    understood = Recognition(document)
    source = SourceText(document.text)
    return Outline(
        source=Source(
            name=name,
            format=FORMAT,
            sha256=hashlib.sha256(content).hexdigest(),
            text=document.text,
            is_original=document.text.encode() == content,
        ),
        about=about_of(document, source, understood.vision),
        items=understood.growing.items(source),
        doubts=tuple(understood.growing.doubts.values()),
    )


def document_of(content: bytes, name: str) -> Document:
    """The text and the blocks of CONTENT, by what it is and not by what it is called."""
    return plain_document(content, name)
