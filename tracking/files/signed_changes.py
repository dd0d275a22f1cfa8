"""Whether what was appended to a PDF is only what signing needs.

The policy of pyHanko knows none for a document that had no form, and takes minutes for one that is
tagged. So here: of the objects that the document had, the catalog may gain a form, a page the field
of a signature, and the form, what signatures rest on and its notes about itself may change.
"""

from typing import Any, Final

from pyhanko.pdf_utils import generic

CATALOG: Final = {"/AcroForm", "/Perms", "/DSS", "/Extensions", "/Version", "/Metadata"}


def only_signing(reader: Any, before: int, after: int) -> bool:
    """Whether the revisions of READER that follow BEFORE, to AFTER, change nothing that is read."""
    old, new = (reader.get_historical_resolver(each) for each in (before, after))
    if old.trailer_view.raw_get("/Root") != new.trailer_view.raw_get("/Root"):
        return False
    known = [
        ref
        for revision in range(before + 1, after + 1)
        for ref in reader.xrefs.explicit_refs_in_revision(revision)
        if reader.xrefs.get_historical_ref(ref, before) is not None
    ]
    kept = _about(old)
    return all(ref in kept or _is_kept(old(ref), new(ref), ref == old.root_ref) for ref in known)


def _about(old: Any) -> set[Any]:
    """What the document says of itself and of its signatures outside its pages."""
    holders = [(old.trailer_view, "/Info")]
    holders += [(old.root, key) for key in ("/Metadata", "/AcroForm", "/DSS")]
    holders += [(_in(old.root, "/AcroForm", {}), "/Fields")]
    holders += [(_in(old.root, "/DSS", {}), key) for key in ("/VRI", "/Certs", "/CRLs", "/OCSPs")]
    raw = [holder.raw_get(key) for holder, key in holders if key in holder]
    return {each.reference for each in raw if isinstance(each, generic.IndirectObject)}


def _in(holder: Any, key: str, otherwise: Any) -> Any:
    """What stands there itself, where a reference does."""
    return holder[key] if key in holder else otherwise  # noqa: SIM401  # get follows none


def _is_kept(old: Any, new: Any, is_catalog: bool) -> bool:
    if old == new:
        return True
    if not isinstance(old, generic.DictionaryObject) or not isinstance(new, type(old)):
        return _only_fields(old, new)
    other = {
        key for key in {*old, *new} if key not in old or key not in new or _differ(old, new, key)
    }
    if is_catalog:
        return other <= CATALOG
    is_page = old.get("/Type") == "/Page"
    return (
        is_page
        and other == {"/Annots"}
        and _only_fields(_in(old, "/Annots", generic.ArrayObject()), _in(new, "/Annots", None))
    )


def _differ(old: Any, new: Any, key: str) -> bool:
    return bool(old.raw_get(key) != new.raw_get(key))


def _only_fields(old: Any, new: Any) -> bool:
    """Whether NEW, what stands on a page, has all of OLD, and besides only places to sign."""
    if not (isinstance(old, generic.ArrayObject) and isinstance(new, generic.ArrayObject)):
        return False
    raw = [new.raw_get(place) for place in range(len(new))]
    before = [old.raw_get(place) for place in range(len(old))]
    return raw[: len(before)] == before and all(
        isinstance(new[place], generic.DictionaryObject) and new[place].get("/FT") == "/Sig"
        for place in range(len(before), len(raw))
    )
