"""The kinds of lists: which calls are made, in which states, with which odd values."""
import struct
from words import AF_INET, DGRAM, LOCAL, LOOPBACK, NONBLOCK, RAW, REMOTE, STREAM, List, address, icmp, ipv4, number, tcp, udp

DELAYED = 45  # ms, until an acknowledgement that was put off has gone: no machine is quick enough to be asked before
SOL_IP, SOL_SOCKET, SOL_TCP, SOL_UDP, SOL_UDPLITE, SOL_RAW = 0, 1, 6, 17, 136, 255
# Left out: programs of filters (26, 27, 44, 50 to 52), which are not values.
NAMES = {
    SOL_SOCKET: [n for n in range(1, 77) if n not in (26, 27, 40, 44, 50, 51, 52)],
    SOL_IP: list(range(1, 54)),
    SOL_TCP: [n for n in range(1, 39)],
    SOL_UDP: [1, 10, 11, 100, 101, 102, 103, 104, 105],
    SOL_UDPLITE: [1, 10, 11, 100, 101, 103, 104],
    SOL_RAW: [1, 2],
    41: [1, 26, 67], 3: [1], 255: [1], 99: [1],
}
VALUES = [0, 1, -1, 2, 3, 4, 5, 7, 8, 10, 16, 32, 40, 64, 100, 127, 128, 255, 256, 1000, 1460, 4096, 32767, 32768, 65535,
          65536, 70000, 1 << 20, 0x7FFFFFFF, -2, -128, -0x80000000]
LENGTHS = [4, 4, 4, 4, 4, 0, 1, 2, 3, 5, 7, 8, 12, 16, 17, 24, 32, 40, 64, -1]


def sockets(l):
    """One socket of every kind and state that loopback alone gives, by name."""
    listening, client, server = l.pair(7000)
    _, halfway, gone = l.pair(7001)
    l.add("shutdown", halfway, 1)
    _, reset, closed = l.pair(7002)
    l.set(closed, 1, 13, number(1) + number(0))
    l.add("close", closed)
    fresh, bound = l.socket(STREAM), l.socket(STREAM)
    l.bind(bound, 7100)
    datagrams, peer = l.socket(DGRAM), l.socket(DGRAM)
    l.add("wait", DELAYED)
    l.bind(datagrams, 7200)
    l.bind(peer, 7201)
    l.connect(peer, 7200)
    return [listening, client, server, halfway, gone, reset, fresh, bound, datagrams, peer, l.socket(DGRAM),
            l.socket(RAW, 17), l.socket(RAW, 1), l.socket(RAW, 255), l.socket(DGRAM, 1), l.socket(DGRAM, 136)]


def option_value(l, name):
    r = l.random
    length = r.choice(LENGTHS)
    value = number(r.choice(VALUES))
    for _ in range(max(0, length - 1) // 4):
        value += number(r.choice(VALUES))
    return value[: max(length, 0) * 2], length


def options(seed, calls):
    l = List(seed)
    r = l.random
    while len(l.lines) < calls:
        l.section(f"options-{seed}-{len(l.lines)}")
        all_ = sockets(l)
        for _ in range(60):
            fd, level = r.choice(all_), r.choice([SOL_SOCKET, SOL_SOCKET, SOL_SOCKET, SOL_IP, SOL_IP, SOL_TCP, SOL_TCP, *NAMES])
            name = r.choice(NAMES[level])
            if r.random() < 0.6:
                value, length = option_value(l, name)
                l.set(fd, level, name, value, length)
                l.get(fd, level, name, r.choice([4, 4, 8, 16]))
            else:
                l.get(fd, level, name, r.choice(LENGTHS))
    return l.lines


OPTIONS_MET = [(1, 2), (1, 15), (1, 9), (1, 13), (1, 10), (1, 6), (1, 7), (1, 8), (1, 18), (1, 42), (6, 1), (6, 3), (6, 9),
               (6, 12), (0, 11), (0, 8), (0, 12), (0, 15), (1, 5), (1, 29)]
FLAGS = [0, 0, 0, 0, 1, 2, 0x20, 0x22, 0x40, 0x80, 0x100, 0x4000, 0x8000, 0x2000, 4, 0x800]


def some_address(r):
    host = r.choice([LOOPBACK] * 6 + ["127.0.0.2", "0.0.0.0", "255.255.255.255", "224.0.0.1", "10.9.9.9"])
    return address(host, r.choice([7000, 7001, 7100, 7101, 0, 7200]), r.choice([AF_INET] * 8 + [0, 10, 1])), r.choice([16] * 9 + [0, 3, 8, 15, 28, 200])


def one_call(l, fds):
    r, fd = l.random, l.random.choice(fds)
    name = r.choice("bind connect connect listen accept4 send send sendto recv recv recvfrom shutdown close getsockname "
                    "getpeername poll ioctl sendmsg recvmsg setsockopt getsockopt dup socket read write".split())
    flags = r.choice(FLAGS) | 0x40
    size = r.choice([0, 1, 5, 100, 1000])
    where, length = some_address(r)
    if name in ("bind", "connect"):
        l.add(name, fd, "x" + where + ("+200" if length > 16 else ""), length)
    elif name == "listen":
        l.add(name, fd, r.choice([0, 1, 5, -1]))
    elif name == "accept4":
        fds.append(l.call(name, fd, "?x+16", "?x" + number(r.choice([16, 16, 8, 0, -1])), r.choice([NONBLOCK, NONBLOCK, NONBLOCK | 0o2000000, 1])))
    elif name == "send":
        l.add("sendto", fd, f"x+{size}", size, flags, 0, 0)
    elif name == "sendto":
        l.add("sendto", fd, f"x+{size}", size, flags, "x" + where + ("+200" if length > 16 else ""), length)
    elif name == "recv":
        l.add("recvfrom", fd, f"?x+{size}", size, flags, 0, 0)
    elif name == "recvfrom":
        l.add(name, fd, f"?x+{size}", size, flags, "?x+16", "?x" + number(r.choice([16, 16, 4, 0, -1])))
    elif name == "read":
        l.add(name, fd, f"?x+{size}", size)
    elif name == "write":
        l.add(name, fd, f"x+{size}", size)
    elif name == "shutdown":
        l.add(name, fd, r.choice([0, 1, 2, 3, -1]))
        l.add("wait", DELAYED)
    elif name == "close":
        if r.random() < 0.4:
            l.add(name, fd)
    elif name in ("getsockname", "getpeername"):
        l.add(name, fd, "?x+16", "?x" + number(r.choice([16, 16, 5, 0, -1])))
    elif name == "poll":
        l.add(name, f"?x{{{fd}}}{number(r.choice([0x2007, 0x1, 0x4, 0x3FFF, 0]), 2)}0000", 1, 0)
    elif name == "ioctl":
        l.add(name, fd, r.choice([0x541B, 0x5411, 0x8905, 0x894B, 0x8906, 0x8903, 0x1234]), "?x" + number(0))
    elif name == "sendmsg":
        l.add(name, fd, f"m:{'x' + where if r.random() < 0.3 else 'x'}:x+{size}:x", flags)
    elif name == "recvmsg":
        l.add(name, fd, f"?m:x+16:x+{size}:x+{r.choice([0, 16, 64])}", flags)
    elif name == "setsockopt":
        level, option = r.choice(OPTIONS_MET)
        l.set(fd, level, option, r.choice([0, 1, 1, 2, 100, 5000, -1]), r.choice([4, 4, 4, 2]))
    elif name == "getsockopt":
        level, option = r.choice(OPTIONS_MET + [(1, 4), (1, 3), (1, 30)])
        l.get(fd, level, option, r.choice([4, 4, 8]))
    elif name == "dup":
        fds.append(l.call(name, fd))
    else:
        fds.append(l.socket(r.choice([STREAM, STREAM, DGRAM, RAW]), r.choice([0, 0, 0, 6, 17, 1])))


def sequences(seed, calls):
    l = List(seed)
    while len(l.lines) < calls:
        l.section(f"sequences-{seed}-{len(l.lines)}")
        kind = l.random.choice("tcp tcp udp mixed".split())
        fds = [l.socket(STREAM), l.socket(STREAM)] if kind == "tcp" else [l.socket(DGRAM), l.socket(DGRAM)] if kind == "udp" else \
            [l.socket(STREAM), l.socket(DGRAM), l.socket(RAW, 17)]
        if kind == "tcp" and l.random.random() < 0.7:
            fds += l.pair(7000)
            l.add("wait", DELAYED)
        if kind == "udp":
            l.bind(fds[0], 7000)
        for _ in range(40):
            one_call(l, fds)
    return l.lines


# ---- TCP's states, each with its socket
def state(l, name):
    if name == "close":
        return l.socket(STREAM)
    if name == "bound":
        fd = l.socket(STREAM)
        l.bind(fd, 8080, LOCAL)
        return fd
    if name == "listen":
        return l.listener(8080, LOCAL)
    if name in ("syn-sent", "refused", "simultaneous"):
        fd = l.socket(STREAM)
        l.bind(fd, 8080, LOCAL)
        l.connect(fd, 9000, REMOTE)
        if name == "refused":
            l.segment("R.", 0, 1)
        if name == "simultaneous":
            l.segment("S", 1000)
        return fd
    if name == "syn-recv":
        fd = l.listener(8080, LOCAL)
        l.segment("S", 1000)
        return fd
    _, fd = l.accepted()
    if name in ("data", "data-close-wait"):
        l.segment("P.", 1001, 1, b"hello")
    if name in ("close-wait", "last-ack", "data-close-wait"):
        l.segment("F.", 1006 if name == "data-close-wait" else 1001, 1)
        l.add("wait", DELAYED)
    if name in ("fin-wait-1", "fin-wait-2", "closing", "time-wait", "last-ack"):
        l.add("shutdown", fd, 1)
    if name == "fin-wait-2":
        l.segment(".", 1001, 2)
    if name == "closing":
        l.segment("F.", 1001, 1)
    if name == "time-wait":
        l.segment("F.", 1001, 2)
    if name == "reset":
        l.segment("R", 1001)
    if name == "unacked":
        l.add("sendto", fd, "x+700", 700, 0x4040, 0, 0)
    if name == "shut-read":
        l.add("shutdown", fd, 0)
    l.add("wait", DELAYED)
    return fd


STATES = ("close bound listen syn-sent refused simultaneous syn-recv established data data-close-wait close-wait last-ack fin-wait-1 "
          "fin-wait-2 closing time-wait reset unacked shut-read").split()


def look(l, fd):
    """What is seen of a socket from outside."""
    l.add("poll", f"?x{{{fd}}}ffff0000", 1, 0)
    l.get(fd, SOL_SOCKET, 4)
    l.get(fd, SOL_TCP, 11, 8)
    l.add("ioctl", fd, 0x541B, "?x" + number(0))
    l.add("ioctl", fd, 0x5411, "?x" + number(0))


def states(seed, calls):
    l = List(seed)
    while len(l.lines) < calls:
        name = l.random.choice(STATES)
        l.section(f"states-{seed}-{len(l.lines)}-{name}", tun=True)
        fds = [state(l, name)]
        for _ in range(6):
            one_call(l, fds)
        look(l, fds[0])
    return l.lines


# ---- packets
def tcp_options(r):
    kinds = [b"\x02\x04\x05\xb4", b"\x02\x04\x00\x10", b"\x02\x03\x05", b"\x03\x03\x07", b"\x03\x03\x0f", b"\x04\x02", b"\x01\x01\x01\x01",
             b"\x08\x0a\0\0\1\0\0\0\0\0", b"\x08\x0a\0\0\0\1\0\0\0\0", b"\x00", b"\xfe\x04\1\2", b"\xfd\x02", b"\x1e\x00", b"\x05\x0a\0\0\3\xf0\0\0\4\0", b"\x22\x02", b"\x13\x12" + b"\0" * 16]
    return b"".join(r.sample(kinds, r.choice([0, 0, 0, 1, 1, 2])))


def odd_segment(l):
    r = l.random
    flags = r.choice(["S", ".", "P.", "P.", "F.", "R", "R.", "S.", "F", "", "SF", "U.", "PU.", "FPU", "SFRPU.", "SEW", "E.", "SR", "P"])
    seq = r.choice([1000, 1001, 1001, 1001, 1002, 1006, 999, 1100, 2000, 60000, 70000, 1001 + 65535, 1000 - 70000, 1001 - 5, 0])
    ack = r.choice([1, 1, 1, 1, 2, 0, 3, 500, 701, 702, 100000, -100, -100000, 0x7FFFFFF0])
    data = b"x" * r.choice([0, 0, 0, 1, 5, 100, 1000])
    extra = {}
    if r.random() < 0.1:
        extra = r.choice([{"badsum": True}, {"offset": 4}, {"offset": 15}, {"urgent": 1}, {"urgent": 60000}, {"ttl": 1}, {"tos": 3}])
    l.segment(flags, seq, ack, data, tcp_options(r) if r.random() < 0.4 else b"", window=r.choice([65535, 65535, 0, 1, 100]), **extra,
              sport=r.choice([9000] * 8 + [9001, 0]), dport=r.choice([8080] * 12 + [8081, 0]))


def quoted(l, r):
    """An ICMP error about one of this host's packets."""
    inner = r.choice([tcp(".", r.choice([0, 1]), 0, sport=8080, dport=9000, src=LOCAL, dst=REMOTE),
                      udp(b"abc", sport=8080, dport=9000, src=LOCAL, dst=REMOTE), udp(b"", sport=8081, dport=9, src=LOCAL, dst=REMOTE),
                      icmp(8, 0, src=LOCAL, dst=REMOTE)])
    cut = r.choice([28, 28, 28, 40, 20, 24, 10])
    return icmp(r.choice([3, 3, 3, 11, 12, 4, 5]), r.choice([0, 1, 2, 3, 4, 5, 9, 13, 15, 16]), struct.pack(">I", r.choice([0, 576, 1400, 9000, 20])),
                inner[:cut], badsum=r.random() < 0.05)


IP_OPTIONS = [b"\x01\x01\x01\x01", b"\x94\x04\0\0", b"\x07\x07\x04\0\0\0\0\0", b"\x07\x07\x03\0\0\0\0\0", b"\x83\x07\x04\xc0\0\2\1\0", b"\x44\x08\x05\0\0\0\0\0",
              b"\x44\x0c\x05\x01" + b"\0" * 8, b"\x86\x06\0\0\0\1\0\0", b"\x89\x07\x04\xc0\0\2\1\0", b"\x99\x04\0\0", b"\x07\x00\0\0", b"\x07\x02\0\0", b"\x07\x30\x04\0", b"\x82\x0b" + b"\0" * 10]


def odd_packet(l):
    r = l.random
    payload = b"y" * r.choice([0, 1, 8, 100, 1400])
    ip = r.choice([{}, {}, {"ttl": 0}, {"ttl": 1}, {"src": "0.0.0.0"}, {"src": "127.0.0.1"}, {"src": "255.255.255.255"}, {"src": "224.0.0.1"},
                   {"src": LOCAL}, {"dst": "127.0.0.1"}, {"dst": "192.168.255.255"}, {"dst": "255.255.255.255"}, {"dst": "224.0.0.1"}, {"dst": "224.9.9.9"},
                   {"dst": "10.1.1.1"}, {"dst": "0.0.0.0"}, {"dst": "192.168.0.9"}, {"dst": "240.0.0.1"}, {"wrong": True}, {"version": 5}, {"header": 4}, {"header": 6}, {"header": 15},
                   {"total": 10}, {"total": 2000}, {"total": 24}, {"frag": 0x8000}, {"frag": 0x4000}, {"frag": 0x2000}, {"frag": 0x00FF}, {"frag": 0x1FFF}, {"tos": 0xFF},
                   {"options": r.choice(IP_OPTIONS)}, {"options": r.choice(IP_OPTIONS)}])
    if r.random() < 0.3:
        ip = {}
    what = r.choice("udp udp udp icmp echo error error proto tcp short".split())
    if what == "udp":
        l.inject(udp(payload, dport=r.choice([8080, 8080, 8081, 0, 9]), length=r.choice([None] * 6 + [0, 7, 9, 2000]), sum_=r.choice(["right"] * 4 + ["none", "wrong"]), **ip))
    elif what == "echo":
        l.inject(icmp(8, r.choice([0, 0, 1]), b"\0\1\0\1", payload, badsum=r.random() < 0.1, **ip))
    elif what == "icmp":
        l.inject(icmp(r.choice([0, 1, 2, 6, 9, 10, 13, 14, 15, 17, 18, 19, 30, 42, 43, 255]), r.choice([0, 1]), data=payload[:100], **ip))
    elif what == "error":
        l.inject(quoted(l, r))
    elif what == "proto":
        l.inject(ipv4(r.choice([0, 2, 4, 41, 47, 50, 51, 103, 132, 136, 255]), payload, **ip))
    elif what == "tcp":
        l.inject(tcp(r.choice(["S", ".", "R", "F.", ""]), 5, 7, payload[:100], dport=r.choice([8080, 81]), **ip))
    else:
        l.inject(udp(payload, **ip)[: r.choice([1, 4, 19, 20, 21, 24, 27])])


def segments(seed, calls):
    l = List(seed)
    while len(l.lines) < calls:
        name = l.random.choice(STATES[2:])
        l.section(f"segments-{seed}-{len(l.lines)}-{name}", tun=True)
        fd = state(l, name)
        for _ in range(3):
            odd_segment(l)
            l.add("wait", DELAYED)
        look(l, fd)
        l.add("recvfrom", fd, "?x+3000", 3000, 0x40, 0, 0)
        if name in ("listen", "syn-recv"):
            l.call("accept4", fd, 0, 0, NONBLOCK)
    return l.lines


def packets(seed, calls):
    l = List(seed)
    while len(l.lines) < calls:
        l.section(f"packets-{seed}-{len(l.lines)}", tun=True)
        bound, connected, raw, listening = l.socket(DGRAM), l.socket(DGRAM), l.socket(RAW, 1), l.listener(8080, LOCAL)
        l.bind(bound, 8080, l.random.choice([LOCAL, "0.0.0.0"]))
        l.set(bound, SOL_IP, 11, l.random.choice([0, 1]))
        l.bind(connected, 8081, LOCAL)
        l.connect(connected, 9, REMOTE)
        for _ in range(8):
            odd_packet(l)
        for fd in (bound, connected, raw):
            l.get(fd, SOL_SOCKET, 4)
            l.add("recvmsg", fd, "?m:x+16:x+1500:x+64", 0x40)
            l.add("recvmsg", fd, "?m:x+16:x+1500:x+64", 0x2040)
    return l.lines


# ---- control messages: what a sender says of one datagram, and what a receiver is told of it
TOLD = [(0, 8), (0, 12), (0, 13), (0, 6), (0, 7), (0, 20), (0, 25), (0, 23), (0, 11), (1, 40), (1, 75), (17, 104)]


def control(r):
    """A list of control messages: mostly one, mostly as long as it should be."""
    said = b""
    for _ in range(r.choice([1, 1, 1, 2])):
        level = r.choice([0, 0, 0, 0, 1, 1, 17, 6, 99])
        kind = r.choice({0: [1, 2, 7, 8, 12, 13, 51, 52, 20, 99], 1: [1, 2, 36, 37, 61, 12], 17: [103, 104, 1], 6: [1], 99: [1]}[level])
        size = r.choice([4, 4, 4, 12, 12, 1, 2, 8, 0, 16])
        value = r.choice([0, 1, 2, 5, 16, 64, 255, 256, 700, -1, 1 << 20])
        data = ((value & 0xFFFFFFFF).to_bytes(4, "little") * 4)[:size]
        length = 16 + size + r.choice([0] * 12 + [-1, -9, -17, 1, 100])
        said += struct.pack("<Qii", max(length, 0), level, kind) + data + b"\0" * (-size % 8)
    return said.hex()


def messages(seed, calls):
    l = List(seed)
    r = l.random
    while len(l.lines) < calls:
        l.section(f"messages-{seed}-{len(l.lines)}")
        to, sender, raw = l.socket(DGRAM), l.socket(DGRAM), l.socket(RAW, 17)
        l.bind(to, 7000)
        l.bind(sender, 7001)
        listening, client, server = l.pair(7002)
        for _ in range(6):
            level, option = r.choice(TOLD)
            l.set(r.choice([to, to, raw, server]), level, option, 1)
        for _ in range(8):
            fd = r.choice([sender, sender, sender, client, to])
            if r.random() < 0.3:
                level, option = r.choice(TOLD + [(0, 1), (0, 2), (0, 10), (0, 4), (1, 12), (1, 36), (17, 103)])
                l.set(fd, level, option, r.choice([0, 1, 5, 64, 200, 1000]))
            name = "x" if fd == client else "x" + address(r.choice([LOOPBACK] * 5 + ["127.0.0.9", "127.255.255.255"]), r.choice([7000, 7000, 7000, 7001, 9]))
            l.add("sendmsg", fd, f"m:{name}:x+{r.choice([0, 1, 100, 3000])}:x{control(r)}", r.choice([0x40, 0x40, 0x8040, 0x4040]))
            for reader in (to, server, raw):
                l.add("recvmsg", reader, f"?m:x+16:x+40:x+{r.choice([0, 10, 16, 24, 40, 64, 200])}", 0x40 | r.choice([0, 0, 2, 0x20]))
            if r.random() < 0.4:
                l.add("recvmsg", sender, "?m:x+16:x+40:x+200", 0x2040)
    return l.lines


# ---- data: over loopback, and with a peer that acknowledges as it likes
def transfers(seed, calls):
    l = List(seed)
    r = l.random
    while len(l.lines) < calls:
        l.section(f"transfers-{seed}-{len(l.lines)}")
        listening = l.listener(7000)
        if r.random() < 0.5:
            l.set(listening, 1, 8, r.choice([2000, 5000, 20000, 100000]))
        client = l.socket(STREAM)
        l.bind(client, 8000)
        if r.random() < 0.5:
            l.set(client, 1, 7, r.choice([2000, 5000, 20000, 100000]))
        if r.random() < 0.3:
            l.set(client, 6, 2, r.choice([88, 536, 1000, 9000]))
        l.connect(client, 7000)
        server = l.call("accept4", listening, 0, 0, NONBLOCK)
        ends = [client, server]
        for _ in range(14):
            fd = r.choice(ends)
            size = r.choice([1, 10, 100, 1000, 1460, 5000, 30000, 70000, 200000])
            what = r.choice("send send send recv recv peek option info queue urgent".split())
            if what == "send":
                l.add("sendto", fd, f"x+{size}", size, 0x4040 | r.choice([0, 0, 0x8000]), 0, 0)
            elif what == "urgent":
                l.add("sendto", fd, "x+3", 3, 0x4041, 0, 0)
            elif what in ("recv", "peek"):
                l.add("recvfrom", fd, f"x+{size}", size, 0x40 | r.choice([0, 0, 1, 0x20]) | (2 if what == "peek" else 0), 0, 0)
            elif what == "option":
                level, name, value = r.choice([(6, 1, 1), (6, 3, 1), (6, 3, 0), (6, 10, 3000), (1, 18, 500), (6, 12, 0), (6, 12, 1), (6, 25, 2000), (1, 10, 1), (1, 8, 4000), (1, 7, 4000)])
                l.set(fd, level, name, value)
            elif what == "info":
                l.get(fd, 6, 11, 8)
                l.get(fd, 1, r.choice([7, 8]), 4)
            for end in ends:
                l.add("poll", f"?x{{{end}}}ffff0000", 1, 0)
                l.add("ioctl", end, 0x541B, "?x" + number(0))
            l.add("ioctl", fd, 0x8905, "?x" + number(0))
        l.add("shutdown", r.choice(ends), r.choice([0, 1, 2]))
        l.add("wait", DELAYED)
        for end in ends:
            l.add("recvfrom", end, "x+300000", 300000, 0x40, 0, 0)
            l.add("sendto", end, "x+100", 100, 0x4040, 0, 0)
            look(l, end)
    return l.lines


def traffic(seed, calls):
    l = List(seed)
    r = l.random
    while len(l.lines) < calls:
        l.section(f"traffic-{seed}-{len(l.lines)}", tun=True)
        _, fd = l.accepted(options=b"\x02\x04\x05\xb4" + r.choice([b"", b"\x04\x02\1\1", b"\x04\x02\x03\x03\x07", b"\x03\x03\x02"]))
        sent, got = 1, 1001
        for _ in range(8):
            what = r.choice("send send ack ack data data gap window read".split())
            if what == "send":
                size = r.choice([1, 100, 500, 1460, 2920, 5000, 14600])
                l.add("sendto", fd, f"x+{size}", size, 0x4040 | r.choice([0, 0, 0x8000]), 0, 0)
                sent += size
            elif what == "ack":
                l.segment(".", got, r.choice([sent, sent, sent, 1, max(1, sent // 2)]), window=r.choice([65535, 65535, 2000, 500]))
            elif what in ("data", "gap"):
                size = r.choice([1, 100, 536, 1000, 1460])
                begin = got + (r.choice([1, 100, 1460, -50, -1]) if what == "gap" else 0)
                l.segment(r.choice(["P.", ".", "F."] if r.random() < 0.2 else ["P.", "."]), begin, r.choice([sent, 1]), b"z" * size)
                got += size if what == "data" else 0
                l.add("wait", DELAYED)
            elif what == "window":
                l.segment(".", got, sent, window=r.choice([0, 1, 100, 60000]))
            else:
                l.add("recvfrom", fd, "x+5000", 5000, 0x40, 0, 0)
        look(l, fd)
        l.add("recvfrom", fd, "x+9000", 9000, 0x40, 0, 0)
    return l.lines


KINDS = {"options": options, "sequences": sequences, "messages": messages, "states": states, "segments": segments, "packets": packets}
BY_THE_CLOCK = {"transfers": transfers, "traffic": traffic}  # much depends on round-trip times: differences are to be judged
