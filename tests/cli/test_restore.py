from __future__ import annotations

from pathlib import Path

from .conftest import Run

LINE = "ئیمه له کوردستان ده ژین\n".encode()
CLEAN = "ئێمە لە کوردستان دەژین\n".encode()


def test_normalize_restores(textnorm: Run) -> None:
    """`--from` names the script it was typed in."""
    done = textnorm("normalize", "--lang", "ckb", "--from", "fa", stdin=LINE)
    assert (done.code, done.out, done.err) == (0, CLEAN, "")


def test_explain_names_the_restoration(textnorm: Run) -> None:
    """With what speaks for the change."""
    done = textnorm("explain", "--lang", "ckb", "--from", "fa", LINE.decode().strip())
    assert "ckb.restore.fa" in done.out.decode()
    assert "respelled words in the line" in done.out.decode()


def test_an_unknown_source_is_a_usage_error(textnorm: Run) -> None:
    """In one line, with the sources there are."""
    done = textnorm("normalize", "--lang", "ckb", "--from", "ja", stdin=LINE)
    assert done.code == 2
    assert "--from ar | fa" in done.err


def test_noise_is_reproducible(textnorm: Run) -> None:
    """Another run gives the same bytes; level 0 gives the text back."""
    options = ("noise", "--lang", "ckb", "--from", "fa", "--seed", "3")
    text = CLEAN * 50
    first, second = (textnorm(*options, "--level", "60", stdin=text) for _ in range(2))
    assert first.code == 0
    assert first.out == second.out != text
    assert textnorm(*options, "--level", "0", stdin=text).out == text


def test_training_is_reproducible_and_says_what_it_used(textnorm: Run, tmp_path: Path) -> None:
    """The model is the same file each time; the table beside it names the corpus and its licence."""
    corpus = tmp_path / "corpus.txt"
    corpus.write_bytes(CLEAN * 3 + "ڕۆژی یەکەمی مانگ دەچینە سلێمانی\n".encode())
    models = []
    for name in ("a", "b"):
        target = tmp_path / name
        done = textnorm(
            "train",
            "charlm",
            "--lang",
            "ckb",
            str(corpus),
            "-o",
            str(target),
            "--credit",
            "corpus.txt=own; CC0",
        )
        assert done.code == 0, done.err
        assert "n-grams" in done.err
        models.append((target / "restore.charlm").read_bytes())
        origins = (target / "restore-origins.tsv").read_text(encoding="utf-8")
        assert "own; CC0" in origins
        assert "train charlm --lang ckb" in origins
    assert models[0] == models[1]


def test_training_needs_words_of_the_language(textnorm: Run, tmp_path: Path) -> None:
    """Text in other letters teaches nothing, and a pack without restoration has no model."""
    corpus = tmp_path / "corpus.txt"
    corpus.write_text("latin only\n")
    done = textnorm("train", "charlm", "--lang", "ckb", str(corpus), "-o", str(tmp_path / "m"))
    assert done.code == 2
    assert "no word of the pack's letters" in done.err
    done = textnorm("train", "charlm", "--lang", "lt", str(corpus), "-o", str(tmp_path / "m"))
    assert done.code == 2
    assert "restores no text" in done.err
