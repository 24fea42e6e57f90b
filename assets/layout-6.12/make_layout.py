#!/usr/bin/env python3
"""Writes the tables beside this script from a kernel's own type information: make_layout.py VMLINUX [OUT_DIR]

VMLINUX is the ELF file within the vmlinuz of Debian's package linux-image-6.12.111+deb12-amd64 (unpacked with zstd); its
section .BTF has every structure. The tables have the form of those of 6.1."""
import pathlib
import struct
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
STRUCTURES = ["socket", "sock_common", "sock", "proto", "proto_ops"]
TITLE = "Linux 6.12 (Debian 12 backports, amd64), from its BTF"
INT, PTR, ARRAY, STRUCT, UNION, ENUM, FWD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, PROTO, VAR, DATASEC = range(1, 16)
FLOAT, DECL_TAG, TYPE_TAG, ENUM64 = range(16, 20)
SEEN_THROUGH = (TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG)
WORDS_EACH = {STRUCT: 3, UNION: 3, ENUM: 2, PROTO: 2, DATASEC: 3, ENUM64: 3}
WORDS = {INT: 1, ARRAY: 3, VAR: 1, DECL_TAG: 1}


class Type:
    def __init__(self, name, info, size, words):
        self.name, self.kind, self.kflag, self.size, self.words = name, info >> 24 & 31, info >> 31, size, words
        self.target = size  # of what points at a type, the number stands in the same place


def sections(path):
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run(["objcopy", "--dump-section", f".BTF={out.name}", path, "/dev/null"], check=True)
        return pathlib.Path(out.name).read_bytes()


class Btf:
    def __init__(self, data):
        magic, _, _, head, at, length, strings, _ = struct.unpack_from("<HBBIIIII", data)
        if magic != 0xEB9F:
            raise SystemExit("this is no BTF")
        self.data, self.strings, self.types = data, head + strings, [Type("void", 0, 0, ())]
        at, end = head + at, head + at + length
        while at < end:
            name, info, size = struct.unpack_from("<III", data, at)
            kind, vlen = info >> 24 & 31, info & 0xFFFF
            words = WORDS_EACH.get(kind, 0) * vlen + WORDS.get(kind, 0)
            self.types.append(Type(self.string(name), info, size, struct.unpack_from(f"<{words}I", data, at + 12)))
            at += 12 + 4 * words
        self.named = {t.name: t for t in self.types if t.kind == STRUCT and t.name}

    def string(self, at):
        at += self.strings
        return self.data[at:self.data.index(b"\0", at)].decode()

    def behind(self, number):
        while self.types[number].kind in SEEN_THROUGH:
            number = self.types[number].target
        return self.types[number]

    def size_of(self, number):
        t = self.behind(number)
        return 8 if t.kind == PTR else self.size_of(t.words[0]) * t.words[2] if t.kind == ARRAY else t.size

    def spelled(self, number):
        t = self.types[number]
        if t.kind in (STRUCT, UNION, FWD):
            word = "union " if t.kind == UNION or (t.kind == FWD and t.kflag) else "struct "
            return word + (t.name or "{...}")
        if t.kind in (ENUM, ENUM64):
            return "enum " + (t.name or "{...}")
        if t.kind == PTR:
            return self.spelled(t.target) + " *"
        if t.kind == ARRAY:
            return f"{self.spelled(t.words[0])}[{t.words[2]}]"
        if t.kind == PROTO:
            given = [self.spelled(n) if n else "..." for n in t.words[1::2]]
            return f"{self.spelled(t.target)} ({', '.join(given) or 'void'})"
        if t.kind == CONST:
            return "const " + self.spelled(t.target)
        if t.kind in (VOLATILE, RESTRICT, TYPE_TAG):
            return self.spelled(t.target)
        return "bool" if t.name == "_Bool" else t.name

    def rows(self, t, base=0, depth=0):
        for name, number, place in zip(*[iter(t.words)] * 3):
            bits = place >> 24 if t.kflag else 0
            offset, size = place & 0xFFFFFF if t.kflag else place, self.size_of(number)
            unit = offset // (8 * size) * size if bits else offset // 8
            where = [str(base + unit), str(offset - 8 * unit), str(bits)] if bits else [str(base + unit), "", ""]
            yield "\t".join([*where, str(size), "  " * depth + (self.string(name) or "(anonymous)"), self.spelled(number)])
            inner = self.behind(number)
            if inner.kind in (STRUCT, UNION) and not inner.name:
                yield from self.rows(inner, base + unit, depth + 1)


def main():
    btf = Btf(sections(sys.argv[1]))
    out = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else HERE
    for name in STRUCTURES:
        t = btf.named[name]
        head = f"# struct {name}, {t.size} bytes, {TITLE}\noffset\tbit\tbits\tsize\tmember\ttype\n"
        (out / f"{name}.tsv").write_text(head + "".join(row + "\n" for row in btf.rows(t)))


if __name__ == "__main__":
    main()
