#!/usr/bin/env python3
"""The command line in Chinese: command_line_test.py SOCKWALK REPOSITORY. Its help and what it says of mistakes leave nothing
in English, and fit a terminal."""
import os, pathlib, re, subprocess, sys, tempfile, unicodedata, unittest

PROGRAM, ROOT = os.path.abspath(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1))
WALK = ROOT / "lessons/03-socket/scenario.pkt"
COMMANDS = ["record", "print", "tell", "relive", "diff", "core", "gdbserver", "layout", "export", "shot", "film", "gallery", "lesson", "samples", "help"]

ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,}")
CHINESE = re.compile("[\u4e00-\u9fff]")
VERBATIM = re.compile(r"'[^']*'|\"[^\"]*\"|(?:sockwalk|gdb) [\w \-./]+|\(gdb\) .*|--?[a-z]\w*|[\w.]+, [\w.\-, ]+")  # what is typed, and lists of names


def run(*words):
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return subprocess.run([PROGRAM, *map(str, words), "--lang", "zh"], capture_output=True, text=True, timeout=120,
                          env={k: v for k, v in os.environ.items() if k not in hidden})


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def left_in_english(text):
    return [line for line in text.splitlines() if ENGLISH.search(VERBATIM.sub("", line)) and not CHINESE.search(line)]


class InChinese(unittest.TestCase):
    def test_the_help(self):
        for command in ([], *([c] for c in COMMANDS)):
            shown = run(*command, "--help").stdout
            self.assertTrue(shown.startswith("用法： sockwalk"), shown)
            self.assertEqual(left_in_english(shown), [], command)
            self.assertEqual([line for line in shown.splitlines() if width(line) > 118], [], command)

    def test_mistakes(self):
        for words in ([WALK, "x", "--hz"], ["print"], ["print", "nowhere.pkt"], ["print", WALK, "--machine", "x"], ["pritn"],
                      ["print", WALK, "--hz", "0"], ["print", "--bogus"], ["nowhere.pkt"], ["print", WALK, "-D", "x"],
                      ["tell", WALK, "--at", "nowhere"], ["tell", WALK, "packets", "--where", "foo =="], ["gallery"],
                      ["tell", WALK, "structures", "nothing"], ["shot", WALK, "-o", "a.gif"], ["relive", WALK],
                      ["shot", WALK, "-o", "a.png", "--size", "3"], ["export", WALK, "-o", "a.txt"], ["record", WALK],
                      ["layout", "nothing_like_it"], ["samples", "x"], ["help", "nothing"], [WALK]):
            r = run(*words)
            self.assertEqual((r.returncode, r.stdout), (2, ""), words)
            self.assertEqual(left_in_english(r.stderr), [], words)
            self.assertRegex(r.stderr, CHINESE)

    def test_a_script_that_is_wrong(self):
        for line in ("0 socket(AF_INET\n", "0 nothing() = 0\n", "0 socket(AF_INET, SOCK_STREAM, 0) = -1 EINVAL\n", "//@link nothing\n", "+x\n"):
            with tempfile.NamedTemporaryFile("w", suffix=".pkt") as script:
                script.write(line)
                script.flush()
                r = run("print", script.name)
            self.assertNotEqual(r.returncode, 0, line)
            self.assertEqual(left_in_english(r.stderr), [], line)

    def test_a_locale_names_a_language(self):
        english = subprocess.run([PROGRAM, "--help", "--lang=en_GB.UTF-8"], capture_output=True, text=True).stdout
        chinese = subprocess.run([PROGRAM, "--lang=zh_CN.UTF-8", "--help"], capture_output=True, text=True).stdout
        self.assertTrue(english.startswith("usage: "))
        self.assertEqual(chinese, run("--help").stdout)


unittest.main()
