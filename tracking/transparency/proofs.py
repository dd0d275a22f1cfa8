"""What proves that an entry is in the log, and that a head goes on from an earlier one."""

from base64 import b64encode
from collections.abc import Collection, Iterator
from typing import Any

from tracking.ledger.chain import sealed_text
from tracking.models import LogHead, LogLeaf
from tracking.transparency.merkle import consistency, inclusion
from tracking.transparency.tiles import hashes_of


def inclusion_proof(index: int, size: int) -> dict[str, Any]:
    """That leaf INDEX is in the log's first SIZE, as it is published. One query.

    ValueError where it is not; SIZE is at most the log's own.
    """
    proof, root = _read(inclusion(index, size), size)
    return {"index": index, "size": size, "root": root, "proof": proof}


def inclusion_proofs(indices: Collection[int], size: int) -> Iterator[dict[str, Any]]:
    """That each leaf of INDICES is in the log's first SIZE: ``index``, ``size``, ``proof``.

    One query for all. What several proofs name, as neighbours do, is computed once.
    """
    paths = {index: inclusion(index, size) for index in indices}
    spans = list({span for path in paths.values() for span in path})
    found = dict(zip(spans, map(_written, hashes_of(spans)), strict=True))
    for index, path in paths.items():
        yield {"index": index, "size": size, "proof": [found[span] for span in path]}


def consistency_proof(first: int, second: int) -> dict[str, Any]:
    """That the log's first SECOND leaves begin with its first FIRST, as it is published. One query.

    ValueError but for 0 < FIRST <= SECOND; SECOND is at most the log's own size.
    """
    proof, root = _read(consistency(first, second), second)
    return {"first": first, "size": second, "root": root, "proof": proof}


def proof_of_entry(leaf: LogLeaf, head: LogHead) -> dict[str, Any]:
    """All that somebody needs to hold the entry of LEAF to HEAD, without asking again. One query.

    The SHA-256 of "leaf" is the entry's code; with a zero byte before it, the hash of its leaf.
    """
    return {
        "leaf": sealed_text(leaf.entry),
        **inclusion_proof(leaf.position, head.size),
        "checkpoint": head.note,
    }


def _read(path: list[tuple[int, int]], size: int) -> tuple[list[str], str]:
    """The hashes of PATH and the root, in Base64, as a checkpoint has it."""
    *proof, root = hashes_of([*path, (0, size)])
    return list(map(_written, proof)), _written(root)


def _written(hash_: bytes) -> str:
    return b64encode(hash_).decode()
