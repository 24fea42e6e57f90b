"""What the engine can say to a person, gathered from its sources: the literals of say() and of what hands its words to
it, the sentences of the notes, and what functions leave out (SIMPLIFIED). `update` puts them into the catalogues beside
what lupdate finds, and tests/translations holds the catalogues against them."""
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
LITERALS = rf"{LITERAL}(?:\s*{LITERAL})*"

# Functions that say their words, and which of their arguments are words. A negative number counts from the end.
CALLS = {"say": [0], "Words": [0], "TableWords": [0], "counted": [0, 1], "bucketSummary": [0, 1], "onceOrMore": [-1], "misuse": [1]}
# Tables of words: where a literal of this file is one.
TABLES = {
    "engine/tell/moves.cpp": rf"constexpr const char\* \w+ = ({LITERALS})",
    "engine/tell/segments.cpp": rf"\bmark\([\w:]+, ({LITERALS})\)",
    "engine/tell/packets/packet_comparison.cpp": rf'\{{"[a-z.]+",\s*({LITERALS})\}}',
    "engine/tell/packets/packet_names.cpp": rf"Type::\w+,\s*({LITERALS})",
}


def text_of(literals):
    return "".join(json.loads(one) for one in re.findall(LITERAL, literals))


def without_comments(source):
    """Literals stay; a comment goes."""
    return re.sub(rf"({LITERAL})|//[^\n]*", lambda m: m.group(1) or "", source)


def arguments(source, start):
    """Those of the call whose bracket opens before `start`."""
    out, depth, begin, at = [], 0, start, start
    while at < len(source):
        if literal := re.compile(LITERAL).match(source, at):
            at = literal.end()
            continue
        char = source[at]
        if char in ")]}" and depth == 0:
            return out + [source[begin:at]]
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            out.append(source[begin:at])
            begin = at + 1
        at += 1
    return out


def words_in(argument):
    """The literals of an argument: one, or the two between which `? :` chooses. None if it is something else."""
    argument = argument.strip()
    if re.fullmatch(LITERALS, argument):
        return [text_of(argument)]
    if chosen := re.fullmatch(rf"[^\"]*\?\s*({LITERALS})\s*:\s*({LITERALS})", argument):
        return [text_of(chosen.group(1)), text_of(chosen.group(2))]
    return []


def said_in(path):
    source = without_comments(path.read_text())
    out = []
    for call in re.finditer(rf"\b({'|'.join(CALLS)})\(", source):
        given = arguments(source, call.end())
        for which in CALLS[call.group(1)]:
            if -len(given) <= which < len(given):
                out += words_in(given[which])
    table = TABLES.get(str(path.relative_to(ROOT)))
    return out + [text_of(m) for m in re.findall(table, source)] if table else out


def sources(*folders):
    return [p for f in folders for p in sorted((ROOT / f).rglob("*")) if p.suffix in (".cpp", ".h")]


def notes():
    rows = (ROOT / "engine/kernel/notes.tsv").read_text().splitlines()
    return [s for row in rows if row and row[0] != "#" for s in row.split("\t")[2:]]


def simplified():
    return [text_of(m) for p in sources("engine/kernel")
            for m in re.findall(rf"\bSIMPLIFIED\(\s*({LITERALS})", without_comments(p.read_text()))]


def gathered():
    """Context -> what is said in it, each once, in the order of the sources."""
    tell = [s for p in sources("engine/tell", "engine/live", "app") if not p.match("app/translations/*") and
            (p.is_relative_to(ROOT / "engine") or p.name.startswith("cli")) for s in said_in(p)]
    between = [", ", "; "]  # in lists of what is said: text.cpp
    out = {"Tell": tell + between, "Notes": notes(), "Simplified": simplified()}
    return {context: list(dict.fromkeys(said for said in all if said)) for context, all in out.items()}
