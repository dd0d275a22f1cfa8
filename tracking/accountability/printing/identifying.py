"""PDF/UA-1 beside PDF/A-3a in the metadata of a PDF, of which WeasyPrint writes one or the other.

PDF/A lets metadata name only what it knows or what is described in the metadata itself: so the
identifier of PDF/UA comes with its extension schema (ISO 19005-3, 6.6.2.3).
"""

from typing import Any, Final

END: Final = b"</rdf:RDF>"

ACCESSIBLE: Final = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def identify(pdf: Any) -> None:
    """Say in the metadata of PDF, as WeasyPrint wrote it, that it is PDF/UA-1 too."""
    number = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[number].stream
    (written,) = stream
    before, end, after = written.partition(END)
    if not end:
        raise RuntimeError("WeasyPrint wrote no RDF")
    stream[:] = [before + ACCESSIBLE + end + after]
