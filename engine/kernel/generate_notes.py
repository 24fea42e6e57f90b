#!/usr/bin/env python3
"""Makes the C++ tables of the notes: generate_notes.py NOTES.tsv CONSTANTS_DIR OUT_DIR

note_ids.h has what the compiler checks of each NOTE() (the ids and how many arguments), note_table.cpp what is said.
A mistake in the table is told with its line."""
import json
import pathlib
import re
import sys

from kinds import Mistake, chooses, groups_of, initializer, read_table

MOST = 6  # arguments: NoteText::kinds


def row(cells, groups):
    if not 3 <= len(cells) <= 4:
        raise Mistake("expected: id, arguments, sentence and perhaps otherwise, with a tab between them")
    name, arguments, *sentences = cells
    if not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", name):
        raise Mistake(f"'{name}' is no id such as tcp.state")
    kinds = [argument.split(":")[-1] for argument in arguments.split(", ") if argument]
    if len(kinds) > MOST:
        raise Mistake(f"a note has {MOST} arguments at most")
    for sentence in sentences:
        places = {int(n) for n in re.findall(r"%(\d)", sentence)}
        if not sentence or max(places, default=0) > len(kinds):
            raise Mistake("a sentence is empty, or has a place for which there is no argument")
    if (len(sentences) == 2) != any(chooses(kind) for kind in kinds):
        raise Mistake("there are two sentences and no argument decides between them, or the other way round")
    return name, [initializer(kind, groups) for kind in kinds], sentences


def rows(path, groups):
    seen = {}

    def take(cells):
        name, kinds, sentences = row(cells, groups)
        if name in seen:
            raise Mistake(f"{name} stands above already")
        seen[name] = kinds, sentences

    read_table(path, take)
    return sorted(seen.items())


def write(path, text):
    if not path.exists() or path.read_text() != text:  # what did not change need not be compiled again
        path.write_text(text)


def main():
    table, out = rows(pathlib.Path(sys.argv[1]), groups_of(sys.argv[2])), pathlib.Path(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    ids = "".join(f'    {{"{name}", {len(kinds)}}},\n' for name, (kinds, _) in table)
    write(out / "note_ids.h", f"""// Generated from engine/kernel/notes.tsv.
#pragma once
#include <string_view>
namespace sockwalk::kernel {{
struct NoteId {{
  std::string_view id;
  int arguments;
}};
inline constexpr NoteId NoteIds[] = {{
{ids}}};
}} // namespace sockwalk::kernel
""")
    texts = "".join(
        f'    {{"{name}", {{{", ".join(kinds)}}}, {len(kinds)}, {", ".join(json.dumps(s) for s in sentences)}}},\n'
        for name, (kinds, sentences) in table)
    write(out / "note_table.cpp", f"""// Generated from engine/kernel/notes.tsv.
#include "engine/kernel/note_table.h"
namespace sockwalk::kernel {{
static constexpr NoteText Table[] = {{
{texts}}};
std::span<const NoteText> noteTable() {{ return Table; }}
}} // namespace sockwalk::kernel
""")


main()
