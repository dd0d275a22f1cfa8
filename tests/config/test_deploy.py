"""What `deploy/` and its guide name is there, and their limits fit the portal's own."""

import re
from configparser import RawConfigParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from config.incoming import HEAD_PATIENCE
from config.server import graceful_timeout, port
from manage import OWNER_VERBS
from tracking.middleware import LARGEST_BODY, MEBIBYTE

ROOT: Final = Path(settings.BASE_DIR)
DEPLOY: Final = ROOT / "deploy"
UNITS: Final = sorted((DEPLOY / "systemd").glob("*.service"))
SITE: Final = (DEPLOY / "nginx" / "vigia.conf").read_text()
GUIDE: Final = (ROOT / "docs" / "deploy.md").read_text()
COMPOSE: Final[dict[str, Any]] = yaml.safe_load((DEPLOY / "container/compose.yaml").read_text())
VARIABLE: Final = re.compile(r"^([A-Z_]+)=", re.MULTILINE)
READ: Final = re.compile(
    r'\b(?:env(?:\.\w+)?|(?:environ|said|variables)\.get|_listed)\(\s*(?:said, )?"([A-Z_]+)"'
)
DECIDED: Final = frozenset(
    {
        *("DATABASE_ROLE", "DATABASE_LIMITS", "WORK", "DEBUG"),  # by each program; never
        *("DATABASE_REPLICA_URL", "DATABASE_POOLED"),  # the database is the composition's
        *("MEDIA_ROOT", "ARCHIVES_ROOT", "STATIC_ROOT", "PORT"),  # by the image
        *("METRICS_PORT", "BACKUP_DIR", "VIGIA_CLUSTER_DIR", "XDG_STATE_HOME"),  # of a machine
    }
)
"""What no container is told."""


def read_variables() -> set[str]:
    """All that the portal reads from the environment, but what is a mail service's own."""
    return {
        variable
        for module in (ROOT / "config").rglob("*.py")
        for variable in READ.findall(module.read_text())
    }


def told(unit: Path) -> list[tuple[str, str]]:
    """The settings of UNIT, in its order: one may stand there many times."""
    lines = unit.read_text().splitlines()
    return [(name, value) for name, sign, value in (each.partition("=") for each in lines) if sign]


def values(unit: Path, name: str) -> list[str]:
    return [value for each, value in told(unit) if each == name]


def kept_from(unit: Path) -> list[tuple[str, str]]:
    """What UNIT takes from its process, from the first of these to the last."""
    said = told(unit)
    first = said.index(("NoNewPrivileges", "yes"))
    last = next(place for place, (name, _value) in enumerate(said) if name == "UMask")
    return said[first : last + 1]


@pytest.mark.parametrize("unit", UNITS, ids=lambda each: each.name)
def test_a_unit_runs_what_is_there(unit: Path) -> None:
    for line in values(unit, "ExecStart"):
        program, *arguments = line.removeprefix("/opt/vigia/").split()
        if program != ".venv/bin/python":
            assert (ROOT / program).is_file()
        elif arguments[0] == "manage.py":
            assert arguments[1] in get_commands()
        else:
            assert arguments[0] == "-m"
            assert find_spec(arguments[1])
    signs = ["-/etc/vigia/log.env"] if unit.stem == "vigia-work" else []  # the log's heads
    assert values(unit, "EnvironmentFile") == ["/etc/vigia/vigia.env", *signs]


def test_what_serves_is_kept_from_the_rest_of_the_machine() -> None:
    served = [unit for unit in UNITS if values(unit, "User") == ["vigia_app"]]
    assert {unit.stem for unit in served} >= {"vigia-web", "vigia-work", "vigia-doctor"}
    [said] = {tuple(kept_from(unit)) for unit in served}
    assert ("NoNewPrivileges", "yes") in said


def test_a_unit_waits_as_long_as_the_server_does() -> None:
    [wait] = values(DEPLOY / "systemd/vigia-web.service", "TimeoutStopSec")
    assert int(wait) > 30 >= graceful_timeout


def test_what_is_done_at_night_is_done_in_limas() -> None:
    """Machines come with the clock of Greenwich, where 03:10 is an evening of Peru."""
    said = [values(each, "OnCalendar")[0] for each in (DEPLOY / "systemd").glob("*.timer")]
    at_an_hour = [each for each in said if re.search(r"\b\d\d:\d\d\b", each)]
    assert len(at_an_hour) == 4
    assert all(each.endswith(" America/Lima") for each in at_an_hour)


def test_nginx_finds_the_portal_where_systemd_listens() -> None:
    socket = RawConfigParser()
    socket.read(DEPLOY / "systemd/vigia-web.socket")
    assert socket["Socket"]["ListenStream"] == f"127.0.0.1:{port}"
    assert re.findall(r"^ +server (\S+);", SITE, re.MULTILINE) == [f"127.0.0.1:{port}"]


def test_nginx_lets_through_what_the_portal_refuses_with_a_page() -> None:
    [most] = re.findall(r"client_max_body_size (\d+)m;", SITE)
    assert int(most) * MEBIBYTE > LARGEST_BODY


def test_nginx_leaves_a_line_before_the_portal_hangs_up() -> None:
    [seconds] = re.findall(r"^ +keepalive_timeout (\d+)s;", SITE, re.MULTILINE)[:1]
    assert int(seconds) < HEAD_PATIENCE


def test_nginx_writes_no_address_into_its_log_of_errors() -> None:
    """A line of less than «crit» has all of it: what opens an account, what is looked for."""
    _plain, _listens, served = SITE.partition("listen 443")
    of_the_server, _location, below = served.partition("location ")
    assert "error_log /var/log/nginx/error.log crit;" in of_the_server
    assert "error_log" not in below


def test_the_pages_of_nginx_are_there() -> None:
    pages = re.findall(r"error_page [\d ]+/(\S+);", SITE)
    assert pages
    for page in pages:
        assert f"location = /{page} {{" in SITE
        assert (DEPLOY / "nginx" / page).is_file()


@pytest.mark.parametrize("name", ["vigia.env.example", "container/example.env"])
def test_a_variable_of_an_example_is_one_that_somebody_reads(name: str) -> None:
    known = {"GUNICORN_CMD_ARGS", "SUPERUSER_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD"}
    for variable in VARIABLE.findall((DEPLOY / name).read_text()):
        assert variable in known | read_variables() or variable.startswith("ANYMAIL_"), variable


def test_containers_are_told_whatever_the_portal_reads_and_an_example_says_it() -> None:
    told = {
        variable
        for each in ("migrate", "web", "work")
        for variable in COMPOSE["services"][each]["environment"]
    }
    assert read_variables() - DECIDED <= told
    example = set(VARIABLE.findall((DEPLOY / "container/example.env").read_text()))
    assert told - {"DATABASE_URL", "DATABASE_OWNER_URL"} <= example


def test_the_order_of_the_machine_migrates_as_the_owner() -> None:
    [verbs] = re.findall(r"^ +(.*)\) user=vigia ;;$", (DEPLOY / "vigia").read_text(), re.MULTILINE)
    assert set(verbs.split(" | ")) == OWNER_VERBS


def test_containers_are_built_from_the_same_locks_and_only_one_may_change_tables() -> None:
    image = (DEPLOY / "container/Containerfile").read_text()
    assert "--require-hashes" in image
    assert "--requirement requirements/base.txt" in image
    owners = {
        name
        for name, service in COMPOSE["services"].items()
        if "OWNER" in str(service.get("environment"))
    }
    assert owners == {"base", "migrate"}


def test_the_guide_names_what_is_there() -> None:
    orders = set(re.findall(r"^vigia ([a-z_]+)", GUIDE, re.MULTILINE))
    assert {"migrate", "collectstatic", "doctor"} < orders
    assert orders <= set(get_commands())
    for path in set(re.findall(r"\bdeploy/[\w./-]+\w", GUIDE)) - {"deploy/container/.env"}:
        assert (ROOT / path).exists(), path
    units = {each.name for each in (DEPLOY / "systemd").iterdir()}
    assert set(re.findall(r"vigia-[a-z]+\.(?:service|socket|timer)", GUIDE)) <= units
