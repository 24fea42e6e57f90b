#!/usr/bin/env python3
"""Makes a C++ table of the sentences in engine/kernel/notes.md: generate_note_words.py OUT.cpp [notes.md]

A row of the table there is `| id | arguments | sentence |`; %1, %2 in a sentence are the arguments."""
import json, pathlib, re, sys

target, *sources = map(pathlib.Path, sys.argv[1:])
rows = {}
for line in [line for s in sources for line in s.read_text().splitlines()]:
    cells = [c.strip() for c in line.strip().strip("|").split("|")]
    name = cells[0].strip("`")
    if len(cells) >= 3 and re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", name):
        rows[name] = "|".join(cells[2:]).strip()
body = "".join(f"    {{{json.dumps(k)}, {json.dumps(v, ensure_ascii=False)}}},\n" for k, v in sorted(rows.items()))
target.write_text(f"""// Generated from engine/kernel/notes.md.
#include "app/note_words.h"
namespace sockwalk::cli {{
static constexpr NoteWords Words[] = {{
{body}    {{"", ""}},
}};
std::span<const NoteWords> noteWords() {{ return {{Words, std::size(Words) - 1}}; }}
}} // namespace sockwalk::cli
""")
