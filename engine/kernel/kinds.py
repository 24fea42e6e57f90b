"""The kinds of values, as engine/kernel/notes.tsv and engine/tell/arguments.tsv write them.

    families            a group of assets/constants: AF_INET for 2; "a|b": of the group b what a has no name for
    port? gateway?      any kind with a question mark: 0 is nothing to tell, and chooses the other sentence
    number, object ...  as below; note_table.h says what each is"""
import pathlib
import re
import sys

KINDS = {"number": "Number", "seq": "Sequence", "hex": "Hex", "bool": "Boolean", "whether": "Whether", "object": "Object", "user": "User", "text": "Text",
         "address": "Address", "port": "Port", "ethertype": "EtherType", "ethertype_be": "NetworkEtherType",
         "interface": "Interface", "task": "Task", "error": "Error", "errno": "Errno", "icmp": "Icmp",
         "icmp_type": "IcmpType", "icmp_code": "IcmpCode", "cmsg": "ControlMessage", "packets": "Packets", "socket_type": "SocketType",
         "open_flags": "OpenFlags", "open_bits": "OpenBits", "drop_result": "DropResult", "instruction": "Instruction",
         "octal": "Octal", "number_be": "NetworkNumber", "verdict": "Verdict", "bytes": "Bytes", "ns": "Nanoseconds",
         "us": "Microseconds", "ms": "Milliseconds", "s": "Seconds", "ticks": "Ticks", "moment": "Moment"}


class Mistake(Exception):
    pass


def read_table(path, take):
    """Hands the cells of each line to `take`; a mistake ends the program and is told with its line."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            take(line.split("\t"))
        except Mistake as mistake:
            sys.exit(f"{path}:{number}: {mistake}")


def groups_of(directory):
    """The names of the groups of constants."""
    return {name for path in pathlib.Path(directory).glob("*.txt")
            for name in re.findall(r"^\[(\w+)\]", path.read_text(), re.M)}


def chooses(kind):
    return kind == "whether" or kind.endswith("?")


def initializer(kind, groups):
    """The C++ of a kind."""
    plain = kind.rstrip("?")
    rest = ", {}, true" if chooses(kind) else ""
    if plain in KINDS:
        return f"{{NoteKind::{KINDS[plain]}{rest}}}"
    for group in plain.split("|"):
        if group not in groups:
            raise Mistake(f"'{kind}' is no kind, and '{group}' no group of constants")
    return f'{{NoteKind::Constant, "{plain}"{", true" if chooses(kind) else ""}}}'
