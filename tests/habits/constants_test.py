#!/usr/bin/env python3
"""One home for every constant: the table in assets/constants, and nobody says its values again.

    constants_test.py SOURCE_DIR
"""
import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "engine/memory"))
import generate_constants as generator  # noqa: E402

LAYOUTS = [ROOT / "assets/layout", ROOT / "assets/layout-more"]
TOPICS = generator.load(ROOT / "assets/constants", *LAYOUTS)
GROUPS = {group.name: group for topic in TOPICS for group in topic.groups}
NAMES = {row.name for group in GROUPS.values() for row in group.rows}


def without_comments(text):
    """The same lines, with nothing in them but code; text in quotes stays."""
    return re.sub(r"//[^\n]*|/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


DEFINITION = re.compile(r"^[ \t]*#define (?P<macro>\w+)|\benum\b[^;{}()]*\{(?P<enumerators>[^}]*)\}|"
                        r"\bconstexpr (?!auto\b)[\w:]+ (?P<constants>\w+ = [^;]*);", re.M)


def definitions(text):
    """Each constant that a source defines by hand, with its line."""
    for match in DEFINITION.finditer(without_comments(text)):
        kind = match.lastgroup
        for name in re.finditer(r"(?:^|,)\s*(\w+)\s*(?==(?!=)|,|$)" if kind != "macro" else r"(\w+)", match.group(kind)):
            yield name.group(1), text.count("\n", 0, match.start(kind) + name.start(1)) + 1


def sources(*rooms):
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path


class Table(unittest.TestCase):
    def test_no_name_of_it_is_defined_by_hand(self):
        again = [f"{path.relative_to(ROOT)}:{line}: {name}" for path in sources("engine", "views", "app")
                 for name, line in definitions(path.read_text()) if name in NAMES]
        self.assertEqual(again, [], "these stand in assets/constants: include engine/memory/constants/TOPIC.h")

    def test_definitions_are_found_where_they_stand(self):
        text = "enum {\n  A = 1, // B\n  C\n};\nconstexpr int D = 1,\n  E = A | C;\n#define F 1\nint g = H;\n"
        self.assertEqual(list(definitions(text)), [("A", 2), ("C", 3), ("D", 5), ("E", 6), ("F", 7)])

    def test_scripts_may_write_what_they_always_could(self):
        before = (ROOT / "tests/habits/script_names.txt").read_text().split()
        now = {row.name for group in GROUPS.values() if "script" in group.attributes for row in group.rows}
        self.assertGreater(len(before), 700)
        self.assertEqual([name for name in before if name not in now], [])

    def test_reasons_for_drops_are_complete(self):
        reasons = GROUPS["skb_drop_reason"].rows
        self.assertEqual([row.value for row in reasons], list(range(67)))
        self.assertEqual((reasons[0].name, reasons[-1].name), ("SKB_NOT_DROPPED_YET", "SKB_DROP_REASON_MAX"))

    def test_members_named_by_groups_exist(self):
        for member in (m for group in GROUPS.values() for m in group.members):
            structure, name = member.rsplit(".", 1)
            folders = [ROOT / "assets/layout-2.6"] if structure.startswith("2.6/") else LAYOUTS
            table = structure.removeprefix("2.6/") + ".tsv"
            path = next((d / table for d in folders if (d / table).exists()), None)
            self.assertTrue(path and any(line.split("\t")[4].strip() == name for line in path.read_text().splitlines()[2:]), member)


class Mistakes(unittest.TestCase):
    """What the generator refuses, and where it says the mistake is."""

    def refused(self, text):
        with tempfile.TemporaryDirectory() as directory:
            (pathlib.Path(directory) / "some.txt").write_text(text)
            with self.assertRaises(generator.Mistake) as mistake:
                generator.load(directory, *LAYOUTS)
        return str(mistake.exception)

    def test_a_name_twice(self):
        self.assertEqual(self.refused("[a] int\nONE = 1\nONE = 2\n"), "some.txt:3: ONE stands already at some.txt:2")

    def test_a_value_that_the_layout_data_has(self):
        self.assertIn("some.txt:2: TCP_LISTEN is valued though", self.refused("[a] int\nTCP_LISTEN = 10\n"))

    def test_no_value_at_all(self):
        self.assertIn("some.txt:2: NOVELTY has no value", self.refused("[a] int\nNOVELTY\n"))

    def test_a_value_that_the_type_does_not_hold(self):
        self.assertEqual(self.refused("[a] u8\nMUCH = 1 << 8\n"), "some.txt:2: MUCH is 256, which no u8 holds")

    def test_an_unknown_name_and_what_is_no_row(self):
        self.assertEqual(self.refused("[a] int\nTWO = ONE + 1\n"), "some.txt:2: nothing is called ONE")
        self.assertIn("some.txt:2: expected", self.refused("[a] int\nTWO: 2\n"))
        self.assertIn("some.txt:1: expected", self.refused("[a] int loud\n"))


if __name__ == "__main__":
    unittest.main()
