#!/usr/bin/env python3
"""The course hangs together: each lesson leads to the next, has what a lesson of the course has, and stands in the tables
of lessons/README.md, which say which week it serves and where each claim of the sources is taught.

    course_test.py SOURCE_DIR
"""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
LESSONS = ROOT / "lessons"
FOLDERS = sorted(p.parent.name for p in LESSONS.glob("*/lesson.md"))
CLAIMS = 81
EXAMINATION = "38-examination"


def head(folder, name="lesson.md"):
    """The keys of a lesson's head: a word, or a list of them."""
    keys = {}
    for line in (LESSONS / folder / name).read_text().split("\n---\n")[0].splitlines()[1:]:
        key, item = re.match(r"(\w+): *(.*)", line), re.match(r"  - (.*)", line)
        if key:
            last, keys[key[1]] = key[1], key[2].strip('"') or []
        elif item and isinstance(keys[last], list):
            keys[last].append(item[1])
    return keys


def rows(name, columns):
    for line in (LESSONS / name).read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == columns and re.match(r"\[?\d", cells[0]):
            yield cells


class Course(unittest.TestCase):
    def test_each_lesson_leads_to_the_next(self):
        for folder, following in zip(FOLDERS, FOLDERS[1:] + [None]):
            self.assertEqual(head(folder).get("next"), following, folder)
            needs = re.findall(r"[\w-]+", str(head(folder).get("needs", "")))
            self.assertTrue(all(lesson < folder for lesson in needs), f"{folder} needs what comes later")

    def test_parts_are_spelled_alike_and_keep_together(self):
        for name in ("lesson.md", "lesson.zh.md"):
            parts = [head(folder, name)["part"] for folder in FOLDERS]
            self.assertEqual([p[0] for p in parts], sorted(p[0] for p in parts))
            self.assertEqual(len(set(parts)), len({p[0] for p in parts}), sorted(set(parts)))

    def test_each_has_what_a_lesson_of_the_course_has(self):
        for folder in FOLDERS:
            text, keys = (LESSONS / folder / "lesson.md").read_text(), head(folder)
            with self.subTest(folder):
                self.assertGreaterEqual(text.count("```predict"), 3, "predictions")
                self.assertEqual(text.count("```lab"), 1, "labs")
                self.assertGreaterEqual(len(re.findall(r"^  \S[^:]*: ", text.split("\n---\n", 1)[1], re.M)), 2, "wrong answers explained")
                self.assertGreaterEqual(len(keys["goals"]), 3, "goals")
                self.assertGreaterEqual(len(keys.get("teacher", [])), 3, "notes for whoever teaches")
                self.assertTrue(10 <= int(keys["minutes"]) <= 25, "minutes")
                self.assertTrue(keys["summary"])

    def test_the_syllabus_has_every_lesson_as_it_is(self):
        for name, lesson in (("README.md", "lesson.md"), ("README.zh.md", "lesson.zh.md")):
            with self.subTest(name):
                table = list(rows(name, 5))
                self.assertEqual([re.search(r"\((.*)\)", cells[0])[1] for cells in table], FOLDERS)
                for folder, cells in zip(FOLDERS, table):
                    self.assertEqual(cells[1:3], [head(folder, lesson)["title"], head(folder)["minutes"]], folder)
                for column, weeks in ((3, 12), (4, 16)):
                    served = [int(cells[column]) for cells in table]
                    in_order = served[:FOLDERS.index(EXAMINATION) + 1]
                    self.assertEqual(in_order, sorted(in_order))
                    for folder, week in zip(FOLDERS, served):  # those behind the examination belong elsewhere
                        needs = re.findall(r"[\w-]+", str(head(folder).get("needs", "")))
                        before = [served[FOLDERS.index(lesson)] for lesson in needs]
                        self.assertGreaterEqual(week, max(before, default=1), f"{folder} needs what a later week has")
                    self.assertEqual(set(served), set(range(1, weeks + 1)), "a week without a lesson")
                self.assertIn(str(len(FOLDERS)), (LESSONS / name).read_text().splitlines()[3])

    def test_every_claim_of_the_sources_has_its_place(self):
        table = list(rows("README.md", 3))
        self.assertEqual([int(cells[0]) for cells in table], list(range(1, CLAIMS + 1)))
        for cells in table:
            lessons = re.findall(r"\]\(([^)]*)\)", cells[2])
            self.assertTrue(lessons or ":" in cells[2], f"claim {cells[0]}: neither a lesson nor a reason")
            self.assertTrue(set(lessons) <= set(FOLDERS), f"claim {cells[0]}: {lessons}")
        self.assertGreaterEqual(sum("](" in cells[2] for cells in table), 69)


if __name__ == "__main__":
    unittest.main()
