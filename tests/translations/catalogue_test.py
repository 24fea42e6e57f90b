#!/usr/bin/env python3
"""Holds the catalogues in app/translations against the sources: all that the program says is in them, finished, with the
same places, the kernel's names as they are, and as Chinese is set.

catalogue_test.py SOURCE_DIR"""
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))
HERE = ROOT / "app/translations"
sys.path.insert(0, str(HERE))
import catalogues  # noqa: E402
from catalogues import messages  # noqa: E402

UNFINISHED_FLOOR = 0  # may only fall

HAN = "\u4e00-\u9fff"
# What only the kernel's, or a protocol's, names look like: tcp_v4_rcv, close(), SYN-ACK, EPOLLET, sk_buff, net.ipv4.x.
NAME = re.compile(r"\b[A-Za-z]\w*_\w+|\b\w+(?=\(\))|\b[A-Z][A-Z0-9]+\b|\bnet\.[\w.]+\w")
PLURAL = re.compile(r"\b(sk_buff|[A-Z]{2,})s\b")
# English that is said in Chinese by a word, though it is written like a name.
WORDS = {"OUT", "FILE", "ID", "TTL", "SVG"}


def places(text):
    return sorted(set(re.findall(r"%L?\d|%n", text)))


class Catalogue(unittest.TestCase):
    def setUp(self):
        self.chinese = list(messages(HERE / "sockwalk_zh_CN.ts"))
        self.finished = [(s, f) for _, s, forms, unfinished in self.chinese for f in forms if not unfinished]

    def none(self, found, what):
        self.assertFalse(found, f"{len(found)} {what}:\n" + "\n".join(map(str, found[:40])))

    def test_all_that_is_said_is_in_them(self):
        """lupdate on a copy: nothing is new, nothing is gone."""
        with tempfile.TemporaryDirectory() as folder:
            for name in ("sockwalk_zh_CN.ts", "sockwalk_en.ts"):
                copy = pathlib.Path(shutil.copy(HERE / name, folder))
                before = {(c, s) for c, s, _, _ in messages(copy)}
                catalogues.update(copy)
                after = {(c, s) for c, s, _, _ in messages(copy)}
                self.none(sorted(after - before), f"strings are missing in {name}; run app/translations/update")
                self.none(sorted(before - after), f"strings of {name} are said by nobody; run app/translations/update")

    def test_few_are_unfinished(self):
        left = [s for _, s, forms, unfinished in self.chinese if unfinished or not all(forms)]
        self.assertLessEqual(len(left), UNFINISHED_FLOOR, "\n".join(left[:40]))
        english = [s for _, s, forms, unfinished in messages(HERE / "sockwalk_en.ts") if unfinished or not all(forms)]
        self.none(english, "plurals without words")

    def test_places_are_the_same(self):
        self.none([(s, t) for s, t in self.finished if places(s) != places(t)], "translations have other places")

    def test_names_of_the_kernel_stay(self):
        changed = []
        for source, said in self.finished:
            for name in set(NAME.findall(PLURAL.sub(r"\1", source))) - WORDS:
                if name not in said:
                    changed.append((name, source, said))
        self.none(changed, "names are not kept")

    def test_accelerators_stay(self):
        keys = [(s, t) for s, t in self.finished if bool(re.search("&\\w", s)) != bool(re.search(r"\(&\w\)", t))]
        self.none(keys, "menu entries have lost or got a key")

    def test_set_as_chinese_is(self):
        half = [t for _, t in self.finished if ";;" not in t and re.search(f"[{HAN}][,:;!?]|[{HAN}]\\.(?![.\\w])|[,;](?=[{HAN}])", t)]
        self.none(half, "have half-width punctuation")
        tight = [t for _, t in self.finished if re.search(f"[{HAN}][A-Za-z0-9]|[A-Za-z)][{HAN}]|(?<![%L\\d])\\d+[{HAN}]", t)]
        self.none(tight, "lack a space between Chinese and Latin")
        self.none([t for _, t in self.finished if re.search("您|用户(?!态|空间)|进行", t)], "are not in our style")

    def test_the_engine_says_one_thing_in_one_way(self):
        """What it says is looked up by its English alone (app/language.cpp), so no context may have another word for it."""
        said = {}
        for context, source, forms, _ in self.chinese:
            if context in ("Tell", "Notes", "Simplified", "Fields", "Failures", "Help", "Messages"):
                said.setdefault(source, set()).add(forms[0])
        self.none(sorted(s for s, t in said.items() if len(t) > 1), "strings are said in two ways")

    def test_nothing_is_left_in_english(self):
        """What has words in English has Chinese in it; a name or a call is the same in both."""
        left = [s for s, t in self.finished
                if not re.search(f"[{HAN}]", t) and re.search("[a-z]{2,} [a-z]{2,}", NAME.sub("", s))]
        self.none(left, "strings have no Chinese")


unittest.main()
