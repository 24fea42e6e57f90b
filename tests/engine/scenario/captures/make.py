#!/usr/bin/env python3
"""Makes the captures beside it anew: make.py [NAME...], as root, on Linux with tcpdump and iproute2.

Two hosts: "a" (10.8.0.1, 02:00:00:00:08:01), which mostly asks, and "b" (10.8.0.2, ...:02), which mostly serves, as
assets/captures/network.py makes them. NAME.pcap was captured at b's end; where something lies between, NAME-a.pcap and
NAME-b.pcap at either."""
import pathlib
import socket
import struct
import sys
import threading

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[3] / "assets" / "captures"))
from network import CubicAllowed, Hosts, Middle, Tcpdump, data, pause, sh, take, text  # noqa: E402

HOSTS = Hosts("relive", "10.8.0", "02:00:00:00:08:0")
A, B = HOSTS.a, HOSTS.b
sock, listener, connected = HOSTS.sock, HOSTS.listener, HOSTS.connected
LINGER0 = struct.pack("ii", 1, 0)


# ---- what the hosts do

def exchange():
    """Handshake, a question, an answer, and both close: the server first."""
    l, c, s = connected(80, 40001)
    pause()
    c.sendall(b"GET / HTTP/1.0\r\n\r\n")
    take(s, 18)
    pause(0.001)
    s.sendall(text(700))
    take(c, 700)
    pause()
    s.close()
    c.recv(1)
    pause()
    c.close()
    pause(0.1)


def talk():
    """Question and answer ten times; the client closes."""
    l, c, s = connected(7000, 40002)
    for i in range(10):
        c.sendall(text(20 + i))
        take(s, 20 + i)
        s.sendall(text(300 - 7 * i))
        take(c, 300 - 7 * i)
        pause(0.003 if i % 2 else 0.06)
    c.close()
    s.recv(1)
    pause(0.001)
    s.close()
    pause(0.1)


def download():
    """The server writes 60,000 bytes in one call."""
    l, c, s = connected(80, 40003)
    c.sendall(b"GET /file\r\n")
    take(s, 11)
    s.sendall(text(60000))
    s.close()
    take(c, 60001)
    c.close()
    pause(0.1)


def upload():
    """The client sends 60,000 bytes in writes of 5,000."""
    l, c, s = connected(80, 40004)
    t = threading.Thread(target=take, args=(s, 60001))
    t.start()
    for i in range(12):
        c.sendall(text(5000, i))
        pause(0.002)
    c.shutdown(socket.SHUT_WR)
    t.join()
    s.sendall(b"thank you\n")
    s.close()
    take(c, 11)
    c.close()
    pause(0.1)


def half_close():
    """The client shuts its side, the server answers at length, then closes."""
    l, c, s = connected(8000, 40005)
    c.sendall(b"sum this\n")
    c.shutdown(socket.SHUT_WR)
    take(s, 10)
    for i in range(5):
        pause(0.01)
        s.sendall(text(200, i))
    s.close()
    take(c, 1001)
    c.close()
    pause(0.1)


def both_close():
    """FINs that cross on the wire: both are sent before either is seen."""
    l, c, s = connected(8001, 40006)
    c.sendall(b"x")
    take(s, 1)
    pause()
    go = threading.Barrier(2)

    def end(e):
        go.wait()
        e.close()
    t = threading.Thread(target=end, args=(s,))
    t.start()
    end(c)
    t.join()
    pause(0.1)


def reset_linger():
    """The client closes with SO_LINGER 0."""
    l, c, s = connected(8002, 40007)
    c.sendall(text(100))
    take(s, 100)
    pause()
    c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER0)
    c.close()
    pause(0.1)


def reset_unread():
    """The server closes before it has read what came."""
    l, c, s = connected(8003, 40008)
    c.sendall(text(1000))
    pause()
    s.close()
    pause(0.1)


def reset_late():
    """The client goes on writing to a server that has closed."""
    l, c, s = connected(8004, 40009)
    s.close()
    pause()
    c.sendall(text(50))
    pause(0.1)


def refused():
    """Nobody listens; then somebody does."""
    for i in range(2):
        try:
            sock("a").connect((B, 9))
        except OSError:
            pass
        pause()
    l, c, s = connected(9, 40010)
    c.sendall(b"hello\n")
    take(s, 6)
    c.close()
    s.recv(1)
    s.close()
    pause(0.1)


def several():
    """Twelve connections at once, from both hosts, on three ports; one host has larger buffers, and scales more."""
    sh("ip netns exec relive-b sysctl -q -w 'net.ipv4.tcp_rmem=4096 131072 33554432'")
    all = []
    listeners = [listener(5001), listener(5002), listener(5003, "a")]
    for i in range(12):
        l = listeners[i % 3]
        c = sock("b" if i % 3 == 2 else "a")
        c.connect(l.getsockname())
        all.append((c, l.accept()[0]))
    for round in range(3):
        for i, (c, s) in enumerate(all):
            c.sendall(text(10 + i, round))
            take(s, 10 + i)
            s.sendall(text(100 * (i + 1), round))
            take(c, 100 * (i + 1))
        pause()
    for i, (c, s) in enumerate(all):
        first, second = (c, s) if i % 2 else (s, c)
        first.close()
        second.recv(1)
        second.close()
        pause(0.002)
    pause(0.1)


def zero_window():
    """The server does not read for a second; its window closes, is probed, and opens again."""
    l = listener(8005, rcvbuf=4096)
    c = sock("a")
    c.bind((A, 40011))
    c.connect((B, 8005))
    s, _ = l.accept()
    t = threading.Thread(target=c.sendall, args=(text(20000),))
    t.start()
    pause(1.2)
    take(s, 20000)
    t.join()
    c.close()
    s.recv(1)
    s.close()
    pause(0.1)


def nodelay():
    """Small writes one after the other: with Nagle's algorithm, and with TCP_NODELAY."""
    for port, own, on in ((8006, 40012, 0), (8007, 40013, 1)):
        l, c, s = connected(port, own)
        c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, on)
        for i in range(6):
            c.sendall(text(30, i))
        take(s, 180)
        c.close()
        s.recv(1)
        s.close()
        pause(0.1)


def options():
    """A host without time stamps, SACK and window scaling; a small MSS; another TTL."""
    sh("ip netns exec relive-b sysctl -q -w net.ipv4.tcp_timestamps=0 net.ipv4.tcp_sack=0 net.ipv4.ip_default_ttl=128")
    sh("ip netns exec relive-a sysctl -q -w net.ipv4.tcp_window_scaling=0")
    try:
        l = listener(8008)
        l.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 600)
        c = sock("a")
        c.bind((A, 40014))
        c.connect((B, 8008))
        s, _ = l.accept()
        c.sendall(b"question")
        take(s, 8)
        s.sendall(text(3000))
        take(c, 3000)
        c.close()
        s.recv(1)
        s.close()
        pause(0.1)
    finally:
        sh("ip netns exec relive-b sysctl -q -w net.ipv4.tcp_timestamps=1 net.ipv4.tcp_sack=1 net.ipv4.ip_default_ttl=64")
        sh("ip netns exec relive-a sysctl -q -w net.ipv4.tcp_window_scaling=1")


def ecn():
    """A client that asks for explicit congestion notification."""
    sh("ip netns exec relive-a sysctl -q -w net.ipv4.tcp_ecn=1")
    try:
        exchange()
    finally:
        sh("ip netns exec relive-a sysctl -q -w net.ipv4.tcp_ecn=2")


def udp():
    """Datagrams to and fro, one to a port where nobody is, one in fragments."""
    s = sock("b", socket.SOCK_DGRAM)
    s.bind((B, 5300))
    c = sock("a", socket.SOCK_DGRAM)
    c.bind((A, 40053))
    for i in range(4):
        c.sendto(text(30 + 100 * i, i), (B, 5300))
        s.recv(2000)
        pause(0.002)
        s.sendto(text(60 + 200 * i, i), (A, 40053))
        c.recv(2000)
        pause()
    c.sendto(b"anybody?", (B, 5301))
    pause()
    c.sendto(text(4000), (B, 5300))
    s.recv(5000)
    s.sendto(text(5000), (A, 40053))
    pause(0.1)


def ping():
    """Echo requests, small, large and in fragments, from either side."""
    sh(f"ip netns exec relive-a ping -q -c 3 -i 0.05 {B}")
    sh(f"ip netns exec relive-a ping -q -c 2 -i 0.05 -s 3000 {B}")
    sh(f"ip netns exec relive-b ping -q -c 3 -i 0.05 -s 500 {A}")
    pause(0.1)


def arp():
    """Neither host knows the other's hardware address yet."""
    for ns in "ab":
        sh(f"ip -n relive-{ns} neigh flush all")
    sh(f"ip netns exec relive-a ping -q -c 2 -i 0.05 {B}")
    for ns in "ab":
        sh(f"ip -n relive-{ns} neigh flush all")
    exchange()


def mid_stream():
    """The capture begins when the connection lives already."""
    l, c, s = connected(8009, 40015)
    c.sendall(text(500))
    take(s, 500)
    s.sendall(text(900))
    take(c, 900)
    pause()
    yield
    for i in range(3):
        c.sendall(text(100, i))
        take(s, 100)
        pause(0.002)
        s.sendall(text(400, i))
        take(c, 400)
        pause()
    c.close()
    s.recv(1)
    s.close()
    pause(0.1)


def bulk(size=40000):
    l, c, s = connected(80, 40020)
    c.sendall(b"GET /file\r\n")
    take(s, 11)
    s.sendall(text(size))
    s.close()
    take(c, size + 1)
    c.close()
    pause(0.3)


def loss():
    """Of a download, some data segments are lost."""
    bulk(60000)


def loss_tail():
    """The last data segment is lost."""
    l, c, s = connected(80, 40021)
    c.sendall(b"GET\r\n")
    take(s, 5)
    s.sendall(text(1000))
    take(c, 1000)
    pause()
    s.sendall(text(500))  # lost
    take(c, 500)
    s.close()
    c.recv(1)
    c.close()
    pause(0.3)


def loss_syn():
    """The first SYN and the first SYN-ACK are lost."""
    exchange()


def reorder():
    """Some data segments are overtaken."""
    bulk(40000)


# ---- the network

def loses(*numbers):
    """A wire that loses the frames of these numbers of those that b sends with data, counted from 1."""
    count = 0

    def way(frame, fromB):
        nonlocal count
        if fromB and data(frame):
            count += 1
            if count in numbers:
                return []
        return [(0.002, frame)]
    return way


def overtakes(*numbers):
    count = 0

    def way(frame, fromB):
        nonlocal count
        if fromB and data(frame):
            count += 1
            if count in numbers:
                return [(0.0026, frame)]
        return [(0.002, frame)]
    return way


def losesSyns():
    seen = {True: 0, False: 0}

    def way(frame, fromB):
        if len(frame) > 47 and frame[12:14] == b"\x08\0" and frame[23] == 6 and frame[47] & 2:
            seen[fromB] += 1
            if seen[fromB] == 1:
                return []
        return [(0.002, frame)]
    return way


ALL = {
    "exchange": (exchange,), "exchange-offload": (exchange, None, True), "talk": (talk,), "download": (download,),
    "download-offload": (download, None, True), "upload": (upload,), "upload-offload": (upload, None, True),
    "half-close": (half_close,), "both-close": (both_close, loses()), "reset-linger": (reset_linger,),
    "reset-unread": (reset_unread,), "reset-late": (reset_late,), "refused": (refused,), "several": (several,),
    "zero-window": (zero_window,), "nodelay": (nodelay,), "options": (options,), "ecn": (ecn,), "udp": (udp,),
    "ping": (ping,), "arp": (arp,), "mid-stream": (mid_stream,), "loss": (loss, loses(4, 9, 22)),
    "loss-tail": (loss_tail, loses(2)), "loss-syn": (loss_syn, losesSyns()), "reorder": (reorder, overtakes(5, 12)),
}


def make(name, story, wire=None, offload=False):
    """A story that yields began before its capture."""
    HOSTS.build(wire, offload)
    middle = Middle(wire) if wire else None
    if middle:
        middle.start()
    if story is not arp:
        sh(f"ip netns exec relive-a ping -q -c 1 {B}")
    before = story.__code__.co_flags & 0x20  # a generator
    steps = story() if before else None
    if steps:
        next(steps)
    places = [("a", HERE / f"{name}-a.pcap"), ("b", HERE / f"{name}-b.pcap")] if wire else [("b", HERE / f"{name}.pcap")]
    dumps = [Tcpdump(f"relive-{ns}", path) for ns, path in places]
    for _ in steps if steps else [story()]:
        pass
    for d in dumps:
        d.end()
    if middle:
        middle.stop = True
        middle.join()


def main():
    with CubicAllowed():
        for name in sys.argv[1:] or ALL:
            make(name, *ALL[name])
            made = sorted(HERE.glob(f"{name}.pcap")) + sorted(HERE.glob(f"{name}-[ab].pcap"))
            print(*(f"{p.name}: {p.stat().st_size} bytes" for p in made))
        HOSTS.remove()


if __name__ == "__main__":
    main()
