#!/usr/bin/env python3
"""The table of claims is whole, and its checks can fail: table_test.py SOURCES"""
import pathlib
import re
import shlex
import sys
import unittest

import claims

SOURCES = pathlib.Path(sys.argv[1])
TABLE = claims.read((pathlib.Path(__file__).parent / "claims.md").read_text(encoding="utf-8"))
WALK = """\
socket(AF_INET) = 3
  __sys_socket(family=AF_INET) = 3
    __sock_create(family=AF_INET)  = 0
      inet_create()
    sock_map_fd() = 3
close(3) = 0
"""


def check(*lines):
    return claims.read("## 1 · 0 · a claim\n    $ print x.pkt\n" + "\n".join("    " + line for line in lines))[0].checks[0]


class Table(unittest.TestCase):
    def test_each_claim_is_there_once_with_a_check_or_a_reason(self):
        self.assertEqual([claim.number for claim in TABLE], list(range(1, 82)))
        for claim in TABLE:
            with self.subTest(claim.number):
                self.assertTrue(claim.checks or claim.open, "neither a check nor what is missing")
                self.assertEqual(bool(claim.open), bool(claim.open_checks), "what is missing, and the check that will find it")

    def test_each_check_expects_something_and_names_files_that_are_there(self):
        for claim in TABLE:
            for one in claim.checks + claim.open_checks:
                with self.subTest(claim.number, command=one.command):
                    self.assertTrue(one.ordered or one.anywhere)
                    self.assertTrue(claims.judge(one, ""), "holds of nothing at all")
                    for word in shlex.split(one.command):
                        self.assertFalse(re.search(r"[a-z]/", word) and not (SOURCES / word).exists(), word)

    def test_the_course_knows_the_same_claims(self):
        course = (SOURCES / "lessons/README.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| (\d+) \| ", course[course.index("claim by claim"):], re.M)
        self.assertEqual([int(row) for row in rows], [claim.number for claim in TABLE])


class Judgement(unittest.TestCase):
    def holds(self, *lines):
        return not claims.judge(check(*lines), WALK)

    def test_lines_stand_in_order(self):
        self.assertTrue(self.holds("__sock_create(", "sock_map_fd("))
        self.assertFalse(self.holds("sock_map_fd(", "__sock_create("))
        self.assertFalse(self.holds("inet_create(", "inet_create("))

    def test_what_stands_deeper_stands_inside(self):
        self.assertTrue(self.holds("__sys_socket(", "  __sock_create(", "    inet_create(", "  sock_map_fd("))
        self.assertFalse(self.holds("__sock_create(", "  sock_map_fd("))
        self.assertFalse(self.holds("socket(", "  close(3)"))

    def test_names_are_whole_and_blanks_are_alike(self):
        self.assertTrue(self.holds("__sock_create(family=AF_INET) = 0"))
        self.assertFalse(self.holds("sock_create("))
        self.assertFalse(self.holds("family=AF_INE"))
        self.assertTrue(self.holds("__sock_create(... = 0"))
        self.assertFalse(self.holds("inet_create(... = 3"))

    def test_anywhere_and_nowhere(self):
        self.assertTrue(self.holds("& close(3)", "& inet_create(", "! listen"))
        self.assertFalse(self.holds("& listen"))
        self.assertFalse(self.holds("& close(3)", "! inet_create"))

    def test_an_open_claim_has_its_checks_apart(self):
        claim, = claims.read("## 7 · 0 3 · a claim\n    $ layout a\n    x\nopen: y\n    $ layout b\n    z\n")
        self.assertEqual((claim.number, claim.open, len(claim.checks), claim.open_checks[0].command), (7, "y", 1, "layout b"))
        with self.assertRaises(ValueError):
            claims.read("## 7 · 0 · a claim\nwhat is this\n")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
