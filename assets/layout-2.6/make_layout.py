#!/usr/bin/env python3
"""Works out where the members of 2.6's structures lie: make_layout.py [OUT_DIR]

structures.txt says which members there are, in their order; the rules of i386 (System V ABI) say the rest: a number lies
on a multiple of its size, but of four at most, and a structure ends on a multiple of its strictest member. What comes out
are the tables beside this script, one for each structure, in the form of those of 6.1."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
SIZES = {1: "char|unsigned char|__u8|u8", 2: "short int|short unsigned int|__u16|u16|umode_t|mode_t|__be16|sa_family_t",
         4: "int|unsigned int|long int|long unsigned int|__u32|u32|__be32|size_t|time_t|uid_t|gid_t|pid_t|dev_t|pgoff_t|"
            "socket_state", 8: "long long unsigned int|loff_t"}
BASE = {name: size for size, names in SIZES.items() for name in names.split("|")}
WORD = 4


class Member:
    def __init__(self, name, kind, depth):
        self.name, _, bits = name.partition(":")
        self.type, self.depth, self.bits, self.inside = kind, depth, int(bits or 0), []


def read(path):
    structures, stack = {}, []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            head = re.fullmatch(r"struct (\w+)\t(\S+)(?:\t(.+))?", line) or sys.exit(f"{path}:{number}: expected 'struct NAME', a tab and a file")
            members = []
            structures[head[1]] = head[2], head[3], members
            stack = [members]
            continue
        name, tab, kind = line.strip().partition("\t")
        depth = (len(line) - len(line.lstrip())) // 2 - 1
        if not tab or depth >= len(stack):
            sys.exit(f"{path}:{number}: expected a member, a tab and its type")
        member = Member(name, kind, depth)
        del stack[depth + 1:]
        stack[depth].append(member)
        stack.append(member.inside)
    return structures


class Layout:
    def __init__(self, structures):
        self.structures, self.known = structures, {}

    def of(self, name):
        """Size and alignment of a structure, and its rows."""
        if name not in self.known:
            if name not in self.structures:
                sys.exit(f"structures.txt has no struct {name}")
            rows = []
            size, align = self.place(self.structures[name][2], 0, "struct", rows)
            self.known[name] = size, align, rows
        return self.known[name]

    def element(self, member):
        """Size and alignment of one element of the member."""
        kind = re.sub(r"(\[\d*\])+$", "", member.type)
        if kind.endswith("*"):
            return WORD, WORD
        if kind in BASE:
            return BASE[kind], min(BASE[kind], WORD)
        if kind in ("struct {...}", "union {...}"):
            return self.place(member.inside, 0, kind.split()[0], [])
        size, align, _ = self.of(kind.removeprefix("struct "))
        return size, align

    def place(self, members, base, group, rows):
        at, strictest, size, bit = 0, 1, 0, 0
        for m in members:
            each, align = self.element(m)
            count = 1
            for n in re.findall(r"\[(\d*)\]", m.type):
                count *= int(n or 0)
            if m.bits and bit and bit + m.bits <= each * 8:  # in the unit of the bit-field before it
                start = at - each
            else:
                start = 0 if group == "union" else (at + align - 1) // align * align
                bit = 0
            where = f"{bit}\t{m.bits}" if m.bits else "\t"
            rows.append(f"{base + start}\t{where}\t{each * count}\t{'  ' * m.depth}{m.name}\t{m.type}")
            if m.inside:
                self.place(m.inside, base + start, m.type.split()[0], rows)
            bit = bit + m.bits if m.bits else 0
            at = start + each * count
            strictest, size = max(strictest, align), max(size, at)
        return (size + strictest - 1) // strictest * strictest, strictest


def main(out=HERE):
    structures = read(HERE / "structures.txt")
    layout = Layout(structures)
    for name, (file, remark, _) in structures.items():
        size, _, rows = layout.of(name)
        title = f"# struct {name}, {size} bytes, Linux 2.6.11 (i386, SMP), {file}" + (f"; {remark}" if remark else "")
        (pathlib.Path(out) / f"{name}.tsv").write_text(
            title + "\noffset\tbit\tbits\tsize\tmember\ttype\n" + "\n".join(rows) + "\n")


main(*sys.argv[1:])
