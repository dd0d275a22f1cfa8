"""A small portal, made of nothing but what the published formats say: what an overseer downloads.

It does by itself what the portal does, so that each can be held to the other.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tracking.transparency.notes import Signer, signed

ORIGIN: Final = "vigia.example/registro"
GENESIS: Final = "0" * 64
AT: Final = "2024-11-20T15:00:00.000000Z"
UBIGEOS: Final = {"puno": "210101", "lamas": "220501"}
NAMES: Final = {
    **{"municipalidad": "ubigeo", "numero": "number", "acto": "act", "fila": "subject_id"},
    **{"periodo": "term", "promesa": "ref", "semestre": "semester", "revision": "revision"},
    **{"oficina": "unit_name", "simulado": "simulated", "fecha": "happened_at"},
    **{"registrado": "at", "contenido": "digest", "anterior": "previous"},
}


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(data: bytes | str) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1, as it is defined: by halves."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = _half(len(leaves))
    return _node(root_of(leaves[:half]), root_of(leaves[half:]))


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1."""
    if len(leaves) < 2:
        return []
    half = _half(len(leaves))
    if index < half:
        return [*inclusion(index, leaves[:half]), root_of(leaves[half:])]
    return [*inclusion(index - half, leaves[half:]), root_of(leaves[:half])]


def consistency(first: int, leaves: Sequence[bytes], *, is_whole: bool = True) -> list[bytes]:
    """RFC 6962, 2.1.2."""
    if first == len(leaves):
        return [] if is_whole else [root_of(leaves)]
    half = _half(len(leaves))
    if first <= half:
        return [*consistency(first, leaves[:half], is_whole=is_whole), root_of(leaves[half:])]
    return [*consistency(first - half, leaves[half:], is_whole=False), root_of(leaves[:half])]


def _half(size: int) -> int:
    return int(2 ** ((size - 1).bit_length() - 1))


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Portal:
    """Its ledger and contents as they are downloaded; whoever tampers changes these."""

    signers: list[Signer] = field(default_factory=lambda: [Signer.new(ORIGIN)])
    rows: list[dict[str, Any]] = field(default_factory=list)
    contents: list[dict[str, Any]] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    origin: str = ORIGIN
    witnesses: list[Signer] = field(default_factory=list)

    def publish(self, place: str, act: str, content: Any, **columns: Any) -> dict[str, Any]:
        """A further entry of PLACE, in the tree at once."""
        chain = [row for row in self.rows if row["municipality"] == place]
        text = content if isinstance(content, str) else canonical(content)
        row = {
            **{"id": len(self.rows) + 1, "municipality": place, "ubigeo": UBIGEOS.get(place, "")},
            **{"number": len(chain) + 1, "act": act, "subject_id": len(self.rows) + 100},
            **{"term": "2023-2026", "ref": None, "semester": "2026-I", "revision": None},
            **{"unit_name": None, "simulated": False, "happened_at": AT, "at": AT},
            **{"digest": sha256(text), "previous": chain[-1]["chain"] if chain else GENESIS},
            **{"exported_on": "2024-11-20", "leaf": len(self.leaves)},
            **columns,
        }
        self.rows.append(row)
        self.contents.append(
            {"id": row["id"], "number": row["number"], "digest": row["digest"], "content": text}
        )
        self.seal(row)
        self.leaves.append(self.leaf(row))
        return row

    @staticmethod
    def sealed(row: dict[str, Any]) -> str:
        texts = {"unit_name", "term", "ref", "semester"}
        return canonical(
            {
                word: row[name] or ("" if name in texts else row[name])
                for word, name in NAMES.items()
            }
        )

    def seal(self, row: dict[str, Any]) -> None:
        row["chain"] = sha256(self.sealed(row))

    def leaf(self, row: dict[str, Any]) -> bytes:
        return hashlib.sha256(b"\x00" + self.sealed(row).encode()).digest()

    def recompute(self) -> None:
        """Everything anew, as a superuser would who rewrites the whole portal."""
        heads: dict[str, str] = {}
        for row in self.rows:
            row["previous"] = heads.get(row["municipality"], GENESIS)
            self.seal(row)
            heads[row["municipality"]] = row["chain"]
        for row, line in zip(self.rows, self.contents, strict=True):
            line["number"] = row["number"]
        self.leaves = [self.leaf(row) for row in self.rows]

    @property
    def body(self) -> str:
        root = base64.b64encode(root_of(self.leaves)).decode()
        return f"{self.origin}\n{len(self.leaves)}\n{root}\n"

    def checkpoint(self, at: int = 0) -> str:
        seen = "".join(witness.cosignature(self.body, at) for witness in self.witnesses)
        return signed(self.body, self.signers) + seen

    def written(self, folder: Path, *, place: str = "", at: int = 0) -> Path:
        """What is downloaded of it, or of PLACE, in FOLDER; witnesses saw it AT that second."""
        folder.mkdir(exist_ok=True)
        mine = [row for row in self.rows if place in {"", row["municipality"]}]
        ids = {row["id"] for row in mine}
        write_lines(folder / "ledger.jsonl", mine)
        write_lines(
            folder / "contents.jsonl", [each for each in self.contents if each["id"] in ids]
        )
        (folder / "checkpoint").write_text(self.checkpoint(at))
        if place:
            write_lines(folder / "proofs.jsonl", [self._proof(row["leaf"]) for row in mine])
        told = {
            "origin": self.origin,
            "keys": [str(each.verifier) for each in self.signers],
            "former_keys": [],
            "witnesses": [
                {"name": each.name, "key": str(each.verifier)} for each in self.witnesses
            ],
        }
        (folder / "vigia-log.json").write_text(json.dumps(told))
        return folder

    def _proof(self, index: int) -> dict[str, Any]:
        proof = [base64.b64encode(each).decode() for each in inclusion(index, self.leaves)]
        return {"index": index, "size": len(self.leaves), "proof": proof}


def write_lines(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def small_portal() -> Portal:
    """Two municipalities, five and two entries."""
    portal = Portal()
    for number in range(1, 4):
        portal.publish("puno", "informe", {"que_se_hizo": f"Obra {number}: «ñandú»"}, ref="S.1")
        if number > 1:
            portal.publish("lamas", "informe", {"valor": "12.5"}, revision=number)
    portal.publish("puno", "retiro", {"codigo": "f" * 64, "motivo": "Un rostro"})
    portal.publish("puno", "cierre", {"lineas": []}, semester="2026-I", unit_name="Obras")
    return portal


def pdf_with(*attached: bytes) -> bytes:
    """A PDF, as far as what it carries goes."""
    pieces = [b"%PDF-1.7\n"]
    for number, data in enumerate(attached, 1):
        stream = zlib.compress(data)
        pieces.append(
            b"%d 0 obj\n<</Type /EmbeddedFile/Params <</Size %d>>/Filter /FlateDecode/Length %d>>\n"
            b"stream\n%s\nendstream\nendobj\n" % (number, len(data), len(stream), stream)
        )
    return b"".join(pieces) + b"trailer<<>>\n%%EOF\n"


def publish_edition(portal: Portal, place: str) -> tuple[bytes, bytes, bytes, bytes]:
    """An edition of PLACE with its files, and one that somebody signed: JSON, CSV, PDF, signed."""
    said = canonical({"edition": 1, "semester": "2026-I"})
    table = b"ref;valor\n"
    printed = pdf_with(table, said.encode())
    signed_pdf = printed + b"% firma\n%%EOF\n"
    portal.publish(place, "rendición", said, revision=1)
    for kind, data in (("csv", table), ("pdf", printed)):
        portal.publish(
            place,
            "archivo",
            {
                **{"archivo": kind, "bytes": len(data), "codigo": sha256(data)},
                "rendicion": sha256(said),
            },
            revision=1,
        )
    portal.publish(
        place,
        "firma",
        {
            **{"bytes": len(signed_pdf), "codigo": sha256(signed_pdf), "numero": 1},
            "rendicion": sha256(said),
        },
        revision=1,
    )
    return said.encode(), table, printed, signed_pdf
