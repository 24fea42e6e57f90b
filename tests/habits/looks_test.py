#!/usr/bin/env python3
"""Colours and sizes of type come from views/theme alone: so the contrast that its test computes holds everywhere, and
large type grows all that is read, pictures included.

    looks_test.py SOURCE_DIR
"""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]
OWN = re.compile(r"""setPixelSize|setPointSize|\bQFont\(\s*["{\w]|\bsetFamil   # a font of its own
                     |QColor\(\s*(?:\d|0x|"|Qt::(?!white|transparent))|fromRgb\(|\bqRgb  # a colour of its own
                     |Qt::(?:red|green|blue|yellow|cyan|magenta|(?:dark|light)?[gG]ray|black)\b
                     |\#[0-9a-fA-F]{6}\b|font-size:\s*\d|(?<!-)color:\s*[a-z#]""", re.X)
COMMENT = re.compile(r"//[^\n]*")


def own_looks(text):
    """(line, what) of each colour or font that is not the theme's."""
    for number, line in enumerate(text.splitlines(), 1):
        for match in OWN.finditer(COMMENT.sub("", line)):
            yield number, match.group()


class Looks(unittest.TestCase):
    def test_what_is_found(self):
        for line in ("font.setPixelSize(12);", 'QFont("Inter", 12)', "QColor(0xff0000)", 'QColor("#ff0000")',
                     "p.setPen(Qt::red);", '"font-size: 12px"', '"color: red"', "QColor::fromRgb(1)"):
            self.assertTrue(list(own_looks(line)), line)
        for line in ("p.setFont(theme().mono(11));", "theme().color(Role::Text)", "QFont font = metrics.font();",
                     "QColor color = theme().color(Role::Card);", "// Qt::red", "p.fillRect(r, Qt::transparent);"):
            self.assertFalse(list(own_looks(line)), line)

    def test_colours_and_type_are_the_themes(self):
        found = []
        for folder in ("app", "views"):
            for source in sorted((ROOT / folder).rglob("*")):
                path = source.relative_to(ROOT).as_posix()
                if source.suffix in (".h", ".cpp") and not path.startswith("views/theme/"):
                    found += [f"{path}:{line}: {what}" for line, what in own_looks(source.read_text())]
        self.assertEqual(found, [], "ask theme() for colours and fonts:\n" + "\n".join(found))


if __name__ == "__main__":
    unittest.main()
