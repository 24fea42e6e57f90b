#!/usr/bin/env python3
"""Plays scenarios and holds what they did against the recordings of the real kernel.

    floors.py SOCKWALK OUT_DIR SCENARIO... [--write]

Each case may score no less than floors.tsv says; a case that scores better is printed, and --write takes the new scores
over (never a lower one). Exit code 1 if a score fell, a case is missing or a scenario does not run as it says."""
import pathlib, shutil, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
FLOORS = HERE / "floors.tsv"
COMPARE = HERE.parent / "kernel_truth" / "compare"
HEADER = "kind\tcase\tfloor\n"


def scores(out):
    text = subprocess.run([sys.executable, COMPARE, out], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in text.splitlines() if line[:1].isdigit()]
    return {(row[1], row[2]): float(row[0]) for row in rows if len(row) == 3}  # a fourth word: (missing)


def main():
    program, out = sys.argv[1], pathlib.Path(sys.argv[2])
    shutil.rmtree(out, ignore_errors=True)
    scenarios = [word for word in sys.argv[3:] if word != "--write"]
    played = subprocess.run([program, "record", *scenarios, "-o", str(out)])
    found = scores(out)
    floors = {}
    if FLOORS.exists():
        for line in FLOORS.read_text().splitlines()[1:]:
            kind, name, floor = line.split("\t")
            floors[kind, name] = float(floor)
    fell = [(key, floor) for key, floor in floors.items() if found.get(key, 0.0) < floor - 0.0005]
    for (kind, name), floor in fell:
        score = found.get((kind, name))
        print(f"{kind} of {name}: {'missing' if score is None else f'{score:.3f}'}, its floor is {floor:.3f}; "
              f"see: tests/kernel_truth/compare {out} --diff {name}")
    better = sum(1 for key, score in found.items() if score > floors.get(key, 0.0) + 0.0005)
    means = {kind: [s for (k, _), s in found.items() if k == kind] for kind in ("calls", "geometry")}
    print(", ".join(f"{kind}: {sum(s) / len(s):.3f} over {len(s)} cases" for kind, s in means.items() if s),
          f"({better} above their floor)" if better else "")
    if "--write" in sys.argv:
        for key, score in found.items():
            floors[key] = max(score, floors.get(key, 0.0))
        FLOORS.write_text(HEADER + "".join(f"{k}\t{n}\t{f:.3f}\n" for (k, n), f in sorted(floors.items())))
    return 1 if fell or played.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
