#!/usr/bin/env python3
"""check.py [ENGINE_KERNEL_FOLDER]: the simulated kernel is written in our own words, and stays so.

`compare` beside this file measures, by hashes, which of our functions stand close to the text of Linux 6.1's function of
the same name. Limits: no function of 40 tokens or more over 0.5; of those with 20 to 39 over 0.8 only such as truly have
one form (one_form.tsv, each with its reason); of all tokens at most 0.17 in common runs; at most a quarter of the local
variables named as the kernel's. Exit 1 if one of them is passed, 77 (skipped) without Universal Ctags."""
import importlib.machinery
import importlib.util
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
LONG, MOST_LONG, MOST_SHORT, MOST_SHARE, MOST_NAMES = 40, 0.5, 0.8, 0.17, 0.25


def tool():
    loader = importlib.machinery.SourceFileLoader("compare", str(HERE / "compare"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("compare", loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


def one_form():
    rows = [line.split("\t") for line in (HERE / "one_form.tsv").read_text().splitlines() if line[:1] not in ("", "#")]
    for row in rows:
        if len(row) != 2 or not row[1].strip():
            sys.exit(f"one_form.tsv: expected a function, a tab and the reason: {row}")
    return {name for name, _ in rows}


def measure(folder):
    """Rows (score, tokens, name, place) of 20 tokens or more, and how many local names there are and are the kernel's."""
    compare = tool()
    known, names = (compare.fingerprints(str(HERE / f)) for f in ("fingerprints.gz", "names.gz"))
    files = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.suffix in (".cpp", ".h"))
    rows, local, shared = [], 0, 0
    for name, path, line, text in compare.functions(str(folder), files):
        if name not in known:
            continue
        tokens = compare.tokens(text, True)
        if len(tokens) >= 20:
            rows.append((compare.score(tokens, known[name]), len(tokens), name, f"{path}:{line}"))
        mine = compare.local_names(text)
        local += len(mine)
        shared += sum(compare.name_hash(v) in names.get(name, ()) for v in mine)
    return sorted(rows, reverse=True), local, shared


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "engine" / "kernel"
    if not shutil.which("ctags"):
        print("Universal Ctags is not installed (package universal-ctags)")
        sys.exit(77)
    rows, local, shared = measure(folder)
    allowed, wrong = one_form(), []
    for score, tokens, name, place in rows:
        most = MOST_LONG if tokens >= LONG else MOST_SHORT
        if score > most and (tokens >= LONG or name not in allowed):
            wrong.append(f"{place}: {name} ({tokens} tokens) stands {score:.2f} to the kernel's text, at most {most}")
    short = {name for score, tokens, name, _ in rows if tokens < LONG and score > MOST_SHORT}
    wrong += [f"one_form.tsv: {name} needs no exception (any more)" for name in sorted(allowed - short)]
    share = sum(score * tokens for score, tokens, *_ in rows) / sum(tokens for _, tokens, *_ in rows)
    if share > MOST_SHARE:
        wrong.append(f"the share by tokens is {share:.3f}, at most {MOST_SHARE}")
    if shared > MOST_NAMES * local:
        wrong.append(f"{shared} of {local} local variables are named as the kernel's, at most a quarter may")
    print(*wrong, sep="\n")
    print(f"{len(rows)} functions: {share:.3f} by tokens; {shared} of {local} local names; {len(wrong)} complaints")
    sys.exit(1 if wrong else 0)


main()
