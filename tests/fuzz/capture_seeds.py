#!/usr/bin/env python3
"""Writes the packet files that fuzz_captures starts from: small ones of every variant of both formats."""
import pathlib
import struct

OUT = pathlib.Path(__file__).resolve().parent / "captures"
OUT.mkdir(exist_ok=True)
UDP = bytes.fromhex("4500001e0001000040110000" "0a000001" "0a000002" "1388" "0035" "000a" "0000" "6869")
TCP = bytes.fromhex("45000b90000140004006" "0000" "0a000001" "0a000002" "0fa00050" "00000001" "00000001" "50100100" "00000000")
ETHERNET = bytes.fromhex("020000000002" "020000000001" "0800")


def pcap(name, link, packets, order="<", magic=0xA1B2C3D4, minor=4, more=b""):
    out = struct.pack(order + "IHHiIII", magic, 2, minor, 0, 0, 65535, link)
    for n, p in enumerate(packets):
        out += struct.pack(order + "IIII", 1, n * 1000, len(p), len(p)) + more + p
    (OUT / name).write_bytes(out)


def block(order, kind, body):
    body += bytes(-len(body) % 4)
    return struct.pack(order + "II", kind, len(body) + 12) + body + struct.pack(order + "I", len(body) + 12)


def option(order, code, value):
    return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def section(order):
    interface = option(order, 2, b"eth0") + option(order, 9, b"\x09") + option(order, 0, b"")
    data = ETHERNET + UDP
    packet = struct.pack(order + "IIIII", 0, 0, 77, len(data), len(data)) + data + bytes(-len(data) % 4)
    return (block(order, 0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1) + option(order, 1, b"a comment")) +
            block(order, 1, struct.pack(order + "HHI", 1, 0, 0) + interface) +
            block(order, 6, packet + option(order, 1, b"one") + option(order, 2, struct.pack(order + "I", 1)) + option(order, 0, b"")) +
            block(order, 3, struct.pack(order + "I", len(data)) + data) +
            block(order, 2, struct.pack(order + "HHIIII", 0, 0, 0, 99, len(data), len(data)) + data) +
            block(order, 4, struct.pack(order + "HH", 1, 9) + b"\x0a\0\0\1gate\0" + bytes(3) + bytes(4)) +
            block(order, 5, struct.pack(order + "III", 0, 0, 1) + option(order, 5, struct.pack(order + "Q", 3))) +
            block(order, 0xBAD, struct.pack(order + "I", 32473) + b"custom"))


for order, name in (("<", "little"), (">", "big")):
    pcap("pcap_" + name, 1, [ETHERNET + UDP], order)
    pcap("pcap_nano_" + name, 101, [UDP], order, 0xA1B23C4D)
    (OUT / ("pcapng_" + name)).write_bytes(section(order))
(OUT / "pcapng_two_sections").write_bytes(section("<") + section(">"))
pcap("pcap_modified", 1, [ETHERNET + UDP], magic=0xA1B2CD34, more=struct.pack("<IHBB", 2, 8, 4, 0))
pcap("pcap_old", 1, [ETHERNET + UDP], minor=2)
pcap("gro", 1, [ETHERNET + TCP + bytes(2920), ETHERNET + TCP[:2] + bytes(2) + TCP[4:] + bytes(2920)])
pcap("sll", 113, [struct.pack(">HHH8sH", 4, 1, 6, bytes(8), 0x800) + UDP])
pcap("sll2", 276, [struct.pack(">HHIHBB8s", 0x800, 0, 3, 1, 0, 6, bytes(8)) + UDP])
pcap("null", 0, [struct.pack("<I", 2) + UDP])
pcap("ppp", 9, [b"\xff\3\0\x21" + UDP])
pcap("vlan", 1, [ETHERNET[:12] + b"\x81\0\0\x0a\x08\0" + UDP])
