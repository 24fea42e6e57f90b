#!/usr/bin/env python3
"""Habits that every source keeps: each mistake is told with its file and line.

    sources_test.py SOURCE_DIR [--format]    with --format only clang-format is asked
"""
import pathlib
import re
import shutil
import subprocess
import sys
import unittest
from collections import defaultdict

FORMAT_ONLY = "--format" in sys.argv
ARGUMENTS = [a for a in sys.argv[1:] if not a.startswith("--")]
ROOT = pathlib.Path(ARGUMENTS[0]) if ARGUMENTS else pathlib.Path(__file__).parents[2]
LONGEST_FUNCTION, LONGEST_FILE = 60, 500
ROOMS = ("engine", "views", "app", "tests")


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def code_of(text):
    """The same text, line for line, without comments, strings and preprocessor lines."""
    text = re.sub(r'R"(\w*)\((?:.|\n)*?\)\1"', blank, text)
    text = re.sub(r"//[^\n]*|/\*(?:.|\n)*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)'", blank, text)
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", blank, text, flags=re.M)


class Source:
    def __init__(self, path):
        self.path, self.name = path, str(path.relative_to(ROOT))
        self.text = path.read_text()
        self.code = code_of(self.text)

    def line(self, position):
        return self.code.count("\n", 0, position) + 1

    def blocks(self):
        """(head, where the head begins, where its brace closes, kind, depth) of every block outside of functions."""
        stack, begin = [], 0
        for match in re.finditer(r"[{};()]", self.code):
            token, at = match.group(), match.start()
            inside = any(kind == "function" for _, _, kind in stack)
            if token == "{":
                head = self.code[begin:at]
                stack.append((head, begin + len(head) - len(head.lstrip()), "inner" if inside else kind_of(head)))
                begin = at + 1
            elif token == "}" and stack:
                head, first, kind = stack.pop()
                if not inside or kind == "function":
                    yield head.strip(), first, at, kind, [k for _, _, k in stack]
                begin = at + 1 if kind != "inner" else begin
            elif token == ";" and not inside:
                begin = at + 1


def kind_of(head):
    head = re.sub(r"\btemplate\s*<[^{}]*?>\s*(?=\w)", "", head.strip())
    if re.match(r"(inline )?namespace\b|extern \"", head) or head.startswith("extern"):
        return "namespace"
    if re.match(r"(struct|class|union|enum|typedef)\b", head) and not re.search(r"\)\s*(const|noexcept|override|final)?\s*$", head):
        return "type"
    return "function" if re.search(r"\w\s*\(.*\)|operator", head, re.S) and "=" not in head.split("(")[0] else "value"


def sources():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in (".h", ".cpp") and "kernel_truth" not in path.parts:
                yield Source(path)


SOURCES = [] if FORMAT_ONLY else list(sources())
DECLARATION = re.compile(r"^(?!return|using|typedef|friend|else|extern Global)(?:\[\[\w+\]\] )?(?:[\w:]+(?:<[^;()]*?>)?[ \*&]+)+(\w+)\(([^;{}]*)\)"
                         r"\s*(?:const|noexcept)?;", re.M)
CONTAINERS = re.compile(r"^(?:template[^\n]*\n)?(?:struct|class|union)\b[^;{}]*\{.*?^\}", re.M | re.S)


def parameter_types(parameters):
    """What tells overloads apart: the types, without names and defaults."""
    types = []
    for parameter in re.split(r",(?![^<(]*[>)])", parameters):
        parameter = re.sub(r"\s*=.*", "", parameter.strip(), flags=re.S)
        types.append(re.sub(r"\s+", " ", re.sub(r"(?<=[\s\*&>])\w+(\[\d*\])?$", "", parameter)).strip())
    return tuple(types)


class Sources(unittest.TestCase):
    def nothing(self, found, because):
        self.assertFalse(found, because + ":\n" + "\n".join(found))

    def test_functions_are_short(self):
        found = []
        for source in SOURCES:
            for head, first, last, kind, _ in source.blocks():
                length = source.line(last) - source.line(first) + 1
                if kind == "function" and length > LONGEST_FUNCTION:
                    name = re.findall(r"([\w:~]+)\s*\(", head)
                    found.append(f"{source.name}:{source.line(first)}: {name[0] if name else head[:40]} has {length} lines")
        self.nothing(found, f"a function has at most {LONGEST_FUNCTION} lines")

    def test_files_are_short(self):
        lengths = [(source, source.text.count("\n")) for source in SOURCES]
        self.nothing([f"{s.name}:1: {n} lines" for s, n in lengths if n > LONGEST_FILE], f"a file has at most {LONGEST_FILE} lines")

    def test_a_function_is_declared_once(self):
        places = defaultdict(list)
        for source in SOURCES:
            if not source.name.startswith("engine/") or source.path.suffix != ".h":
                continue
            plain = CONTAINERS.sub(blank, source.code)
            for match in DECLARATION.finditer(plain):
                kernel = source.name.startswith("engine/kernel26/")  # two kernels, two namespaces
                places[match[1], (kernel, parameter_types(match[2]))].append(f"{source.name}:{source.line(match.start())}")
        found = [f"{here[1]}: {name} stands already at {here[0]}" for (name, _), here in places.items() if len(here) > 1]
        self.nothing(found, "a function is declared in one header")

    def test_no_source_declares_what_a_header_has(self):
        declared = {m[1] for s in SOURCES if s.path.suffix == ".h" and s.name.startswith("engine/kernel/")
                    for m in DECLARATION.finditer(CONTAINERS.sub(blank, s.code))}
        found = [f"{s.name}:{s.line(m.start())}: {m[1]}" for s in SOURCES
                 if s.path.suffix == ".cpp" and s.name.startswith("engine/kernel/") for m in DECLARATION.finditer(s.code)
                 if m[1] in declared and not m[0].startswith("static")]
        self.nothing(found, "include the header instead of declaring again")

    def test_nothing_belongs_to_a_thread(self):
        # One pointer says which machine this thread works for; all else is found from there (engine/memory/arena.h).
        found = [f"{s.name}:{s.line(m.start())}" for s in SOURCES
                 if s.name.startswith("engine/") and not s.name.startswith("engine/memory/arena.")
                 for m in re.finditer(r"\bthread_local\b", s.code)]
        self.nothing(found, "all state is in the machine: no thread_local in engine/")


class Reading(unittest.TestCase):
    """That the tests above can fail."""

    def of(self, text):
        source = Source.__new__(Source)
        source.text, source.code, source.name = text, code_of(text), "x.cpp"
        return source

    def test_functions_are_found_with_their_lines(self):
        source = self.of("namespace a {\nstruct S {\n  int f() const {\n    return 1;\n  }\n};\nint x[] = {1};\n"
                         "static int g(int a,\n             int b) {\n  auto h = [] { return '{'; };\n  return \"}\";\n}\n}\n")
        found = [(re.findall(r"(\w+)\(", head)[0], source.line(first), source.line(last))
                 for head, first, last, kind, _ in source.blocks() if kind == "function"]
        self.assertEqual(found, [("f", 3, 5), ("g", 8, 12)])

    def test_declarations_are_found_and_overloads_told_apart(self):
        text = "int f(const sock* sk, int n = 1);\nint f(const sock* sk, u64 n);\nint f(const sock* s, int);\n"
        types = [parameter_types(m[2]) for m in DECLARATION.finditer(text)]
        self.assertEqual(len(types), 3)
        self.assertEqual(types[0], ("const sock*", "int"))
        self.assertNotEqual(types[0], types[1])


class Format(unittest.TestCase):
    @unittest.skipUnless(shutil.which("clang-format"), "clang-format is not installed")
    def test_clang_format_is_obeyed(self):
        files = [str(p.relative_to(ROOT)) for room in ROOMS for p in sorted((ROOT / room).rglob("*"))
                 if p.suffix in (".h", ".cpp") and "kernel_truth" not in p.parts]
        asked = subprocess.run(["clang-format", "--dry-run", *files], cwd=ROOT, capture_output=True, text=True)
        places = sorted(set(re.findall(r"^([^:\n]+:\d+):\d+: warning", asked.stderr, re.M)))
        self.assertFalse(places, "clang-format -i would change:\n" + "\n".join(places[:40]))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], defaultTest="Format" if FORMAT_ONLY else ["Sources", "Reading"])
