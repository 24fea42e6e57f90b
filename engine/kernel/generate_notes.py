#!/usr/bin/env python3
"""Makes the C++ tables of the notes: generate_notes.py NOTES.tsv OUT_DIR

note_ids.h has what the compiler checks of each NOTE() (the ids and how many arguments), note_table.cpp what is said.
A mistake in the table is told with its line."""
import json
import pathlib
import re
import sys

KINDS = {kind: kind.capitalize() for kind in ("number", "object", "whether", "family", "type", "protocol", "address",
                                              "capability", "route", "error", "neighbour")}
KINDS |= {"object?": "ObjectOrNone", "ethertype": "EtherType", "tcp_state": "TcpState", "drop_reason": "DropReason",
          "icmp_type": "IcmpType", "gro_result": "GroResult"}


class Mistake(Exception):
    pass


def row(line):
    cells = line.split("\t")
    if not 3 <= len(cells) <= 4:
        raise Mistake("expected: id, arguments, sentence and perhaps otherwise, with a tab between them")
    name, arguments, *sentences = cells
    if not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", name):
        raise Mistake(f"'{name}' is no id such as tcp.state")
    kinds = [argument.split(":")[-1] for argument in arguments.split(", ") if argument]
    for kind in kinds:
        if kind not in KINDS:
            raise Mistake(f"'{kind}' is no kind of argument")
    for sentence in sentences:
        places = {int(n) for n in re.findall(r"%(\d)", sentence)}
        if not sentence or max(places, default=0) > len(kinds):
            raise Mistake("a sentence is empty, or has a place for which there is no argument")
    if len(sentences) == 2 and not {"object?", "whether"} & set(kinds):
        raise Mistake("no argument decides between the two sentences")
    return name, kinds, sentences


def rows(path):
    seen = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            name, kinds, sentences = row(line)
            if name in seen:
                raise Mistake(f"{name} stands above already")
            seen[name] = kinds, sentences
        except Mistake as mistake:
            sys.exit(f"{path}:{number}: {mistake}")
    return sorted(seen.items())


def main():
    table, out = rows(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    ids = "".join(f'    {{"{name}", {len(kinds)}}},\n' for name, (kinds, _) in table)
    (out / "note_ids.h").write_text(f"""// Generated from engine/kernel/notes.tsv.
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
        f'    {{"{name}", {{{", ".join("NoteKind::" + KINDS[k] for k in kinds)}}}, {len(kinds)}, '
        f'{", ".join(json.dumps(s) for s in sentences)}}},\n' for name, (kinds, sentences) in table)
    (out / "note_table.cpp").write_text(f"""// Generated from engine/kernel/notes.tsv.
#include "engine/kernel/note_table.h"
namespace sockwalk::kernel {{
static constexpr NoteText Table[] = {{
{texts}}};
std::span<const NoteText> noteTable() {{ return Table; }}
}} // namespace sockwalk::kernel
""")


main()
