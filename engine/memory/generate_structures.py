#!/usr/bin/env python3
"""Writes the kernel's structures as C++ from their layout tables: structures.h, structures_check.cpp, layout_tables.cpp.

    generate_structures.py OUT_DIR TABLE_DIR... [--then NAMESPACE PREFIX TABLE_DIR]

--then is a second kernel, of 32 bits: its structures go to a header of their own (structures_NAMESPACE.h), and into the
same table of layouts under names with the prefix.

A table is a header line, a title line, then rows: offset, bit, bits, size, member (two spaces for each nesting), type.
Every member lands at its table's offset: gaps become explicit padding, a type without a table becomes bytes of the
same size, and each offset and size is asserted, so a wrong reading of a table does not compile.
"""
import pathlib
import re
import sys

KEYWORDS = {"class", "private", "public", "new", "delete", "template", "operator", "this", "namespace", "explicit",
            "export", "default", "register", "auto", "bool", "try", "catch", "throw", "using", "virtual", "and", "or",
            "not", "xor", "requires", "concept", "protected", "friend", "mutable", "typename", "union", "static"}
SCALARS = {1: "u8", 2: "u16", 4: "u32", 8: "u64"}
BASE = {"char": ("u8", 1), "unsigned char": ("u8", 1), "signed char": ("s8", 1), "_Bool": ("bool", 1), "bool": ("bool", 1),
        "short int": ("s16", 2), "short unsigned int": ("u16", 2), "int": ("s32", 4), "unsigned int": ("u32", 4),
        "unsigned": ("u32", 4), "long int": ("s64", 8), "long unsigned int": ("u64", 8), "long long int": ("s64", 8),
        "long long unsigned int": ("u64", 8), "u8": ("u8", 1), "u16": ("u16", 2), "u32": ("u32", 4), "u64": ("u64", 8),
        "s8": ("s8", 1), "s16": ("s16", 2), "s32": ("s32", 4), "s64": ("s64", 8), "__u8": ("u8", 1), "__u16": ("u16", 2),
        "__u32": ("u32", 4), "__u64": ("u64", 8), "__s8": ("s8", 1), "__s16": ("s16", 2), "__s32": ("s32", 4),
        "__s64": ("s64", 8), "uint8_t": ("u8", 1), "uint16_t": ("u16", 2), "uint32_t": ("u32", 4), "size_t": ("u64", 8),
        "__be16": ("u16", 2), "__be32": ("u32", 4), "__be64": ("u64", 8), "__sum16": ("u16", 2), "__wsum": ("u32", 4),
        "__le16": ("u16", 2), "__le32": ("u32", 4), "__le64": ("u64", 8), "ktime_t": ("s64", 8), "gfp_t": ("u32", 4),
        "sk_buff_data_t": ("u32", 4), "__kernel_size_t": ("u64", 8), "long": ("s64", 8), "dev_t": ("u32", 4),
        "fmode_t": ("u32", 4), "umode_t": ("u16", 2), "loff_t": ("s64", 8), "pgoff_t": ("u64", 8), "socklen_t": ("u32", 4),
        "sector_t": ("u64", 8), "blkcnt_t": ("u64", 8), "ssize_t": ("s64", 8), "uid_t": ("u32", 4), "gid_t": ("u32", 4),
        "__poll_t": ("u32", 4), "netdev_features_t": ("u64", 8), "__kernel_sa_family_t": ("u16", 2),
        "sa_family_t": ("u16", 2), "dma_addr_t": ("u64", 8), "uintptr_t": ("u64", 8), "slab_flags_t": ("u32", 4),
        "pid_t": ("s32", 4), "netdev_tx_t": ("s32", 4), "rx_handler_result_t": ("s32", 4), "__addrpair": ("u64", 8),
        "__portpair": ("u32", 4), "qsize_t": ("s64", 8), "time64_t": ("s64", 8)}


class Row:
    def __init__(self, line):
        offset, bit, bits, size, member, self.type = line.split("\t")
        self.offset, self.size = int(offset), int(size)
        self.bit, self.bits = (int(bit), int(bits)) if bit else (0, 0)
        self.depth = (len(member) - len(member.lstrip(" "))) // 2
        self.name = member.strip()
        self.children = []


class Table:
    def __init__(self, path):
        text = path.read_text().splitlines()
        self.title = text[0]
        head = re.match(r"# (?:(struct|union) )?(?:typedef (?=\S+ = (struct|union)))?(\S+)(?: = .*?)?, (\d+) bytes", text[0])
        if not head:
            sys.exit(f"{path}: the first line should read '# struct NAME, N bytes, ...'")
        self.kind, self.name, self.size = head.group(1) or head.group(2) or "struct", head.group(3), int(head.group(4))
        self.rows, stack = [], []
        self.tree = []
        for line in text[2:]:
            row = Row(line)
            self.rows.append(row)
            del stack[row.depth:]
            (stack[-1].children if stack else self.tree).append(row)
            stack.append(row)


# What differs in a 32-bit kernel: pointers and longs have four bytes.
BASE32 = {"long int": ("s32", 4), "long unsigned int": ("u32", 4), "long": ("s32", 4), "size_t": ("u32", 4),
          "ssize_t": ("s32", 4), "mode_t": ("u16", 2), "pgoff_t": ("u32", 4), "sector_t": ("u32", 4), "time_t": ("s32", 4)}

TABLES, TYPEDEFS, ENUMS = {}, {}, {}


class Kernel:
    """The kernel whose tables are read."""
    namespace, prefix, pointer, width = "kernel", "", "", 8

    @classmethod
    def become_32_bit(cls, namespace, prefix):
        cls.namespace, cls.prefix, cls.pointer, cls.width = namespace, prefix, "32", 4
        BASE.update(BASE32)
        for known in (TABLES, TYPEDEFS, ENUMS, POINTEES):
            known.clear()


def kptr(to):
    return f"kptr{Kernel.pointer}<{to}>"


def safe(name):
    return name + "_" if name in KEYWORDS else name


def tag(name):
    """The name with its key word: members often bear the name of their type."""
    return f"{TABLES[name].kind if name in TABLES else 'struct'} {safe(name)}"


def split_args(text):
    out, depth, now = [], 0, ""
    for c in text:
        depth += c in "(["
        depth -= c in ")]"
        if c == "," and depth == 0:
            out.append(now.strip())
            now = ""
        else:
            now += c
    return out + ([now.strip()] if now.strip() else [])


def value_type(t):
    """The C++ type of a function's parameter or result: pointers to structures are to const."""
    t = re.sub(r"\b(const|volatile|struct|union|restrict)\b ?", "", t).strip()
    if t in ("", "void"):
        return "void"
    if t.endswith("*"):
        inner = t[:-1].strip()
        if "(" in t:
            return "u64"
        if inner.endswith("*"):
            return "const void*"
        if inner in ("void", ""):
            return "const void*"
        if inner in BASE:  # out-parameters of system calls: plain host integers
            return BASE[inner][0] + "*"
        if inner in TYPEDEFS and not TYPEDEFS[inner][1].startswith(("struct", "union")) and inner not in TABLES:
            return "void*"
        return f"const {tag(inner)}*"
    if t == "...":
        return "..."
    if t in BASE:
        return BASE[t][0]
    if t.startswith("enum "):
        return "u32"
    if t in TABLES:
        return f"const {tag(t)}&"
    if t in TYPEDEFS:
        return SCALARS.get(TYPEDEFS[t][0], "u64")
    return "u64"


POINTEES = set()


def function_pointer(t):
    m = re.match(r"^(.*?) ?\((.*)\) \*$", t)
    if not m or "(*" in m.group(1):
        return None
    result, args = value_type(m.group(1)), [value_type(a) for a in split_args(m.group(2))]
    if args == ["void"]:
        args = []
    if "..." in args or "u64" == result and m.group(1).endswith("*"):
        return None
    if any("(" in a for a in split_args(m.group(2))):
        return None
    for a in args + [result]:
        p = re.match(r"const (?:struct |union )?(\w+)[*&]$", a)
        if p and p.group(1) != "void":
            POINTEES.add(p.group(1))
    return f"kfn{Kernel.pointer}<{result}({', '.join(args)})>"


def member_type(t, size):
    """C++ type, kind for reflection, target name. None where only bytes will do."""
    plain = re.sub(r"\b(const|volatile) ?", "", t).strip()
    if plain.endswith("*"):
        if plain.endswith(") *"):
            f = function_pointer(plain)
            return (f, "Function", "") if f else (kptr("void"), "Pointer", "")
        inner = plain[:-1].strip()
        if inner.endswith(("*", ")")) or "(" in inner:
            return kptr(kptr("void")), "Pointer", ""
        name = re.sub(r"^(struct|union|enum) ", "", inner)
        if inner in BASE:
            return kptr("char" if inner == "char" else BASE[inner][0]), "Pointer", ""
        if inner in ("void", "{...}") or not re.match(r"^\w+$", name) or name in TYPEDEFS and name not in TABLES:
            return kptr("void"), "Pointer", ""
        POINTEES.add(name)
        return kptr(tag(name)), "Pointer", name
    name = re.sub(r"^(struct|union) ", "", plain)
    if name in TABLES and TABLES[name].size == size:
        return tag(name), "Struct", name
    if plain.startswith("enum "):
        return SCALARS[size], "Enum", plain[5:]
    if plain in BASE and BASE[plain][1] == size:
        return BASE[plain][0], "Int" if BASE[plain][0][0] == "s" else "Uint", plain
    if plain in TYPEDEFS and TYPEDEFS[plain][1] != plain:
        return member_type(TYPEDEFS[plain][1], size)
    if size in SCALARS and re.match(r"^\w+$", plain):
        return SCALARS[size], "Uint", plain
    return None


def alignment_ok(row, ctype):
    if ctype.startswith(("kptr", "kfn")):
        return row.offset % Kernel.width == 0
    if Kernel.width == 4 and ctype in ("u64", "s64"):
        return False  # i386 lets them lie on any word, and C++ here would not
    for cname, size in BASE.values():
        if cname == ctype:
            return row.offset % size == 0
    table = TABLES.get(ctype.split(" ")[-1])
    return not table or row.offset % align_of(table) == 0


def align_of(table, seen=()):
    if hasattr(table, "align"):
        return table.align
    table.align = 1
    for row in table.rows:
        if row.children:
            continue
        base = re.sub(r"(\[\d*\])+$", "", row.type)
        got = member_type(base, element_size(row))
        if not got:
            continue
        c = got[0]
        a = Kernel.width if c.startswith(("kptr", "kfn")) else next((s for n, s in BASE.values() if n == c), None)
        if a:
            a = min(a, Kernel.width)
        if a is None and c.split(" ")[-1] in TABLES:
            a = align_of(TABLES[c.split(" ")[-1]])
        if a and row.offset % a == 0:
            table.align = max(table.align, a)
    return table.align


def dims(t):
    m = re.search(r"((?:\[\d*\])+)$", t)
    return [int(d or 0) for d in re.findall(r"\[(\d*)\]", m.group(1))] if m else []


def element_size(row):
    n = 1
    for d in dims(row.type):
        n *= d
    return row.size // n if n else 0


ZERO_SIZES = {}


class Emitter:
    def __init__(self, table):
        self.table, self.out, self.asserts, self.bits, self.pads = table, [], [], [], 0

    def pad(self, indent, n):
        self.out.append(f"{indent}u8 pad{self.pads}_[{n}];")
        self.pads += 1

    def members(self, rows, at, end, indent, path, union):
        bitpos = None  # absolute bit position within a run of bit-fields
        for row in rows:
            if row.bits:
                where = row.offset * 8 + row.bit
                if bitpos is None or union:
                    bitpos = (at * 8) if not union else row.offset * 8
                base = BASE.get(row.type, ("u8", row.size))[0]
                base = {"s32": "u32", "bool": "u8"}.get(base, base)
                base = SCALARS.get(row.size, base)
                unit = row.size * 8
                if where - bitpos >= 8 and not union:
                    whole = where // 8 - -(-bitpos // 8)
                    if whole > 0:
                        self.pad(indent, whole)
                    bitpos = where // 8 * 8
                gap = where - bitpos
                if gap:
                    self.out.append(f"{indent}{SCALARS[1] if gap <= 8 else base} : {gap};")
                self.out.append(f"{indent}{base} {safe(row.name)} : {row.bits};")
                if path is not None:
                    self.bits.append((safe(row.name), row))
                bitpos = where + row.bits
                at = -(-bitpos // 8)
                continue
            bitpos = None
            if not union and row.offset > at:
                self.pad(indent, row.offset - at)
            self.member(row, indent, path)
            at = row.offset + row.size
        if not union and end > at:
            self.pad(indent, end - at)

    def member(self, row, indent, path):
        if row.size == 0 and not row.children and row.type == "struct {...}":
            return  # C++ would make an empty structure one byte long
        if (row.children and row.type not in TABLES) or (row.type.startswith(("struct {", "union {")) and not dims(row.type)):
            kind = "union" if row.type.startswith("union") else "struct"
            anonymous = row.name == "(anonymous)"
            self.out.append(f"{indent}{kind} {{")
            self.members(row.children, row.offset, row.offset + row.size, indent + "  ",
                         path if anonymous else None, kind == "union")
            self.out.append(f"{indent}}}{'' if anonymous else ' ' + safe(row.name)};")
            return
        d = dims(row.type)
        name = safe(row.name)
        base = row.type[:row.type.index("[")] if d else row.type
        each = element_size(row)
        if d and not each:  # a flexible or zero-length tail
            got = member_type(base, {"char": 1}.get(base, TABLES[re.sub('^(struct|union) ', '', base)].size
                                                   if re.sub('^(struct|union) ', '', base) in TABLES else Kernel.width if base.endswith("*") else BASE.get(base, ("", 1))[1]))
            ctype = got[0] if got and alignment_ok(row, got[0]) else "u8"
            self.out.append(f"{indent}{ctype} {name}[0];")
        elif row.size == 0:
            self.out.append(f"{indent}u8 {name}[0];")
        else:
            got = member_type(base, each)
            if self.table.size % align_of(self.table):  # a packed structure: its members cannot be referred to
                got = None
            if got and alignment_ok(row, got[0]):
                self.out.append(f"{indent}{got[0]} {name}{''.join(f'[{n}]' for n in d)};")
            else:
                self.out.append(f"{indent}u8 {name}[{row.size}]; // {row.type}")
        if path is not None:
            self.asserts.append((name, row.offset))

    def text(self):
        t = self.table
        self.members(t.tree, 0, t.size, "  ", "", t.kind == "union")
        lines = [f"{t.kind} {t.name} {{ // {t.size} bytes"] + self.out
        if self.bits:
            lines.append("  struct bit {")
            seen = set()
            for name, row in self.bits:
                if name in seen:
                    continue
                seen.add(name)
                lines.append(f"    static constexpr Bits<{t.name}> {name}{{{row.offset}, {row.bit}, {row.bits}, {row.size}}};")
            lines.append("  };")
        lines.append("};")
        checks = [f"static_assert(sizeof({t.name}) == {t.size});"]
        checks += [f"static_assert(offsetof({t.name}, {name}) == {offset});" for name, offset in dict(self.asserts).items()]
        return "\n".join(lines), checks


def by_value(table):
    for row in table.rows:
        base = row.type[:row.type.index("[")] if dims(row.type) else row.type
        got = None if row.children and row.type not in TABLES else member_type(base, element_size(row) or row.size)
        if got and got[1] == "Struct":
            yield got[2]
        elif dims(row.type) and re.sub("^(struct|union) ", "", base) in TABLES:
            yield re.sub("^(struct|union) ", "", base)


def ordered():
    done, out = set(), []

    def visit(name):
        if name in done:
            return
        done.add(name)
        for other in by_value(TABLES[name]):
            if other != name:
                visit(other)
        out.append(TABLES[name])

    for name in sorted(TABLES):
        visit(name)
    return out


def quote(s):
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'


def reflection_rows(table):
    for row in table.rows:
        d = dims(row.type)
        base = row.type[:row.type.index("[")] if d else row.type
        each, count = (element_size(row), row.size // element_size(row) if element_size(row) else 0) if d else (row.size, 1)
        if row.children or row.type.startswith(("struct {", "union {")):
            kind, target = ("Union" if row.type.startswith("union") else "Aggregate"), ""
        elif row.bits:
            kind, target = "Uint", ""
        else:
            got = member_type(base, each) if each else None
            kind, target = (got[1], got[2]) if got else ("Bytes", "")
        if target and kind != "Enum":
            target = Kernel.prefix + target
        yield (f"  {{{quote(row.name)}, {quote(row.type)}, {row.offset}, {row.size}, {row.bit}, {row.bits}, {row.depth}, "
               f"{'true' if d else 'false'}, MemberKind::{kind}, {quote(target)}, {count}, {each}}},")


def read_tables(dirs):
    for d in map(pathlib.Path, dirs):
        for path in sorted(d.glob("*.tsv")):
            if path.stem == "typedefs":
                for line in path.read_text().splitlines():
                    if line and not line.startswith(("#", "name\t")):
                        name, size, under = line.split("\t")
                        TYPEDEFS[name] = (int(size), under)
            elif path.stem == "enums":
                for line in path.read_text().splitlines():
                    if line and not line.startswith(("#", "enum\t")):
                        enum, name, value = line.split("\t")
                        ENUMS.setdefault(enum, []).append((name, int(value)))
            else:
                table = Table(path)
                if table.size:
                    TABLES.setdefault(table.name, table)


def write_header(out, name, first):
    """The C++ of the tables, and the file that asserts it. `first`: the index of the first layout."""
    body, checks = [], []
    for t in ordered():
        text, asserts = Emitter(t).text()
        body.append(text)
        checks += asserts
    space = Kernel.namespace
    (out / f"{name}_check.cpp").write_text(
        f"// Generated: every offset and size, held against its table. Do not edit.\n#include \"engine/memory/{name}.h\"\n"
        f"#pragma GCC diagnostic ignored \"-Winvalid-offsetof\"\nnamespace sockwalk::{space} {{\n" + "\n".join(checks) +
        f"\n}} // namespace sockwalk::{space}\n")
    kinds = {t.name: t.kind for t in TABLES.values()}
    forward = "\n".join(f"{kinds.get(n, 'struct')} {safe(n)};" for n in sorted(POINTEES | set(TABLES)))
    includes = f'#include "engine/memory/{"pointer32" if Kernel.width == 4 else "set"}.h"'
    (out / f"{name}.h").write_text(
        "// Generated from assets/layout*: every member where its Linux has it. Do not edit.\n"
        f"#pragma once\n{includes}\n#include <cstddef>\n\n"
        "#pragma GCC diagnostic push\n#pragma GCC diagnostic ignored \"-Wpragmas\"\n#pragma GCC diagnostic ignored \"-Wpedantic\"\n"
        "#pragma GCC diagnostic ignored \"-Winvalid-offsetof\"\n"
        f"namespace sockwalk::{space} {{\n" + forward + "\n\n" + "\n\n".join(body) + f"\n}} // namespace sockwalk::{space}\n"
        "namespace sockwalk {\n" +
        "\n".join(f'template <> struct TypeName<{space}::{n}> {{ static constexpr std::string_view value = "{Kernel.prefix}{n}"; '
                  f'static constexpr u16 index = {first + i}; }};' for i, n in enumerate(sorted(TABLES))) +
        "\n} // namespace sockwalk\n#pragma GCC diagnostic pop\n")


def layout_rows():
    """The members of each structure, and its line in the table of layouts."""
    rows, infos = [], []
    for n in sorted(TABLES):
        t, name = TABLES[n], f"members_{Kernel.namespace}_{n}"
        rows.append(f"static constexpr MemberInfo {name}[] = {{\n" + "\n".join(reflection_rows(t)) + "\n};" if t.rows
                    else f"static constexpr std::span<const MemberInfo> {name};")
        infos.append(f"  {{{quote(Kernel.prefix + n)}, {quote(t.title)}, {t.size}, {'true' if t.kind == 'union' else 'false'}, {name}}},")
    return rows, infos


def main(out, *words):
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    at = words.index("--then") if "--then" in words else len(words)
    read_tables(words[:at])
    write_header(out, "structures", 0)
    rows, infos = layout_rows()
    enums = [f"static constexpr EnumValue enum_{i}[] = {{" + ", ".join(f"{{{quote(a)}, {b}}}" for a, b in v) + "};"
             for i, v in enumerate(ENUMS.values())]
    names = list(ENUMS)
    typedefs = [f"  {{{quote(name)}, {size}, {quote(under)}}}," for name, (size, under) in sorted(TYPEDEFS.items())]
    if at < len(words):
        namespace, prefix, *dirs = words[at + 1:]
        Kernel.become_32_bit(namespace, prefix)
        read_tables(dirs)
        write_header(out, f"structures_{namespace}", len(infos))
        more = layout_rows()
        rows, infos = rows + more[0], infos + more[1]
    (out / "layout_tables.cpp").write_text(
        "// Generated from assets/layout*. Do not edit.\n#include \"engine/memory/layout.h\"\n#include \"engine/memory/typedefs.h\"\n\n"
        "namespace sockwalk {\n" + "\n".join(rows) + "\nstatic constexpr LayoutInfo all[] = {\n" + "\n".join(infos) +
        "\n};\nstd::span<const LayoutInfo> layouts() { return all; }\n" + "\n".join(enums) +
        "\nstatic constexpr EnumInfo enumerations[] = {\n" +
        "\n".join(f"  {{{quote(k)}, enum_{i}}}," for i, k in enumerate(names)) + "\n  {\"\", {}}};\n"
        "std::span<const EnumInfo> enums() { return enumerations; }\nstatic constexpr TypedefInfo typedefinitions[] = {\n" +
        "\n".join(typedefs) + "\n};\nstd::span<const TypedefInfo> typedefs() { return typedefinitions; }\n} // namespace sockwalk\n")


main(*sys.argv[1:])
