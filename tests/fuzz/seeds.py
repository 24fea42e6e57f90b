#!/usr/bin/env python3
"""Writes the frames that fuzz_frames starts from: the recorded frames of the real kernel's tests, and TCP conversations."""
import pathlib, struct, sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "kernel_truth"))
import recordings
OUT = HERE / "frames"
WHOLE, REPAIR, RELATIVE, PASS = 1, 2, 4, 8


def record(how, data):
    return struct.pack("<BH", how, len(data)) + data


def write(name, *records):
    (OUT / name).write_bytes(b"\1" + b"".join(records))


def ip(protocol, payload, flags=0, options=b""):
    return struct.pack(">BBHHHBBH4s4s", 0x45 + len(options) // 4, 0, 0, 7, flags, 64, protocol, 0, bytes([10, 0, 2, 2]),
                       bytes([10, 0, 2, 15])) + options + payload


def tcp(flags, data=b"", seq=0, ack=0, options=b"", window=64240, port=40000, urgent=0):
    return ip(6, struct.pack(">HHIIBBHHH", port, 80, seq & 0xffffffff, ack & 0xffffffff, (20 + len(options)) << 2, flags, window, 0,
                             urgent) + options + data)


def say(*a, **k):
    return record(REPAIR | RELATIVE, tcp(*a, **k))


def wait(ms):
    return record(PASS, struct.pack("<H", ms))


FIN, SYN, RST, PSH, ACK, URG = 1, 2, 4, 8, 16, 32
MSS = b"\2\4\5\xb4"
FULL = MSS + b"\4\2" + b"\x08\x0a" + struct.pack(">II", 1000, 0) + b"\1\3\3\7"
syn = record(REPAIR, tcp(SYN, seq=1000, options=FULL))
plain = record(REPAIR, tcp(SYN, seq=1000, options=MSS))
ack = say(ACK)
sack = lambda *edges: b"\1\1\5" + bytes([2 + 4 * len(edges)]) + struct.pack(f">{len(edges)}I", *edges)
OUT.mkdir(exist_ok=True)
write("tcp_echo", syn, ack, say(PSH | ACK, b"hello"), say(ACK), say(FIN | ACK), say(ACK))
write("tcp_out_of_order", plain, ack, say(ACK, b"world", seq=5), say(ACK, b"!", seq=12), say(ACK, b"hello"), say(ACK, b"..", seq=0), wait(300))
write("tcp_reset", plain, ack, say(ACK, b"x" * 100), record(REPAIR | RELATIVE, tcp(RST)))
write("tcp_urgent", plain, ack, say(PSH | ACK | URG, b"abc", urgent=2), say(ACK, b"def"), say(FIN | ACK))
write("tcp_zero_window", plain, ack, say(ACK, b"x" * 1000, window=0), wait(3000), say(ACK, window=100), wait(3000), say(ACK))
write("tcp_lost", plain, ack, say(ACK, b"y" * 1400), wait(400), wait(800), wait(1600), say(ACK))
write("tcp_dupacks", plain, ack, say(ACK, b"z" * 1400), say(ACK, ack=-1400), say(ACK, ack=-1400), say(ACK, ack=-1400), say(ACK))
write("tcp_syn_queue", *[record(REPAIR, tcp(SYN, seq=n, options=MSS, port=41000 + n)) for n in range(8)], wait(2000), wait(4000))
write("tcp_never_acked", syn, wait(1000), wait(3000), wait(7000), wait(60000))
write("tcp_sack", record(REPAIR, tcp(SYN, seq=1000, options=MSS + b"\4\2\1\1")), ack, say(ACK, b"a" * 1400),
      say(ACK, options=sack(1, 700)), say(ACK, b"late", seq=2000), say(ACK))
write("tcp_fin_in_syn_recv", plain, say(FIN | ACK), say(ACK), wait(60000))
write("udp_fragments", *[record(REPAIR, ip(17, struct.pack(">HHHH", 4000, 53, 16, 0) + b"12345678", flags=0x2000)),
                         record(REPAIR, ip(17, b"abcdefgh", flags=2))], wait(31000))
write("udp_overlap", record(REPAIR, ip(17, b"\x0f\xa0\0\x35\0\x20\0\0" + b"1" * 16, flags=0x2000)),
      record(REPAIR, ip(17, b"2" * 16, flags=0x2001)), record(REPAIR, ip(17, b"3" * 8, flags=3)))
write("udp_options", record(REPAIR, ip(17, struct.pack(">HHHH", 4000, 53, 0, 0) + b"hi", options=b"\x07\x07\x04\0\0\0\0\0")))
write("icmp_error", record(REPAIR, ip(1, b"\3\1\0\0\0\0\0\0" + tcp(ACK)[:28])), record(REPAIR, ip(1, b"\3\4\0\0\0\0\2\0" + tcp(ACK)[:28])))
write("icmp_echo", record(REPAIR, ip(1, b"\x08\0\0\0\0\1\0\1" + b"e" * 56)))
frames = recordings.everything()["frames"]
for recorded in ("eth_rx_arp_request", "eth_rx_udp_vlan", "eth_rx_ip_total_too_long", "eth_udp_blocked_recv_3000_reversed"):
    write(recorded, *[record(WHOLE, bytes.fromhex(line[2:])) for line in frames[recorded].splitlines() if line.startswith(">")])
