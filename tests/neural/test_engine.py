"""Which engine runs a model, and what is said if it cannot."""

import sys
from pathlib import Path

import pytest

from textnorm.errors import PackError
from textnorm.neural.engine import need, open_engine
from textnorm.neural.settings import Settings


def test_a_missing_package_is_named_with_its_extra() -> None:
    """The error says what to install."""
    with pytest.raises(
        PackError, match=r"'no_such_package' is not installed \(pip install 'textnorm\[byt5\]'\)"
    ):
        need("no_such_package")


@pytest.mark.parametrize(
    "fault", ["ImportError('libx.so: no such file')", "OSError('libx.so: no such file')"]
)
def test_a_broken_package_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """A package that is there but cannot be imported is told with what it lacks."""
    (tmp_path / "broken_package.py").write_text(f"raise {fault}")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(PackError, match=r"'broken_package' cannot be imported: libx\.so: no such file"):
        need("broken_package")


@pytest.mark.parametrize(
    ("engine", "missing"), [("ct2", "ctranslate2"), ("auto", "torch"), ("transformers", "torch")]
)
def test_engines_without_their_packages_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, missing: str
) -> None:
    """Nothing is loaded before the packages are there; without CTranslate2 `auto` is transformers."""
    for package in ("ctranslate2", "torch", "transformers"):
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(PackError, match=f"'{missing}' is not installed"):
        open_engine(tmp_path, Settings(), engine)


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    """The error lists the engines there are."""
    with pytest.raises(PackError, match="one of: auto ct2 transformers"):
        open_engine(tmp_path, Settings(), "onnx")
