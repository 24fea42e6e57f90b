"""The other end of eth0's wire while a recording runs: speaks Ethernet itself, as 10.0.2.2, so that any frame can be sent.

Frames go over UDP to and from QEMU's socket netdev. A case program orders frames with a UDP datagram to port 7790:
"NAME DELAY_MS KIND [ARGUMENT...]" (KIND tcp/WHAT: see Tcp.order) sends what KIND makes after that delay (and logs the frames of half a second from then on under NAME).
Datagrams to port 7777 are echoed at once; ICMP echo requests are answered. Usage: wire_peer.py MY_PORT QEMU_PORT OUT_DIR"""
import pathlib, socket, struct, sys, threading, time

US, THEM = bytes.fromhex("52550a000202"), bytes.fromhex("525400123456")
ME, GUEST = socket.inet_aton("10.0.2.2"), socket.inet_aton("10.0.2.15")
ident = 0x100


def checksum(data):
    total = sum(struct.unpack(f">{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def ether(payload, kind=0x0800, to=THEM):
    return (to + US + struct.pack(">H", kind) + payload).ljust(60, b"\0")


def ipv4(payload, protocol, src=ME, dst=GUEST, ttl=64, first=0x45, total=None, flags=0, options=b"", bad=0, number=None):
    global ident
    if number is None:
        number = ident = ident + 1
    first += len(options) // 4
    head = struct.pack(">BBHHHBBH4s4s", first, 0, total or 20 + len(options) + len(payload), number, flags, ttl, protocol, 0,
                       src, dst) + options
    return head[:10] + struct.pack(">H", checksum(head) ^ bad) + head[12:] + payload


def udp(size, port, src=ME, dst=GUEST, sport=7790, bad=0, nosum=False, length=None, data=None):
    data = bytes(i % 251 for i in range(size)) if data is None else data
    head = struct.pack(">HHHH", sport, port, length or 8 + len(data), 0)
    pseudo = src + dst + struct.pack(">BBH", 0, 17, 8 + len(data))
    return head[:6] + struct.pack(">H", 0 if nosum else (checksum(pseudo + head + data) or 0xFFFF) ^ bad) + data


def icmp(kind, code, rest, data, bad=0):
    head = struct.pack(">BBH", kind, code, 0) + rest
    return head[:2] + struct.pack(">H", checksum(head + data) ^ bad) + head[4:] + data


def tcp(sport, dport, seq, ack, flags):
    head = struct.pack(">HHIIBBHHH", sport, dport, seq, ack, 0x50, flags, 64240, 0, 0)
    return head[:16] + struct.pack(">H", checksum(ME + GUEST + struct.pack(">BBH", 0, 6, 20) + head)) + head[18:]


class Tcp:
    """One connection of a small TCP that does what it is told. The guest connects to port 7001 (what it sends is acknowledged at
    once) or 7002 (the SYN is answered, and nothing after that), or is connected to by `tcp_open`. Orders speak of the latest."""
    now = None
    OPTIONS = b"\2\4\5\xb4\4\2\1\1\1\3\3\7"  # MSS 1460, SACK, window scale 7; no time stamps: their values differ from run to run

    def __init__(self, mine, theirs, seq=5000, acks=True):
        self.mine, self.theirs, self.seq, self.ack, self.acks, self.window = mine, theirs, seq, 0, acks, 500
        Tcp.now = self

    def segment(self, flags, data=b"", at=None, ack=None, options=b"", window=None, urgent=0, bad=0, protocol=6):
        seq = self.seq if at is None else self.seq + at
        head = struct.pack(">HHIIBBHHH", self.mine, self.theirs, seq & 0xffffffff, (self.ack if ack is None else ack) & 0xffffffff,
                           (20 + len(options)) << 2, flags, self.window if window is None else window, 0, urgent) + options + data
        total = checksum(ME + GUEST + struct.pack(">BBH", 0, 6, len(head)) + head) ^ bad
        return ether(ipv4(head[:16] + struct.pack(">H", total) + head[18:], 6))

    def send(self, size, flags=0x18, **k):
        made = self.segment(flags, bytes(i % 251 for i in range(size)), **k)
        self.seq += size + (flags & 1)
        return made

    def heard(self, segment):
        """What it answers to a segment of the guest's."""
        seq, _, length, flags = struct.unpack(">IIBB", segment[4:14])
        data = len(segment) - (length >> 4) * 4
        if flags & 4: return []
        if flags & 2 and not flags & 16:  # a SYN
            self.ack = seq + 1
            self.seq += 1
            return [self.segment(0x12, at=-1, options=self.OPTIONS, window=64240)]
        if flags & 2:  # the answer to ours
            self.ack = seq + 1
            self.seq += 1
            return [self.segment(0x10)]
        if not self.acks or not data + (flags & 1) or seq != self.ack: return []
        self.ack = seq + data + (flags & 1)
        return [self.segment(0x10)]

    @classmethod
    def order(cls, what, n):
        c = cls.now
        if what == "open": return [Tcp(n[1] if len(n) > 1 else 40000, n[0]).segment(2, options=cls.OPTIONS, window=64240)]
        if what == "data": return [c.send(n[0])]
        if what == "burst": return [c.send(n[0]) for _ in range(n[1])]
        if what == "ahead": return [c.segment(0x18, b"a" * n[0], at=n[1])]  # out of order: so many bytes too early
        if what == "again": return [c.segment(0x18, b"g" * n[0], at=-n[0])]
        if what == "partly_again":
            c.seq += n[0]
            return [c.segment(0x18, b"g" * n[0] + b"n" * n[0], at=-2 * n[0])]
        if what == "beyond_window": return [c.segment(0x18, b"w" * 10, at=10_000_000)]
        if what == "old_ack": return [c.segment(0x10, ack=c.ack - 100_000_000)]
        if what == "future_ack": return [c.segment(0x10, ack=c.ack + 100_000)]
        if what == "bad_checksum": return [c.segment(0x18, b"b" * 40, bad=0x1234)]
        if what == "urgent": return [c.send(n[0], 0x38, urgent=n[0])]
        if what == "fin": return [c.send(0, 0x11)]
        if what == "rst": return [c.segment(0x14)]
        if what == "rst_wrong": return [c.segment(0x14, at=50)]
        if what == "syn_again": return [c.segment(2, options=cls.OPTIONS)]
        if what == "window": return [c.segment(0x10, window=n[0])]
        if what == "ack":  # of so many bytes more than until now
            c.ack += n[0]
            return [c.segment(0x10)]
        if what == "dupacks": return [c.segment(0x10) for _ in range(n[0])]
        if what == "sack":  # a hole of n[0] bytes, then n[1] that came
            edges = struct.pack(">II", (c.ack + n[0]) & 0xffffffff, (c.ack + n[0] + n[1]) & 0xffffffff)
            return [c.segment(0x10, options=b"\1\1\5\x0a" + edges)]
        raise ValueError(what)


def fragments(payload, protocol, only=None, mtu=1480):
    global ident
    ident += 1
    pieces = [(o, payload[o:o + mtu]) for o in range(0, len(payload), mtu)]
    made = [ether(ipv4(p, protocol, flags=(o // 8) | (0x2000 if o + len(p) < len(payload) else 0), number=ident))
            for o, p in pieces]
    return made if only is None else [made[i] for i in only]


def arp(op, target, sender=ME):
    return struct.pack(">HHBBH", 1, 0x0800, 6, 4, op) + US + sender + bytes(6) + target


def make(kind, a):
    """The frames of one order."""
    n = [int(x) for x in a]
    one = lambda payload, protocol, **k: [ether(ipv4(payload, protocol, **k))]
    if kind == "udp": return one(udp(n[0], n[1]), 17)
    if kind == "udp_burst": return [f for _ in range(n[2]) for f in one(udp(n[0], n[1]), 17)]
    if kind == "udp_bad_checksum": return one(udp(n[0], n[1], bad=0x1234), 17)
    if kind == "udp_no_checksum": return one(udp(n[0], n[1], nosum=True), 17)
    if kind == "udp_bad_length": return one(udp(n[0], n[1], length=900), 17)
    if kind == "udp_header_cut": return one(b"\x1e\x6e\x15", 17)
    if kind == "udp_fragments": return fragments(udp(n[0], n[1]), 17)
    if kind == "udp_fragments_reversed": return fragments(udp(n[0], n[1]), 17)[::-1]
    if kind == "udp_broadcast":
        everyone = b"\xff" * 4
        return [ether(ipv4(udp(n[0], n[1], dst=everyone), 17, dst=everyone), to=b"\xff" * 6)]
    if kind == "udp_options": return one(udp(n[0], n[1]), 17, options=b"\x01\x01\x01\x00")
    if kind == "udp_record_route": return one(udp(n[0], n[1]), 17, options=b"\x07\x07\x04\0\0\0\0\0")
    if kind == "udp_ttl_1": return one(udp(n[0], n[1]), 17, ttl=1)
    if kind == "udp_other_address":
        dst = socket.inet_aton("10.0.2.77")
        return one(udp(n[0], n[1], dst=dst), 17, dst=dst)
    if kind == "udp_forwarded":
        dst = socket.inet_aton("192.0.2.1")
        return one(udp(n[0], n[1], dst=dst), 17, dst=dst)
    if kind == "udp_martian_source":
        src = socket.inet_aton("127.0.0.1")
        return one(udp(n[0], n[1], src=src), 17, src=src)
    if kind == "udp_own_source": return one(udp(n[0], n[1], src=GUEST), 17, src=GUEST)
    if kind == "udp_other_mac": return [ether(ipv4(udp(n[0], n[1]), 17), to=bytes.fromhex("525400abcdef"))]
    if kind == "ip_bad_checksum": return one(udp(n[0], n[1]), 17, bad=1)
    if kind == "ip_version_6_in_ipv4": return one(udp(n[0], n[1]), 17, first=0x65)
    if kind == "ip_header_length_4": return one(udp(n[0], n[1]), 17, first=0x44)
    if kind == "ip_total_too_long": return one(udp(n[0], n[1]), 17, total=1200)
    if kind == "ip_protocol": return one(b"x" * 32, n[0])
    if kind == "icmp_echo": return one(icmp(8, 0, b"\0\7\0\1", bytes(range(n[0] % 256)) if n[0] < 256 else b"e" * n[0]), 1)
    if kind == "icmp_echo_burst": return [f for _ in range(n[1]) for f in make("icmp_echo", a[:1])]
    if kind == "icmp_echo_fragments": return fragments(icmp(8, 0, b"\0\7\0\1", b"e" * n[0]), 1)
    if kind == "icmp_bad_checksum": return one(icmp(8, 0, b"\0\7\0\1", b"e" * 56, bad=0x55), 1)
    if kind == "icmp_extended_echo": return one(icmp(42, 0, b"\0\7\1\1", b"e" * 8), 1)
    if kind == "icmp_unknown_type": return one(icmp(40, 0, b"\0\0\0\0", b"e" * 8), 1)
    if kind == "icmp_timestamp": return one(icmp(13, 0, b"\0\7\0\1", bytes(12)), 1)
    if kind == "icmp_reply_unasked": return one(icmp(0, 0, b"\0\7\0\1", b"e" * 56), 1)
    if kind == "icmp_broadcast":
        everyone = b"\xff" * 4
        return [ether(ipv4(icmp(8, 0, b"\0\7\0\1", b"e" * 56), 1, dst=everyone), to=b"\xff" * 6)]
    if kind == "icmp_port_unreachable":  # about a datagram that the guest sent from n[0] to n[1]
        inner = ipv4(udp(5, n[1], src=GUEST, dst=ME, sport=n[0]), 17, src=GUEST, dst=ME)
        return one(icmp(3, 3, bytes(4), inner[:28]), 1)
    if kind.startswith("tcp/"): return Tcp.order(kind[4:], n)
    if kind == "tcp_syn": return one(tcp(40000, n[0], 1000, 0, 2), 6)
    if kind == "tcp_ack": return one(tcp(40000, n[0], 1000, 5000, 16), 6)
    if kind == "arp_request": return [ether(arp(1, GUEST), 0x0806, b"\xff" * 6)]
    if kind == "arp_request_other": return [ether(arp(1, socket.inet_aton("10.0.2.99")), 0x0806, b"\xff" * 6)]
    if kind == "arp_request_new_neighbour":
        return [ether(arp(1, GUEST, socket.inet_aton("10.0.2.44")), 0x0806, b"\xff" * 6)]
    if kind == "arp_gratuitous": return [ether(arp(1, ME), 0x0806, b"\xff" * 6)]
    if kind == "arp_bad_hardware_length": return [ether(b"\0\1\x08\0\7\4\0\1", 0x0806, b"\xff" * 6)]
    if kind == "arp_reply": return [ether(arp(2, GUEST), 0x0806)]
    if kind == "ether_unknown": return [ether(b"?" * 64, 0x88B5)]
    if kind == "ether_802_3": return [ether(b"\xaa\xaa\x03" + b"?" * 61, 64)]
    if kind == "ether_vlan": return [ether(b"\0\5\x08\0" + ipv4(udp(n[0], n[1]), 17), 0x8100)]
    raise ValueError(kind)


def answer(frame, order):
    """What a host would say to a frame of the guest's."""
    kind, body = frame[12:14], frame[14:]
    if kind == b"\x08\x06" and body[7] == 1 and body[24:28] == ME:
        return [(THEM + US + b"\x08\x06" + body[:7] + b"\2" + US + ME + THEM + GUEST).ljust(60, b"\0")]
    if kind != b"\x08\0" or body[16:20] != ME or body[6] & 0x3F or body[7]:
        return []
    total, protocol, payload = struct.unpack(">H", body[2:4])[0], body[9], body[20:]
    payload = payload[:total - 20]
    if protocol == 1 and payload[0] == 8:
        return [ether(ipv4(icmp(0, 0, payload[4:8], payload[8:]), 1))]
    if protocol == 6:
        sport, dport = struct.unpack(">HH", payload[:4])
        if dport in (7001, 7002) and payload[13] & 0x12 == 2: Tcp(dport, sport, acks=dport == 7001)
        if Tcp.now and (Tcp.now.mine, Tcp.now.theirs) == (dport, sport): return Tcp.now.heard(payload)
        return []
    if protocol == 17:
        sport, dport = struct.unpack(">HH", payload[:4])
        if dport == 7790:
            order(payload[8:].decode())
        elif dport == 7777:
            return [ether(ipv4(udp(0, sport, sport=7777, data=payload[8:]), 17))]
    return []


def main(mine, theirs, out):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", int(mine)))
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    log = [None]

    def note(way, frame):
        if log[0]:
            with open(out / f"{log[0]}.txt", "a") as f:
                f.write(f"{way} {frame.hex()}\n")

    def send(frame):
        note(">", frame)
        s.sendto(frame, ("127.0.0.1", int(theirs)))

    def order(text):
        name, delay, kind, *rest = text.split()

        def later():
            log[0] = name
            (out / f"{name}.txt").write_text(f"# {kind} {' '.join(rest)}".rstrip() + ": frames to eth0 (>) and from it (<)\n")
            for frame in make(kind, rest):
                send(frame)
            time.sleep(0.5)
            log[0] = None

        threading.Timer(int(delay) / 1000, later).start()

    while True:
        frame = s.recv(65536)
        if frame[36:38] != b"\x1e\x6e":  # not an order
            note("<", frame)
        for reply in answer(frame, order):
            send(reply)


if __name__ == "__main__":
    main(*sys.argv[1:])
