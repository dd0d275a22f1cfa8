"""What was withdrawn stays so when an older copy of the portal is restored."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import User
from tests.tracking.issued import Accounted
from tests.tracking.signed import signed_by_somebody
from tracking.models import SignedFile, SignedWithholding, Support, Withholding

REASON = "Mostraba un DNI."
pytestmark = pytest.mark.django_db


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    return tmp_path / "retiros.json"


def line(kind: str, what: Support | SignedFile, **other: str) -> dict[str, str]:
    return {
        "kind": kind,
        "municipality": "210101",
        "sha256": what.sha256,
        "reason": REASON,
        **other,
    }


def again(noted: Path, lines: Any, *options: str) -> None:
    noted.write_text(json.dumps(lines))
    call_command("withdraw_again", str(noted), *options)


def test_each_is_withdrawn_with_its_reason_and_once(
    accounted: Accounted, operator: User, noted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support = accounted.report.supports.get()
    signed = signed_by_somebody(accounted.issue(), by=accounted.planner)
    elsewhere = line("support", support, municipality="220501")
    lines = [line("support", support), line("signed", signed), elsewhere]

    with pytest.raises(CommandError, match="De 3 retiros, 2 están visibles"):
        again(noted, lines, "--check")
    assert not Withholding.objects.exists()

    for _twice in range(2):
        again(noted, lines, "--by", operator.email)
    row = Withholding.objects.get()
    assert (row.sha256, row.reason, row.by) == (support.sha256, REASON, operator)
    assert SignedWithholding.objects.get().signed_file == signed
    capsys.readouterr()
    again(noted, lines, "--check")
    assert capsys.readouterr().out == "De 3 retiros, ninguno está visible.\n"


def test_only_an_operator_does_it(accounted: Accounted, planner: User, noted: Path) -> None:
    lines = [line("support", accounted.report.supports.get())]
    for options in ((), ("--by", planner.email)):
        with pytest.raises(CommandError, match="qué operador"):
            again(noted, lines, *options)
    assert not Withholding.objects.exists()


@pytest.mark.parametrize("wrong", [{"a": 1}, [1], [{"kind": "support"}], 5])
def test_what_is_no_list_of_withdrawals_is_refused(noted: Path, wrong: Any) -> None:
    with pytest.raises(CommandError, match="no es una lista de retiros"):
        again(noted, wrong, "--check")


def test_a_list_that_is_not_there_is_told(noted: Path) -> None:
    with pytest.raises(CommandError, match="No se puede leer"):
        call_command("withdraw_again", str(noted), "--check")
