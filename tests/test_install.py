"""textnorm as users get it: built from a clean copy of the sources, installed, run elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(".*", "*.egg-info", "build", "dist", "__pycache__", "out")
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """What the command prints; it must end well."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources without anything that earlier builds left there."""
    copy = tmp_path_factory.mktemp("sources") / "textnorm"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    return copy


@pytest.fixture(scope="module")
def built(sources: Path) -> Path:
    """The folder with a wheel and a source distribution; the wheel is built from the latter."""
    pytest.importorskip("build")
    run(sys.executable, "-m", "build", "--outdir", sources / "dist", cwd=sources)
    return sources / "dist"


@pytest.fixture(scope="module")
def program(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `textnorm` program of a fresh virtual environment that has the wheel, without extras."""
    home = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    (wheel,) = built.glob("*.whl")
    run(scripts / "python", "-m", "pip", "install", "-q", wheel, cwd=home)
    return scripts / "textnorm"


def test_the_wheel_normalizes_far_from_the_sources(program: Path, tmp_path: Path) -> None:
    """The installed program finds its packs and lexicons wherever it is run."""
    (tmp_path / "in.txt").write_text("Nubėgo 5 km.\n", encoding="utf-8")
    assert run(program, "normalize", "--lang", "lt", "in.txt", cwd=tmp_path) == "Nubėgo penkis kilometrus.\n"


def test_the_wheel_says_what_the_checkout_says(program: Path, tmp_path: Path) -> None:
    """The sample comes out of the wheel as it does here."""
    here = run(sys.executable, "-m", "textnorm", "normalize", "--lang", "lt", "data/samples/lt.txt", cwd=ROOT)
    sample = ROOT / "data" / "samples" / "lt.txt"
    assert run(program, "normalize", "--lang", "lt", sample, cwd=tmp_path) == here


def test_the_wheel_brings_no_gold_and_no_tests(built: Path) -> None:
    """Only the package, its rules and its lexicons are installed; types are declared."""
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"textnorm"}
    assert "textnorm/py.typed" in names
    assert not [name for name in names if "/gold/" in name or "/samples/" in name]
    assert len([name for name in names if re.match(r"textnorm/_rules/lt/.*\.yaml", name)]) == len(
        list((ROOT / "rules" / "lt").glob("*.yaml"))
    )


def test_the_source_distribution_has_what_the_tests_need(built: Path) -> None:
    """Docs, gold sets, samples and tests are in it, so that packagers can run the tests."""
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    wanted = {"LICENSE", "CHANGELOG.md", "docs/tour.md", "data/gold/lt/dev.tsv", "tests/test_install.py"}
    assert wanted - names == set()


def test_the_first_command_of_the_readme_works(sources: Path) -> None:
    """Copied into a shell, it sets up an environment and prints the sample normalized."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"^```sh\n(.+)\n```$", readme, re.M)
    assert found
    printed = run("bash", "-c", found[1], cwd=sources)
    assert printed.count("\n") == (sources / "data/samples/lt.txt").read_text(encoding="utf-8").count("\n")
