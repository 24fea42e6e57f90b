#!/usr/bin/env python3
"""Makes argument_table.cpp: generate_arguments.py ARGUMENTS.tsv SOURCE_DIR OUT_DIR

A mistake in the table is told with its line."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[2])
sys.path[:0] = [str(ROOT / "engine/kernel"), str(ROOT / "engine/memory")]
import generate_constants  # noqa: E402
from kinds import Mistake, initializer, read_table  # noqa: E402

SENTENCES = {"bytes", "packets"}  # their names are words of a language, and an argument is code


def constants():
    topics = generate_constants.load(ROOT / "assets/constants", ROOT / "assets/layout", ROOT / "assets/layout-more")
    groups = [group for topic in topics for group in topic.groups]
    return {group.name for group in groups}, {row.name: row.value for group in groups for row in group.rows}


def condition(text, values):
    if not text:
        return ""
    argument, name = text.split("=")
    if name not in values:
        raise Mistake(f"'{name}' is no constant")
    return f', "{argument}", {values[name]}'


def rows(path, groups, values):
    seen = {}

    def take(cells):
        if not 3 <= len(cells) <= 4:
            raise Mistake("expected: arguments, functions, kind and perhaps a condition, with a tab between them")
        arguments, functions, kind, when = [*cells, ""][:4]
        if kind in SENTENCES or kind.endswith("?"):
            raise Mistake(f"'{kind}' is no kind of an argument")
        rest = initializer(kind, groups) + condition(when, values)
        for argument in arguments.split():
            for function in functions.split():
                key = argument, function, when
                if key in seen:
                    raise Mistake(f"{argument} of {function} stands above already")
                seen[key] = rest

    read_table(path, take)
    # The row of a function before that of any, and one with a condition before one without.
    return sorted(seen.items(), key=lambda row: (row[0][0], row[0][1] == "*", not row[0][2]))


def main():
    path, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    lines = "".join(f'    {{"{argument}", "{"" if function == "*" else function}", {rest}}},\n'
                    for (argument, function, _), rest in rows(path, *constants()))
    lines = re.sub(r"\{NoteKind", "{kernel::NoteKind", lines)
    (out / "argument_table.cpp").write_text(f"""// Generated from engine/tell/arguments.tsv.
#include "engine/tell/argument_table.h"
namespace sockwalk::tell {{
static constexpr ArgumentRow Table[] = {{
{lines}}};
std::span<const ArgumentRow> argumentTable() {{ return Table; }}
}} // namespace sockwalk::tell
""")


main()
