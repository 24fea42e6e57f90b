#!/usr/bin/env python3
"""No view names a function of the kernel or a member of its structures: what a moment means is told by engine/tell, and
the views draw what it answers. Where one must, views_names.tsv says why.

    views_test.py SOURCE_DIR

A name is a member of assets/layout* or what a KFUNC() registers. It is used where
  - an identifier of the code is such a name and has an underscore (skb_push, sk_state);
  - a string holds such a name with an underscore as a whole word;
  - a string holds any such name, written as a member or a call: "skb->data", "%1.len of", "connect()";
  - the generated structures, or a header of the simulated kernel, are included.
"""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]
LIST = pathlib.Path(__file__).with_name("views_names.tsv")
# Everybody who owns or opens a session sees the machine; the table of notes is words.
HARMLESS = {"engine/kernel/machine/machine.h", "engine/kernel/note_table.h"}

TOKEN = re.compile(r'(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<include>^[ \t]*#[ \t]*include[^\n]*)|(?P<raw>R"(?P<end>\w*)\(.*?\)(?P=end)")'
                   r'|(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<char>\'(?:[^\'\\\n]|\\.)+\')|(?P<word>[A-Za-z_]\w*)', re.M | re.S)
WORD = re.compile(r"(?P<before>->|\.)?\b(?P<name>[A-Za-z_]\w*)\b(?P<after>\(\))?")


def members():
    for folder in ("layout", "layout-more"):
        for table in (ROOT / "assets" / folder).glob("*.tsv"):
            columns = [line.split("\t") for line in table.read_text().splitlines()]
            for row in columns:
                if len(row) == 6 and re.fullmatch(r"[A-Za-z_]\w*", row[4].strip()) and row[4] != "member":
                    yield row[4].strip()
    # sk_state for skc_state: what its source calls some of them
    yield from re.findall(r'^ *\{\w+, "(\w+)",', (ROOT / "engine/memory/macro_names.cpp").read_text(), re.M)


def functions():
    for source in (ROOT / "engine" / "kernel").rglob("*"):
        if source.suffix in (".h", ".cpp"):
            yield from re.findall(r"\bKFUNC\((\w+)", source.read_text())


NAMES = set(members()) | set(functions()) - {"name_"}


def names_in(string, names):
    for match in WORD.finditer(string):
        if match["name"] in names and ("_" in match["name"] or match["before"] or match["after"]):
            yield match.start(), match["name"]


def uses(text, names=None):
    """(line, name) of each use of a name in a source."""
    names = NAMES if names is None else names
    for token in TOKEN.finditer(text):
        kind, said = token.lastgroup, token.group()
        kind = "raw" if kind == "end" else kind
        found = []
        if kind == "word" and "_" in said and said in names:
            found = [(0, said)]
        elif kind in ("string", "raw"):
            found = names_in(said, names)
        elif kind == "include":
            header = re.search(r'"(engine/kernel/[^"]+|engine/memory/structures\.h)"', said)
            found = [(0, header[1])] if header and header[1] not in HARMLESS else []
        for at, name in found:
            yield text.count("\n", 0, token.start() + at) + 1, name


def allowed():
    """(file or folder/, name or *) -> why"""
    rows = [line.split("\t") for line in LIST.read_text().splitlines() if line and not line.startswith("#")]
    for row in rows:
        if len(row) != 3 or not row[2].strip():
            raise ValueError(f"{LIST.name}: a row has a file, a name and why: {row}")
    return {(file, name): why for file, name, why in rows}


class Views(unittest.TestCase):
    def test_name_nothing_of_the_kernel(self):
        listed, used, found = allowed(), set(), []
        for path in sorted((ROOT / "views").rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            file = str(path.relative_to(ROOT))
            for line, name in uses(path.read_text()):
                rows = {row for row in ((file, name), (str(path.parent.relative_to(ROOT)) + "/", "*")) if row in listed}
                used |= rows
                if not rows:
                    found.append(f"{file}:{line}: {name}")
        self.assertFalse(found, "what it means is told by engine/tell; or views_names.tsv says why:\n" + "\n".join(found))
        unused = [f"{file}: {name}" for file, name in listed if (file, name) not in used]
        self.assertFalse(unused, "views_names.tsv lists what is not there any more:\n" + "\n".join(unused))


class Reading(unittest.TestCase):
    """That the test above can fail, and finds no more than it should."""
    NAMES = {"skb_push", "sk_state", "data", "len", "connect", "next"}

    def of(self, text):
        return [(line, name) for line, name in uses(text, self.NAMES)]

    def test_identifiers_and_words_of_strings(self):
        self.assertEqual(self.of('int a = sk_state;\nf("it calls skb_push now");\n'), [(1, "sk_state"), (2, "skb_push")])
        self.assertEqual(self.of('int sk_state_of, my_sk_state; // skb_push\n/* sk_state\n*/ f("sk_states");'), [])

    def test_names_without_an_underscore_only_as_members_and_calls(self):
        self.assertEqual([name for _, name in self.of('f("skb->data", "%1.len of %2", "connect()");')], ["data", "len", "connect"])
        self.assertEqual(self.of('f("the next data. len", "connect (2)"); index.data(); p->next();'), [])

    def test_raw_strings_and_includes(self):
        self.assertEqual(self.of('f(R"x(a\nsk_state)x");\n'), [(2, "sk_state")])
        self.assertEqual(self.of('#include "engine/memory/structures.h"\n#include "engine/kernel/machine/machine.h"\n'),
                         [(1, "engine/memory/structures.h")])

    def test_names_are_read(self):
        self.assertGreater(len(NAMES), 4000)
        self.assertLessEqual({"skb_push", "inet_create", "skc_state", "sk_state", "data"}, NAMES)


if __name__ == "__main__":
    unittest.main()
