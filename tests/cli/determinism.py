#!/usr/bin/env python3
"""determinism.py SCRIPT... -- SOCKWALK...: every program gives the same record of every script, run after run.

Programs that are not built are left out; fewer than two of them exit with 77 (skipped)."""
import pathlib, subprocess, sys

cut = sys.argv.index("--")
scripts, programs = sys.argv[1:cut], list(dict.fromkeys(p for p in sys.argv[cut + 1:] if pathlib.Path(p).exists()))


def hashes(program):
    r = subprocess.run([program, "record", "--hash", *scripts], capture_output=True, text=True)
    lines = r.stdout.splitlines()
    if len(lines) != len(scripts):
        sys.exit(f"{program} did not play them all:\n{r.stderr}")
    return lines


first = hashes(programs[0])
for program in programs:
    for before, now in zip(first, hashes(program)):
        if before != now:
            sys.exit(f"{programs[0]}: {before}\n{program}: {now}\nthe records differ")
print(f"{len(scripts)} scripts, {len(programs)} builds, the same records: {', '.join(programs)}")
if len(programs) < 2:
    print("only one build is there; to compare: cmake --build --preset dev --target sockwalk")
    sys.exit(77)
