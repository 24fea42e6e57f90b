#!/usr/bin/env python3
"""The recordings, one file a program: recordings/PROGRAM.txt.

    recordings.py take DIR PROGRAM     cases of a recording (DIR/calls, geometry, drops, frames) into PROGRAM's file
    recordings.py give DIR [CASE...]   the other way: DIR/calls/CASE.txt and so on, of all or of some cases

A file holds its cases by name; of each, up to four parts, as `record` wrote them:

    == socket_tcp calls
    # socket_tcp: result 3
    __x64_sys_socket
    ...
    == socket_tcp geometry
    function	skb	data	...

A line that begins with `== ` is a heading and nothing else: no part has such a line."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE / "recordings"
SUFFIXES = {"calls": "txt", "geometry": "tsv", "drops": "tsv", "frames": "txt"}
HEADING = re.compile(r"== (\w+) (\w+)")


def read(path):
    """{(case, kind): text} of one program's file."""
    parts, text = {}, None
    for line in path.read_text().splitlines(keepends=True):
        if line.startswith("== "):
            heading = HEADING.fullmatch(line.rstrip("\n"))
            if not heading or heading.group(2) not in SUFFIXES or heading.groups() in parts:
                sys.exit(f"{path}: expected `== CASE KIND`, each once, found '{line.rstrip()}'")
            text = parts[heading.groups()] = []
        elif text is None:
            sys.exit(f"{path}: expected `== CASE KIND` in the first line")
        else:
            text.append(line)
    return {key: "".join(lines) for key, lines in parts.items()}


def everything(folder=FOLDER):
    """{kind: {case: text}} of all programs; a case stands in one of them."""
    found = {kind: {} for kind in SUFFIXES}
    for path in sorted(folder.glob("*.txt")):
        for (case, kind), text in read(path).items():
            if case in found[kind]:
                sys.exit(f"{path}: {case} ({kind}) was recorded by another program too")
            found[kind][case] = text
    return found


def write(path, parts):
    ordered = sorted(parts, key=lambda key: (key[0], list(SUFFIXES).index(key[1])))
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"== {case} {kind}\n{parts[case, kind]}" for case, kind in ordered))


def take(folder, program):
    path = FOLDER / f"{program}.txt"
    parts = read(path) if path.exists() else {}
    fresh = {(file.stem, kind): file.read_text()
             for kind, suffix in SUFFIXES.items() for file in (folder / kind).glob(f"*.{suffix}")}
    if not fresh:
        sys.exit(f"{folder}: there is no recording here (calls/NAME.txt ...)")
    cases = {case for case, _ in fresh}
    write(path, {key: text for key, text in parts.items() if key[0] not in cases} | fresh)
    print(f"{len(cases)} cases of {folder} are in {path}")


def give(folder, cases):
    for kind, texts in everything().items():
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for case, text in texts.items():
            if not cases or case in cases:
                (folder / kind / f"{case}.{SUFFIXES[kind]}").write_text(text)


def main(words):
    if len(words) == 3 and words[0] == "take":
        take(pathlib.Path(words[1]), words[2])
    elif len(words) >= 2 and words[0] == "give":
        give(pathlib.Path(words[1]), words[2:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
