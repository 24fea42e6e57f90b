#!/usr/bin/env python3
"""Writes the constants of Linux from their table: a header for each file of it, and constant_tables.cpp with their names.

    generate_constants.py OUT_DIR CONSTANTS_DIR TABLE_DIR...

A file of CONSTANTS_DIR holds groups. A group opens with its name, the C++ type of its constants ("-": they have names
only) and what it is:

    [tcp_states] int script
    shown sock_common.skc_state
    # What a student should know of all of them.
    TCP_ESTABLISHED
    TCP_INFINITE_SSTHRESH = 0x7fffffff  # of this one
    SOL_TCP = IPPROTO_TCP
    ICMP_ECHO = 8 "echo_request"

    script    scripts and the console may write these names
    flags     bits: a value reads as A|B
    network   the members named by `shown` hold them in network byte order
    swapped   the layout data has them in network byte order, the engine in host order
    words     a quoted name is what packetdrill, or the kernel's tool, calls the value
    macro     headers of the host have macros of these names, which make way
    bits      the members named by `shown` are sets: the constants are the numbers of their bits
    NAME_26   a constant of Linux 2.6 that has another value in 6.1, or is not there: shown without the _26
    enum      a C++ enum of the group's name; `*` stands for all that the layout data has under it

A constant that the layout data knows (enums.tsv, from the kernel's own type information) is named without a value: it is
a mistake to say it again. So is saying a name twice.
"""
import ast
import operator
import pathlib
import re
import sys

ATTRIBUTES = {"script", "flags", "network", "bits", "swapped", "words", "macro", "enum"}
RANGES = {"int": (-2**31, 2**31 - 1), "u8": (0, 2**8 - 1), "u16": (0, 2**16 - 1), "u32": (0, 2**32 - 1), "u64": (0, 2**64 - 1),
          "s16": (-2**15, 2**15 - 1), "s32": (-2**31, 2**31 - 1), "s64": (-2**63, 2**63 - 1), "-": (-2**63, 2**63 - 1)}
OPERATORS = {ast.BitOr: operator.or_, ast.BitAnd: operator.and_, ast.LShift: operator.lshift, ast.Add: operator.add,
             ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Invert: operator.invert, ast.USub: operator.neg}
ROW = re.compile(r'(?P<name>\w+|\*)(?: = (?P<value>[^"#]+?))?(?P<words>(?: "\w+")*)(?:  # (?P<comment>.*))?')


class Row:
    def __init__(self, place, name, expression=None, comment="", words=()):
        self.place, self.name, self.expression, self.comment, self.words = place, name, expression, comment, words
        self.value = None


class Group:
    def __init__(self, name, ctype, attributes):
        self.name, self.ctype, self.attributes = name, ctype, attributes
        self.rows, self.members, self.comments = [], [], []


class Topic:
    def __init__(self, path):
        self.name, self.comments, self.groups = path.stem, [], []


class Mistake(Exception):
    pass


def read_enumerators(directories):
    """Of the layout data: name -> value, and enum -> names."""
    values, enums = {}, {}
    for directory in directories:
        for path in sorted(pathlib.Path(directory).glob("enums.tsv")):
            for line in path.read_text().splitlines():
                if line and not line.startswith(("#", "enum\t")):
                    enum, name, value = line.split("\t")
                    values[name] = int(value)
                    enums.setdefault(enum, []).append(name)
    return values, enums


def read_topic(path, enums):
    topic = Topic(path)
    for number, line in enumerate(path.read_text().splitlines(), 1):
        place = f"{path.name}:{number}"
        if not line:
            continue
        if line.startswith("# "):
            (topic.groups[-1] if topic.groups else topic).comments.append(line[2:])
        elif line.startswith("["):
            head = re.fullmatch(r"\[(\w+)\] (\S+)((?: \w+)*)", line)
            if not head or head[2] not in RANGES or not set(head[3].split()) <= ATTRIBUTES:
                raise Mistake(f"{place}: expected '[name] type attributes', found '{line}'")
            topic.groups.append(Group(head[1], head[2], set(head[3].split())))
        elif not topic.groups:
            raise Mistake(f"{place}: this stands before the first group")
        elif line.startswith("shown "):
            topic.groups[-1].members += line.split()[1:]
        else:
            read_row(place, line, topic.groups[-1], enums)
    return topic


def read_row(place, line, group, enums):
    row = ROW.fullmatch(line)
    if not row or (row["name"] == "*") != ("enum" in group.attributes):
        raise Mistake(f"{place}: expected 'NAME', 'NAME = VALUE' or, in a group that is an enum, '*'; found '{line}'")
    if row["name"] == "*":
        if group.name not in enums:
            raise Mistake(f"{place}: the layout data has no enum {group.name}")
        group.rows += [Row(place, name) for name in enums[group.name]]
    else:
        group.rows.append(Row(place, row["name"], row["value"], row["comment"] or "", re.findall(r'"(\w+)"', row["words"])))


class Values:
    """What each constant is worth: the layout data's value, or its expression's."""

    def __init__(self, topics, known):
        self.known, self.rows, self.swapped = known, {}, set()
        for topic in topics:
            for group in topic.groups:
                for row in group.rows:
                    self.add(group, row)

    def add(self, group, row):
        if row.name in self.rows:
            raise Mistake(f"{row.place}: {row.name} stands already at {self.rows[row.name].place}")
        if row.expression is not None and row.name in self.known:
            raise Mistake(f"{row.place}: {row.name} is valued though the layout data has it: leave the value out")
        if row.expression is None and row.name not in self.known:
            raise Mistake(f"{row.place}: {row.name} has no value, and the layout data does not know it")
        self.rows[row.name] = row
        if "swapped" in group.attributes:
            self.swapped.add(row.name)

    def of(self, name, place):
        row = self.rows.get(name)
        if row is None or row.expression is None:
            if name not in self.known:
                raise Mistake(f"{place}: nothing is called {name}")
            value = self.known[name]
            return int.from_bytes(value.to_bytes(4, "little"), "big") if name in self.swapped else value
        if row.value is None:
            text = re.sub(r"\b0(\d+)\b", r"0o\1", row.expression)  # octal as C writes it
            try:
                row.value = self.evaluate(ast.parse(text, mode="eval").body, row.place)
            except SyntaxError:
                raise Mistake(f"{row.place}: '{row.expression}' is no expression") from None
        return row.value

    def evaluate(self, node, place):
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return node.value
        if isinstance(node, ast.Name):
            return self.of(node.id, place)
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](self.evaluate(node.left, place), self.evaluate(node.right, place))
        if isinstance(node, ast.UnaryOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](self.evaluate(node.operand, place))
        raise Mistake(f"{place}: an expression takes numbers, names and | & << + - * ~")


def give_values(topics, values):
    for topic in topics:
        for group in topic.groups:
            low, high = RANGES[group.ctype]
            for row in group.rows:
                value = values.of(row.name, row.place)
                if low == 0 and row.expression and "~" in row.expression:
                    value &= high
                if not low <= value <= high:
                    raise Mistake(f"{row.place}: {row.name} is {value}, which no {group.ctype} holds")
                row.value = value


def literal(group, value):
    text = hex(value) if "flags" in group.attributes and value > 9 else str(value)
    if value == -2**31:
        return "-2147483647 - 1"
    return text + {"u64": "ull", "u32": "u", "s64": "ll"}.get(group.ctype, "")


def header(topic):
    out = [f"// Generated from assets/constants/{topic.name}.txt and the enumerators of assets/layout*. Do not edit."]
    out += [f"// {c}" for c in topic.comments]
    out += ["#pragma once", '#include "engine/base/types.h"', "", "namespace sockwalk::kernel {"]
    for group in topic.groups:
        if group.ctype == "-":
            continue
        out += [""] + [f"// {c}" for c in group.comments]
        if "enum" in group.attributes:
            out.append(f"enum {group.name} : {group.ctype} {{")
            out += [f"  {row.name} = {row.value}," for row in group.rows] + ["};"]
            continue
        if "macro" in group.attributes:
            out += [f"#undef {row.name}" for row in group.rows]
        for row in group.rows:
            comment = f" // {row.comment}" if row.comment else ""
            out.append(f"constexpr {group.ctype} {row.name} = {literal(group, row.value)};{comment}")
    return "\n".join(out) + "\n\n} // namespace sockwalk::kernel\n"


def array(name, ctype, items):
    return f"constexpr {ctype} {name}[] = {{" + ", ".join(items) + "};" if items else f"constexpr std::span<const {ctype}> {name};"


def tables(topics):
    out = ["// Generated from assets/constants/*.txt. Do not edit.", '#include "engine/memory/constants.h"', "",
           "namespace sockwalk {", "namespace {"]
    infos = []
    for group in (g for t in topics for g in t.groups):
        signed = [(row, row.value - 2**64 if row.value >= 2**63 else row.value) for row in group.rows]
        out.append(array(f"values_{group.name}", "EnumValue", [f'{{"{row.name.removesuffix("_26")}", {v}}}' for row, v in signed]))
        out.append(array(f"words_{group.name}", "EnumValue", [f'{{"{w}", {v}}}' for row, v in signed for w in row.words]))
        out.append(array(f"members_{group.name}", "std::string_view", [f'"{m}"' for m in group.members]))
        has = ["true" if a in group.attributes else "false" for a in ("script", "flags", "network", "bits")]
        infos.append(f'  {{"{group.name}", {", ".join(has)}, values_{group.name}, words_{group.name}, members_{group.name}}},')
    out += ["constexpr ConstantGroup groups[] = {"] + infos + ["};", "} // namespace",
            "std::span<const ConstantGroup> constantGroups() { return groups; }", "} // namespace sockwalk"]
    return "\n".join(out) + "\n"


def load(constants, *directories):
    known, enums = read_enumerators(directories)
    topics = [read_topic(path, enums) for path in sorted(pathlib.Path(constants).glob("*.txt"))]
    give_values(topics, Values(topics, known))
    return topics


def write(path, text):
    if not path.exists() or path.read_text() != text:  # what did not change need not be compiled again
        path.write_text(text)


def main(out, constants, *directories):
    out = pathlib.Path(out)
    (out / "constants").mkdir(parents=True, exist_ok=True)
    try:
        topics = load(constants, *directories)
    except Mistake as mistake:
        sys.exit(f"assets/constants/{mistake}")
    for topic in topics:
        write(out / "constants" / f"{topic.name}.h", header(topic))
    write(out / "constant_tables.cpp", tables(topics))


if __name__ == "__main__":
    main(*sys.argv[1:])
