"""What `bin/setup` installs, and what it tells whoever may not install."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from config import cluster

# Stands for Python: it is new enough, has all modules, and notes what pip is asked for.
PYTHON = """\
#!/bin/sh
case "$*" in
    *"print(os.path.realpath"*) echo "$FAKE" ;;
    -VV) echo "Python 3.11" ;;
    "-m venv .venv") mkdir -p .venv/bin && cp "$FAKE" .venv/bin/python ;;
    *"pip download"*"$FAILS"*) exit 1 ;;
    *"pip download"*) mkdir -p .venv/wheels ;;
    *"pip install"*) echo "$*" | grep -o '[a-z]*[.]txt' >>installed ;;
esac
"""
NO_SUDO = "#!/bin/sh\nexit 1\n"
SUDO = "#!/bin/sh\n[ \"$*\" = '-n true' ] || { cat >ran; exit 1; }\n"
PACKAGES = "apt-get install -y -qq --no-install-recommends"

Setup = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "clone"
    (folder / "bin").mkdir(parents=True)
    shutil.copy(cluster.PROJECT / "bin" / "setup", folder / "bin" / "setup")
    shutil.copytree(cluster.PROJECT / "requirements", folder / "requirements")
    return folder


@pytest.fixture
def setup(clone: Path, tmp_path: Path) -> Setup:
    """Call the clone's `bin/setup` on a machine with the programs that OTHERS names."""
    programs = tmp_path / "programs"
    programs.mkdir()

    def call(
        *arguments: str, fails: str = "nothing", **others: str
    ) -> subprocess.CompletedProcess[str]:
        for name, text in {"python3": PYTHON, **others}.items():
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)
        path = os.pathsep.join([str(programs), "/usr/bin", "/bin"])
        return subprocess.run(
            ["bin/setup", *arguments],
            cwd=clone,
            env={
                "PATH": path,
                "FAKE": str(programs / "python3"),
                "FAILS": fails,
                "DATABASE_URL": "postgres:///own",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def installed(clone: Path) -> list[str]:
    """What was installed since this was last asked."""
    note = clone / "installed"
    names = note.read_text().split() if note.exists() else []
    note.unlink(missing_ok=True)
    return names


def test_the_portal_needs_its_own_packages_and_others_get_theirs_added_to_them(
    setup: Setup, clone: Path
) -> None:
    setup()
    assert installed(clone) == ["base.txt"]
    kept = clone / ".venv" / "kept"
    kept.touch()
    setup()
    assert installed(clone) == []
    setup("--hosts")
    assert installed(clone) == ["hosts.txt"]
    setup("--dev")
    assert installed(clone) == ["dev.txt"]
    setup()
    setup("--hosts")
    setup("--dev")
    assert installed(clone) == []
    assert kept.exists()


def test_what_is_not_whole_or_for_something_else_is_made_anew(setup: Setup, clone: Path) -> None:
    setup("--dev")
    assert installed(clone) == ["dev.txt"]
    with (clone / "requirements" / "dev.txt").open("a") as file:
        file.write("other==1\n")
    setup()
    assert installed(clone) == []  # the portal's are the same
    kept = clone / ".venv" / "kept"
    kept.touch()
    setup("--dev")
    assert (installed(clone), kept.exists()) == (["dev.txt"], False)
    (clone / ".venv" / "stamp").unlink()  # interrupted
    kept.touch()
    setup()
    assert (installed(clone), kept.exists()) == (["base.txt"], False)
    moved = clone.with_name("moved")
    clone.rename(moved)
    clone.symlink_to(moved)
    setup()
    assert installed(moved) == ["base.txt"]


def test_without_a_network_what_was_there_still_serves(setup: Setup, clone: Path) -> None:
    setup()
    assert installed(clone) == ["base.txt"]
    refused = setup("--dev", fails="dev.txt")
    assert refused.returncode == 1
    assert "revise la conexión" in refused.stderr
    assert setup().returncode == 0
    assert installed(clone) == []


def test_whoever_may_not_install_is_shown_what_would_be_done(setup: Setup, clone: Path) -> None:
    who = "#!/bin/sh\necho 1000\n"
    lacking = '#!/bin/sh\ncase "$*" in *ctypes*) exit 1 ;; esac\n' + PYTHON.partition("\n")[2]
    shown = setup(id=who, sudo=NO_SUDO, python3=lacking)
    assert shown.returncode == 1
    assert shown.stderr.count("sudo sh -eu <<'FIN'\n") == 1
    setup(id=who, sudo=SUDO, python3=lacking)
    done = (clone / "ran").read_text()
    assert f"\n{done}FIN\n" in shown.stderr
    assert done.index("create_main_cluster = false") < done.index(PACKAGES)
    assert f"{PACKAGES} -o DPkg::Lock::Timeout=120 libpango" in done
    assert done.index('rm -f "$policy"') < done.index("exit 101") < done.index(PACKAGES)
