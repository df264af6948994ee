"""The benchmark's command line: `python -m tests.bench [PART...] [--quick] [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import textnorm

from . import annotating, arabic, folding, indexing, linking, peers, restoring, roman_urdu, scaling, texts
from .breakdown import PARTS, Profile, profile
from .figures import MB, Timing, cli, cut, measure, size_of

Json = Any
# What the project promises; printed beside the figures, never asserted.
TARGETS = {
    "arabic": 20.0,
    "messages": 5.0,
    "words": 60.0,
    "restoring": 0.3,
    "neural": 3.0,
    "folding": 200.0,
    "dense": 5.0,
    "prose": 10.0,
    "start": 0.3,
    "peak": 150.0,
    "speedup": 1.7,
}
SLICES = {
    "arabic": 2.0,
    "explain": 1.0,
    "num2words": 1.0,
    "num2words, cached": 5.0,
    "phonology_engine": 0.1,
    "rules": 1.0,
    "restoring": 1.0,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the parts that the arguments ask for, print their tables, write the JSON."""
    options = _arguments(argv)
    report: dict[str, Any] = {"machine": _machine(), "lang": options.lang, "size_mb": options.size}
    started = time.time()
    report["signature"] = textnorm.load(options.lang).signature
    print(f"{report['signature']}  {_machine()}")
    for name in options.parts:
        report[name] = BENCH[name](options)
    report["seconds"] = round(time.time() - started, 1)
    if options.json:
        Path(options.json).write_text(
            json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Speed of textnorm.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(BENCH)}; all if none is named")
    parser.add_argument("--lang", default="lt", help="pack to measure")
    parser.add_argument("--size", type=float, default=5.0, help="MB of each text")
    parser.add_argument("--rounds", type=int, default=3, help="passes, each over other text of the kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="0.5 MB, two rounds, small CLI files")
    parser.add_argument("--no-peers", action="store_true", help="leave out other programs")
    parser.add_argument(
        "--model", metavar="DIR", help="byte model for the part neural, instead of a random one"
    )
    parser.add_argument(
        "--terminology",
        metavar="FORMAT[:PACK]=FILE,FILE",
        action="append",
        default=[],
        help="files for the quality of linking, which the project does not come with; may be repeated",
    )
    parser.add_argument("--json", metavar="FILE", help="write all figures to this file")
    options = parser.parse_args(argv)
    unknown = sorted(set(options.parts) - set(BENCH))
    if unknown:
        parser.error(f"no part is called {' or '.join(unknown)}; there are {', '.join(BENCH)}")
    options.parts = options.parts or [name for name in BENCH if name != "profile"]
    if options.quick:
        options.size, options.rounds = min(options.size, 0.5), min(options.rounds, 2)
    return options


def _passes(kind: str, size: float, options: argparse.Namespace, skip: int = 0) -> list[list[str]]:
    """A text for each round, all different; `skip` gives texts that no other measurement has seen."""
    first = options.seed + skip
    seeds = range(first, first + options.rounds)
    return [texts.blocks(texts.text(kind, int(size * MB), seed)) for seed in seeds]


def _speed(options: argparse.Namespace) -> Json:
    normalizer = textnorm.load(options.lang)
    return [timing.as_json() for kind in texts.KINDS for timing in _kind(normalizer, kind, options)]


def _kind(normalizer: textnorm.Normalizer, kind: str, options: argparse.Namespace) -> list[Timing]:
    passes = _passes(kind, options.size, options)
    sample = "".join(cut(passes[0], 300_000))
    edits = len(normalizer.explain(sample).edits) / len(sample.encode()) * MB
    lines = passes[0]
    _title(
        f"{kind}: {size_of(lines) / MB:.1f} MB a pass, {options.rounds} passes over different text, "
        f"{edits:,.0f} NSWs per MB"
    )
    print(f"{'':28}{'MB/s':>9}{'first':>9}{'best':>9}{'x':>8}  (CPU time; first pass, best; x: relative)")
    found: list[Timing] = []

    def add(
        name: str,
        function: Callable[[str], object] | str,
        limit: float = 0.0,
        note: str = "",
        passes: Sequence[Sequence[str]] = passes,
    ) -> None:
        if isinstance(function, str):
            print(f"{name:28}{'-':>9}  {function}")
            return
        chosen = [cut(blocks, int(limit * MB)) for blocks in passes] if limit else passes
        timing = measure(name, kind, function, chosen, note)
        found.append(timing)
        share = timing.size / MB
        more = f"on {share:.2g} MB" if share < 0.95 * options.size else ""
        base = found[0].rate
        print(
            f"{name:28}{timing.rate:9.3g}{timing.size / MB / timing.first:9.3g}"
            f"{timing.size / MB / timing.best:9.3g}{timing.rate / base:8.2f}  "
            + ", ".join(filter(None, (more, note)))
        )

    fresh = textnorm.load(options.lang)
    add("textnorm normalize", fresh, note=_against(TARGETS[kind], "MB/s"))
    normal = found[0]
    if edits:
        print(f"{'  per NSW':28}{normal.median / (normal.size / MB * edits) * 1e6:9.3g} µs")
    unseen = _passes(kind, min(options.size, SLICES["explain"]), options, skip=1000)
    add("textnorm explain", fresh.explain, note="caches filled by normalize, other text", passes=unseen)
    add("floor: gate scan alone", peers.gates(normalizer))
    add("identity: decode, encode", peers.identity)
    if not options.no_peers:
        add("num2words", peers.num2words(cached=False), SLICES["num2words"], "digit runs only")
        add("num2words, cached", peers.num2words(cached=True), SLICES["num2words, cached"], "digit runs only")
        add("phonology_engine", peers.phonology_engine(), SLICES["phonology_engine"], "its normalizer only")
    return found


def _rules(options: argparse.Namespace) -> Json:
    passes = _passes("dense", min(options.size, SLICES["rules"]), options)
    _title(f"cost against the number of rules: dense, {size_of(passes[0]) / MB:.2g} MB")
    found = scaling.compare(options.lang, "dense", passes)
    for timing in found:
        ratio = timing.median / found[0].median
        print(f"{timing.name:28}{timing.rate:9.3g} MB/s   time x {ratio:.2f}   {timing.note}")
    return [timing.as_json() for timing in found]


def _folding(options: argparse.Namespace) -> Json:
    _title(f"Amharic homophones: {options.size:.2g} MB a pass; {_against(TARGETS['folding'], 'MB/s')}")
    found = folding.compare(options.size, options.seed, options.rounds, not options.no_peers)
    for timing in found:
        print(
            f"{timing.name:28}{timing.rate:9.3g} MB/s   x {timing.rate / found[0].rate:.3f}   {timing.note}"
        )
    return [timing.as_json() for timing in found]


def _arabic(options: argparse.Namespace) -> Json:
    size = min(options.size, SLICES["arabic"])
    _title(f"Arabic script, default layers: {size:.2g} MB a pass; {_against(TARGETS['arabic'], 'MB/s')}")
    found: list[Timing] = []
    own = 0.0
    for timing in arabic.compare(size, options.seed, options.rounds, not options.no_peers):
        own = timing.rate if timing.name.startswith("textnorm") else own
        print(f"{timing.name:28}{timing.rate:9.3g} MB/s   x {timing.rate / own:.3f}   {timing.note}")
        found.append(timing)
    return [timing.as_json() for timing in found]


def _messages(options: argparse.Namespace) -> Json:
    _title(f"Roman Urdu: {options.size:.2g} MB a pass; {_against(TARGETS['messages'], 'MB/s')}")
    found = roman_urdu.compare(options.size, options.seed, options.rounds)
    for timing in found:
        print(f"{timing.name:28}{timing.rate:9.3g} MB/s   {timing.note}")
    words, seconds = roman_urdu.clustering(10_000 if options.quick else 100_000, options.seed)
    bar = _against(TARGETS["words"], "s")
    print(f"{'clusters by edits':28}{seconds:9.3g} s      {words:,} words; {bar}")
    return [timing.as_json() for timing in found]


def _restoring(options: argparse.Namespace) -> Json:
    size = min(options.size, SLICES["restoring"])
    _title(
        f"Kurdish typed with Persian letters: {size:.2g} MB a pass; {_against(TARGETS['restoring'], 'MB/s')}"
    )
    found = restoring.compare(size, options.seed, options.rounds)
    for timing in found:
        first = timing.size / MB / timing.first
        print(f"{timing.name:28}{timing.rate:9.3g} MB/s   first pass {first:.3g}")
    return [timing.as_json() for timing in found]


def _cli(options: argparse.Namespace) -> Json:
    _title("command line: textnorm normalize")
    whole = texts.text("prose", 2 * MB, options.seed) + texts.text("dense", 500_000, options.seed)
    sizes = (MB // 2, 2 * MB) if options.quick else (5 * MB, 40 * MB)
    figures = cli(options.lang, whole, sizes, MB if options.quick else 10 * MB)
    print(
        f"{'start to first line':28}{figures.start:9.2f} s   worst {figures.start_worst:.2f}, "
        f"median of 7; {_against(TARGETS['start'], 's')}"
    )
    for size, peak in figures.peak.items():
        print(f"{f'peak memory, {size} MB':28}{peak:9.0f} MB   {_against(TARGETS['peak'], 'MB')}")
    walls = ", ".join(f"{name}: {wall:.2f} s" for name, wall in figures.wall.items())
    print(
        f"{'-j 1 over -j 2':28}{figures.speedup:9.2f} x   wall {walls}; "
        f"{figures.processors} processors; {_against(TARGETS['speedup'], 'x')}"
    )
    return {**asdict(figures), "speedup": figures.speedup}


def _neural(options: argparse.Namespace) -> Json:
    if not all(map(find_spec, ("torch", "transformers", "ctranslate2"))):
        print("\nbyte models: left out; pip install 'textnorm[byt5]'")
        return None
    from . import neural

    _title(f"byte models: words per CPU second; {_against(TARGETS['neural'], 'x transformers')}")
    found = list(neural.compare(options.model, 100 if options.quick else 1000, options.seed))
    for engine in found:
        print(
            f"{engine.name:28}{engine.rate:9.3g} words/s   x {engine.rate / found[0].rate:.2f}   "
            f"same answers {engine.agreement:.1%}"
        )
    return [asdict(engine) for engine in found]


def _profile(options: argparse.Namespace) -> Json:
    return {kind: _profiled(options, kind).as_json() for kind in texts.KINDS}


def _profiled(options: argparse.Namespace, kind: str) -> Profile:
    blocks = texts.blocks(texts.text(kind, int(min(options.size, 2.0) * MB), options.seed))
    normalizer = textnorm.load(options.lang)
    normalizer(texts.text(kind, MB // 10, options.seed + 99))
    found = profile(normalizer, blocks)
    size = size_of(blocks) / MB
    _title(f"where the time goes: {kind}, {size:.2g} MB in {found.seconds:.2f} s, rules compiled before")
    for part in PARTS:
        print(f"{part:28}{found.share(part):8.1%}{found.share(part) * found.seconds / size:9.3f} s/MB")
    print("own time: " + ", ".join(f"{name} {share:.0%}" for name, share in found.top(found.own, 12)))
    return found


def _against(target: float, unit: str) -> str:
    return f"target {target:g} {unit}"


def _title(text: str) -> None:
    print(f"\n{text}", flush=True)


def _indexing(options: argparse.Namespace) -> Json:
    _title("concept indexes: building them from made-up names, without a pack")
    found = []
    for built in indexing.compare([10_000] if options.quick else [50_000, 1_000_000], options.seed):
        print(
            f"{built.names:>11,} names{built.seconds:9.3g} s{built.names / built.seconds:11,.0f} names/s   "
            f"peak {built.peak:.0f} MiB   on disk {built.size:.1f} MiB   opened in {built.opened * 1000:.0f} ms"
        )
        found.append(built._asdict())
    return found


def _linking(options: argparse.Namespace) -> Json:
    found: dict[str, Any] = {}
    _title("linking made-up names, of which most are misspelled: queries per CPU second")
    for names in [10_000] if options.quick else [30_000, 1_000_000]:
        bulk, single, peak = found[f"{names} names"] = linking.speed(names, options.seed)
        print(
            f"{names:>11,} names{bulk:11,.0f} in bulk{single:9,.0f} one by one   peak {peak:.0f} MiB, building too"
        )
    if not options.terminology:
        print("quality: name files of a terminology with --terminology, such as obo:medical=doid.obo")
    for spec in options.terminology:
        kind, _, files = spec.partition("=")
        format, _, pack = kind.partition(":")
        report = linking.compare(spec, format, pack, files.split(","), options.seed, not options.no_peers)
        found[spec] = report._asdict()
        _print_linking(report)
    return found


def _print_linking(report: linking.Report) -> None:
    _title(f"linking held-out names: {report.name}")
    print(f"{'':16}{'names':>7}{'first':>8}{'in ten':>8}{'MRR':>8}{'queries/s':>11}")
    for name, got in report.quality.items():
        print(
            f"{name:16}{got.count:7,}{got.first:8.3f}{got.ten:8.3f}{got.mrr:8.3f}{report.rates[name]:11,.0f}"
        )
    print(f"calibration error {report.error:.3f}")
    for said, right, count in report.reliability:
        print(f"  said {said:.2f}   right {right:.2f}   of {count:,}")
    for wanted, answered, right in report.precision:
        print(f"  --min-precision {wanted}: {answered:.1%} answered, {right:.1%} of them right")


def _annotating(options: argparse.Namespace) -> Json:
    names = 10_000 if options.quick else 100_000
    _title(f"annotating with {names:,} made-up names; targets 10 MB/s exact, 4 normalized")
    rates = list(annotating.compare(names, options.seed, not options.no_peers))
    for rate in rates:
        print(f"{rate.name:28}{rate.rate:9.3g} MB/s   {rate.mentions:,} mentions a MB")
    many = names if options.quick else 1_000_000
    memory = annotating.memory(many, options.seed)
    print(f"{f'{many:,} names':28}{memory:9.0f} bytes a name; target 400")
    context = list(annotating.context())
    for found in context:
        print(f"{found.lang} {found.flag:25}{found.f1:9.3f} F1   {found.count} mentions that should have it")
    return {
        "rates": [rate._asdict() for rate in rates],
        "memory": memory,
        "context": [found._asdict() for found in context],
    }


BENCH: dict[str, Callable[[argparse.Namespace], Json]] = {
    "speed": _speed,
    "rules": _rules,
    "folding": _folding,
    "arabic": _arabic,
    "messages": _messages,
    "restoring": _restoring,
    "neural": _neural,
    "indexing": _indexing,
    "linking": _linking,
    "annotating": _annotating,
    "cli": _cli,
    "profile": _profile,
}


def _machine() -> str:
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"


if __name__ == "__main__":
    sys.exit(main())
