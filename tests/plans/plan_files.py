"""A small plan file and its document, and what is wrong with others."""

import hashlib
from pathlib import Path

import pytest

from plans.importers.faults import FileRefused
from plans.importers.plan_file.reader import read_plan_file

DOCUMENT = "Plan de Coata\nDIMENSIÓN SOCIAL\n1. Falta de agua\nAgua para todos\nReducir en 50 %\n"
SHA256 = hashlib.sha256(DOCUMENT.encode()).hexdigest()
HEAD = f"""\
formato: 1
municipalidad: "210105"
periodo: 2019-2022
condicion: sin confirmar
documento: {{archivo: coata.txt, sha256: {SHA256}, titulo: Plan de Coata, procedencia: prueba}}
elementos:
"""
GOOD = """\
- dimension: S
  tipo: social
  texto: DIMENSIÓN SOCIAL
  linea: 2
  hijos:
  - problema: S.1
    codigo: "1."
    texto: Falta de agua
    linea: 3
    hijos:
    - objetivo: S.1.1
      texto: Agua para todos
      linea: 4
      hijos:
      - meta: S.1.1.1
        texto: Reducir en 50 %
        linea: 5
        medicion: {clase: variacion, valor: 50, unidad: "%", sentido: disminuir}
"""


def faults(folder: Path, text: str) -> list[tuple[int, str, str]]:
    path = folder / "coata.yaml"
    path.write_text(text)
    with pytest.raises(FileRefused) as refused:
        read_plan_file(path)
    return [(fault.where.order, fault.field, fault.reason) for fault in refused.value.faults]
