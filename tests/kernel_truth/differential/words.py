"""What lists of calls are made of: sockets in known states, options, packets. Every list is a function of its seed."""
import random, socket, struct

AF_INET, STREAM, DGRAM, RAW, NONBLOCK = 2, 1, 2, 3, 0o4000
LOOPBACK, LOCAL, REMOTE = "127.0.0.1", "192.168.0.1", "192.0.2.1"


def address(host, port, family=AF_INET):
    return (struct.pack("<H", family) + struct.pack(">H", port) + socket.inet_aton(host)).hex() + "00" * 8


def number(value, size=4):
    return (value & (1 << 8 * size) - 1).to_bytes(size, "little").hex()


class List:
    """Collects lines; knows which slots (s0, s1 ...) it has given out."""

    def __init__(self, seed):
        self.random, self.lines, self.slots = random.Random(seed), [], 0

    def add(self, *words):
        self.lines.append(" ".join(str(w) for w in words))

    def section(self, name, tun=False):
        self.add("section", name)
        self.slots = 0
        if tun:
            self.add("tun")

    def call(self, *words):  # one that gives a descriptor
        slot = f"s{self.slots}"
        self.slots += 1
        self.add(slot, "=", *words)
        return slot

    def socket(self, kind, protocol=0):
        return self.call("socket", AF_INET, kind | NONBLOCK, protocol)

    def set(self, fd, level, name, value, length=None):
        data = number(value) if isinstance(value, int) else value
        self.add("setsockopt", fd, level, name, "x" + data, len(data) // 2 if length is None else length)

    def get(self, fd, level, name, length=4):
        self.add("getsockopt", fd, level, name, f"?x+{max(length, 0)}", "?x" + number(length))

    def bind(self, fd, port, host=LOOPBACK):
        self.add("bind", fd, "x" + address(host, port), 16)

    def connect(self, fd, port, host=LOOPBACK):
        self.add("connect", fd, "x" + address(host, port), 16)

    def listener(self, port, host=LOOPBACK, backlog=5):
        fd = self.socket(STREAM)
        self.set(fd, 1, 2, 1)
        self.bind(fd, port, host)
        self.add("listen", fd, backlog)
        return fd

    def pair(self, port):
        """A listener, and both ends of a connection over loopback."""
        listening, client = self.listener(port), self.socket(STREAM)
        self.bind(client, port + 1000)
        self.connect(client, port)
        return listening, client, self.call("accept4", listening, 0, 0, NONBLOCK)

    # ---- packets that come up from tun0
    def inject(self, packet, ack=False):
        self.add("inject", packet.hex(), *(["ack"] if ack else []))

    def segment(self, flags, seq, ack=None, data=b"", options=b"", sport=9000, dport=8080, window=65535, **ip):
        """A TCP segment; `ack` counts from this host's first number, so 1 acknowledges its SYN."""
        self.inject(tcp(flags, seq, ack or 0, data, options, sport, dport, window, **ip), ack is not None)

    def accepted(self, sport=9000, dport=8080, options=b"\x02\x04\x05\xb4"):
        """A listener at tun0's address and the connection that came; the peer's first byte is 1001."""
        listening = self.listener(dport, LOCAL)
        self.segment("S", 1000, options=options, sport=sport, dport=dport)
        self.segment(".", 1001, 1, sport=sport, dport=dport)
        return listening, self.call("accept4", listening, 0, 0, NONBLOCK)


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ipv4(protocol, payload, src=REMOTE, dst=LOCAL, ttl=64, tos=0, ident=1, frag=0, options=b"", total=None, version=4,
         header=None, wrong=False):
    words = (header if header is not None else 5 + len(options) // 4)
    length = 20 + len(options) + len(payload) if total is None else total
    h = struct.pack(">BBHHHBBH4s4s", version << 4 | words, tos, length & 0xFFFF, ident, frag, ttl, protocol, 0,
                    socket.inet_aton(src), socket.inet_aton(dst)) + options
    covered = h[: words * 4] if words >= 5 else h
    sum_ = checksum(covered) ^ (0x1234 if wrong else 0)
    return h[:10] + struct.pack(">H", sum_) + h[12:] + payload


def pseudo(protocol, length, src, dst):
    return socket.inet_aton(src) + socket.inet_aton(dst) + struct.pack(">BBH", 0, protocol, length)


FLAGS = {"F": 1, "S": 2, "R": 4, "P": 8, ".": 16, "U": 32, "E": 64, "W": 128}


def tcp(flags, seq, ack, data=b"", options=b"", sport=9000, dport=8080, window=65535, urgent=0, offset=None,
        badsum=False, src=REMOTE, dst=LOCAL, **ip):
    options += b"\0" * (-len(options) % 4)
    bits = sum(FLAGS[f] for f in flags)
    words = 5 + len(options) // 4 if offset is None else offset
    h = struct.pack(">HHIIBBHHH", sport, dport, seq & 0xFFFFFFFF, ack & 0xFFFFFFFF, words << 4, bits, window, 0, urgent)
    body = h + options + data
    sum_ = checksum(pseudo(6, len(body), src, dst) + body) ^ (0x1111 if badsum else 0)
    return ipv4(6, body[:16] + struct.pack(">H", sum_) + body[18:], src=src, dst=dst, **ip)


def udp(data, sport=9000, dport=8080, length=None, sum_="right", src=REMOTE, dst=LOCAL, **ip):
    length = 8 + len(data) if length is None else length
    h = struct.pack(">HHHH", sport, dport, length & 0xFFFF, 0)
    right = checksum(pseudo(17, length & 0xFFFF, src, dst) + h + data) or 0xFFFF
    value = {"right": right, "none": 0, "wrong": right ^ 0x1111 or 1}[sum_]
    return ipv4(17, h[:6] + struct.pack(">H", value) + data, src=src, dst=dst, **ip)


def icmp(kind, code, rest=b"\0\0\0\0", data=b"", badsum=False, **ip):
    body = struct.pack(">BBH", kind, code, 0) + rest + data
    sum_ = checksum(body) ^ (0x1111 if badsum else 0)
    return ipv4(1, body[:2] + struct.pack(">H", sum_) + body[4:], **ip)
