"""Writes the tables of a kernel that is not played as data: generate_layouts.py OUT.cpp TABLE_DIR

A LayoutInfo for each table of assets/layout-6.12, as engine/memory/generate_structures.py writes those of the kernels that
are played. Nothing of it is asserted by a compiler, for no structure is made of it."""
import pathlib
import re
import sys


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def kind_of(spelled, bits):
    if spelled in ("union {...}", "struct {...}"):
        return ("Union" if spelled[0] == "u" else "Aggregate"), ""
    inner = re.fullmatch(r"struct (\w+)", spelled)
    return ("Struct", inner[1]) if inner else ("Uint" if bits else "Bytes", "")


def rows(lines):
    """What lies within a typedef is its own affair, as in the tables of 6.1."""
    closed = 99
    for line in lines:
        offset, bit, bits, size, member, spelled = line.split("\t")
        depth = (len(member) - len(member.lstrip())) // 2
        if depth > closed:
            continue
        kind, target = kind_of(spelled, bits)
        closed = 99 if kind in ("Union", "Aggregate") else depth
        yield (f"  {{{quoted(member.strip())}, {quoted(spelled)}, {offset}, {size}, {bit or 0}, {bits or 0}, {depth}, false, "
               f"MemberKind::{kind}, {quoted(target)}, 1, {size}}},")


def main():
    members, layouts = [], []
    for path in sorted(pathlib.Path(sys.argv[2]).glob("*.tsv")):
        title, _, *lines = path.read_text().splitlines()
        name, size = re.match(r"# struct (\w+), (\d+) bytes", title).groups()
        members.append(f"static constexpr MemberInfo of_{name}[] = {{\n" + "\n".join(rows(lines)) + "\n};")
        layouts.append(f"  {{{quoted(name)}, {quoted(title)}, {size}, false, of_{name}}},")
    pathlib.Path(sys.argv[1]).write_text(
        '// Generated from assets/layout-6.12. Do not edit.\n#include "engine/tell/eras/later_layouts.h"\n\n'
        "namespace sockwalk::tell {\n" + "\n".join(members) + "\nstatic constexpr LayoutInfo all[] = {\n" +
        "\n".join(layouts) + "\n};\nstd::span<const LayoutInfo> laterLayouts() { return all; }\n}\n")


main()
