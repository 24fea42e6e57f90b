#!/usr/bin/env python3
"""Makes tcp-*.pcap* in data/ anew: make_tcp.py [-o FOLDER] [NAME...], as root, on Linux with tcpdump, editcap, curl and
iproute2.

Captures as strangers have them: programs that know nothing of us (curl, Python's http.server), hosts with other settings,
captured at either end or by the router between them, cut off, begun too late, with frames that the capture missed or has
twice. "a" (10.8.0.1) asks, "b" (10.8.1.2) serves; between them the router "r" (10.8.0.254, 10.8.1.254)."""
import argparse
import contextlib
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "assets/captures"))
from network import Hosts, Tcpdump, pause, sh, take, text  # noqa: E402

OUT = pathlib.Path(__file__).parent / "data"
LINGER0 = struct.pack("ii", 1, 0)
TCP_REPAIR = 19


# ---- the network

class Routed(Hosts):
    """The two hosts on a subnet each; this program stays outside."""
    home = ""

    def __init__(self):
        super().__init__("relive", "10.8.0", "02:00:00:00:08:0")
        self.b = "10.8.1.2"

    def sock(self, ns):
        s = super().sock(ns)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return s


HOSTS = Routed()
A, B = HOSTS.a, HOSTS.b
sock, listener, connected = HOSTS.sock, HOSTS.listener, HOSTS.connected


def inside(ns, command):
    return sh(f"ip netns exec relive-{ns} sh -c '{command}'")


def tell(ns, **settings):
    for name, value in settings.items():
        inside(ns, f'sysctl -q -w "net.ipv4.{name}={value}"')


def build(mtu=1500):
    """Two hosts and a router, all with the settings of their kernel; `mtu`: of the link to b, at the router."""
    for ns in "arb":
        subprocess.run(f"ip netns del relive-{ns}", shell=True, capture_output=True)
        sh(f"ip netns add relive-{ns}")
        inside(ns, "ip link set lo up; sysctl -q -w net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1")
    for n, (ns, own) in enumerate((("a", A), ("b", B))):
        sh(f"ip -n relive-{ns} link add eth0 type veth peer name eth{n} netns relive-r")
        sh(f"ip -n relive-{ns} link set eth0 address 02:00:00:00:08:0{n + 1} up")
        sh(f"ip -n relive-{ns} addr add {own}/24 dev eth0")
        sh(f"ip -n relive-r link set eth{n} address 02:00:00:00:08:1{n} up")
        sh(f"ip -n relive-r addr add 10.8.{n}.254/24 dev eth{n}")
        sh(f"ip -n relive-{ns} route add default via 10.8.{n}.254")
    tell("r", ip_forward=1)
    inside("r", f"ip link set eth1 mtu {mtu}; for e in eth0 eth1; do ethtool -K $e tso off gso off gro off; done")


@contextlib.contextmanager
def web(ns="b"):
    """Python's http.server with a page of 6,000 bytes and one of 30,000."""
    with tempfile.TemporaryDirectory() as folder:
        for name, size in (("page", 6000), ("large", 30000)):
            (pathlib.Path(folder) / name).write_bytes(text(size))
        p = subprocess.Popen(["ip", "netns", "exec", f"relive-{ns}", sys.executable, "-m", "http.server", "80", "-d", folder],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while f":80 " not in inside(ns, "ss -ltn"):
            pause(0.05)
        yield
        p.terminate()
        p.wait()


def curl(*paths, more="", host=B):
    urls = " ".join(f"http://{host}/{p} -o /dev/null" for p in paths)
    return subprocess.run(f"ip netns exec relive-a curl -s -m 8 {more} {urls}", shell=True, capture_output=True).returncode


# ---- what happens

def page():
    with web():
        curl("page")


def large():
    with web():
        curl("large")


def no_sack():
    """The client's kernel has no SACK, the server's no time stamps."""
    tell("a", tcp_sack=0)
    tell("b", tcp_timestamps=0)
    page()


def tiny_window():
    """A client with a buffer of 4 kB, and no window scaling."""
    tell("a", tcp_window_scaling=0, tcp_rmem="4096 4096 4096")
    page()


def scale_zero():
    """Both offer window scaling, by nothing."""
    for ns in "ab":
        tell(ns, tcp_rmem="4096 32768 32768")
    page()


def reno():
    """Another congestion control, and ECN that both want."""
    for ns in "ab":
        tell(ns, tcp_congestion_control="reno", tcp_ecn=1)
    large()


def bbr():
    for ns in "ab":
        tell(ns, tcp_congestion_control="bbr")
    large()


def many_pages():
    """Several pages over one connection each, on ports that follow one another, and some at once."""
    with web():
        curl("page", "missing", "page")
        curl("page", "missing", "missing", more="-Z")


def keepalive():
    """Nothing is said for three seconds but "are you there"."""
    l, c, s = connected(7000)
    for option, value in ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1)):
        c.setsockopt(socket.IPPROTO_TCP, option, value)
    c.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    c.sendall(b"hello\n")
    take(s, 6)
    pause(3.3)
    c.close()
    pause(0.1)
    s.close()


def half_open():
    """The server's socket goes away without a word, as in a crash; the client goes on and is reset."""
    l, c, s = connected(7001)
    c.sendall(b"hello\n")
    take(s, 6)
    s.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    s.close()
    pause()
    c.sendall(b"still there?\n")
    pause(0.1)
    c.close()


def aborted():
    """curl is told to give up after 8 kB, with the server's data still coming."""
    with web():
        c = sock("a")
        c.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        c.connect((B, 80))
        c.sendall(b"GET /large HTTP/1.0\r\n\r\n")
        take(c, 8000)
        c.close()
        pause(0.2)


def killed():
    """The client's program is killed in the middle: ss -K resets what it had."""
    l, c, s = connected(7002)
    c.sendall(text(3000))
    take(s, 3000)
    c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER0)
    c.close()
    pause(0.1)
    with contextlib.suppress(OSError):
        s.sendall(b"answer")
    s.close()


def both_open():
    """Either side connects to the other at once, from the port that the other connects to."""
    a, b = sock("a"), sock("b")
    a.bind((A, 7003))
    b.bind((B, 7003))
    for s in (a, b):
        s.setblocking(False)
    inside("b", "sysctl -q -w net.ipv4.conf.all.arp_ignore=8")  # so the router keeps what goes to b for a while
    inside("r", "ip neigh flush dev eth1")
    for s, to in ((a, B), (b, A)):
        with contextlib.suppress(BlockingIOError):
            s.connect((to, 7003))
    pause(0.2)
    inside("b", "sysctl -q -w net.ipv4.conf.all.arp_ignore=0")
    pause(1.5)
    for s in (a, b):
        s.settimeout(3)
    a.sendall(b"from a")
    take(b, 6)
    a.close()
    pause(0.1)
    b.close()


def port_again():
    """The same two ports three times: after TIME-WAIT at the client, and after a reset."""
    l = listener(7004)
    for ends in ("client", "reset", "server"):
        c = sock("a")
        c.bind((A, 7100))
        c.connect((B, 7004))
        s, _ = l.accept()
        c.sendall(text(100))
        take(s, 100)
        if ends == "reset":
            c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER0)
        first, second = (s, c) if ends == "server" else (c, s)
        first.close()
        pause()
        second.close()
        pause(1.1)


def path_mtu():
    """A link on the way takes 600 bytes: the router says so."""
    page()


def fast_open():
    """TCP Fast Open: the second SYN has data in it."""
    for ns in "ab":
        tell(ns, tcp_fastopen=3)
    l = listener(7005)
    l.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 5)
    for i in range(2):
        c = sock("a")
        c.settimeout(None)
        c.sendto(b"early data\n", socket.MSG_FASTOPEN, (B, 7005))
        s, _ = l.accept()
        take(s, 11)
        s.sendall(b"thank you\n")
        take(c, 10)
        c.close()
        pause(0.05)
        s.close()
        pause(0.05)


def urgent():
    """A byte that is urgent, in the middle of others."""
    l, c, s = connected(7006)
    c.sendall(b"before")
    c.send(b"!", socket.MSG_OOB)
    c.sendall(b"after")
    pause()
    take(s, 11)
    s.close()
    pause()
    c.close()


def unread():
    """The server closes with what it was sent unread: a reset."""
    l, c, s = connected(7007)
    c.sendall(text(5000))
    pause()
    s.close()
    pause(0.1)
    c.close()


def late():
    """The capture begins in the middle of a download of which the half is done."""
    l, c, s = connected(7008)
    s.sendall(text(9000))
    take(c, 9000)
    yield
    s.sendall(text(9000))
    take(c, 9000)
    c.sendall(b"more\n")
    take(s, 5)
    s.close()
    take(c, 1)
    c.close()


def silence():
    """Nobody answers on one port, and one is refused; then somebody is there."""
    inside("b", "ip route add blackhole 10.8.0.1/32")
    c = sock("a")
    c.settimeout(1.5)
    with contextlib.suppress(OSError):
        c.connect((B, 7009))
    c.close()
    inside("b", "ip route del blackhole 10.8.0.1/32")
    with contextlib.suppress(OSError):
        sock("a").connect((B, 7010))
    page()


def both_ends():
    """Server and client on one host: pages, a port where nobody is, and a connection that is reset."""
    with web("a"):
        curl("page", "missing", host="127.0.0.1")
        curl("page", "missing", more="-Z", host="127.0.0.1")
        with contextlib.suppress(OSError):
            sock("a").connect(("127.0.0.1", 7011))
        c = sock("a")
        c.connect(("127.0.0.1", 80))
        c.sendall(b"GET /large HTTP/1.0\r\n\r\n")
        take(c, 1000)
        c.close()
        pause(0.1)


def bulk():
    """Three million bytes, as fast as they go; from "b" without offload, so that each segment is a frame."""
    inside("b", "ethtool -K eth0 tso off gso off gro off")
    l, c, s = connected(7012)
    t = threading.Thread(target=s.sendall, args=(bytes(3_000_000),))
    t.start()
    take(c, 3_000_000)
    t.join()
    s.close()
    c.close()


# ---- what becomes of a capture

def edited(*words):
    """A capture with editcap's hand laid on it: the numbers of frames to leave out, or options."""
    def edit(path):
        whole = path.with_suffix(".whole")
        path.rename(whole)
        options, frames = [w for w in words if str(w)[0] == "-"], [str(w) for w in words if str(w)[0] != "-"]
        sh(f"editcap -F nsecpcap {' '.join(options)} {whole} {path} {' '.join(frames)}")
        whole.unlink()
    return edit


def only(filter):
    def edit(path):
        whole = path.with_suffix(".whole")
        path.rename(whole)
        sh(f"tcpdump -r {whole} -w {path} --time-stamp-precision=nano '{filter}'")
        whole.unlink()
    return edit


# name: story, and where it is captured; more: of tcpdump, of the network, and what is done to the file.
ALL = {
    "page": (page, "a"), "page-server": (page, "b"), "large": (large, "a"), "no-sack": (no_sack, "b"),
    "tiny-window": (tiny_window, "b"), "scale-zero": (scale_zero, "a"), "reno-ecn": (reno, "b"), "bbr": (bbr, "a"),
    "many-pages": (many_pages, "b"), "keepalive": (keepalive, "a"), "half-open": (half_open, "a"),
    "aborted": (aborted, "b"), "killed": (killed, "b"), "both-open": (both_open, "a"), "port-again": (port_again, "b"),
    "path-mtu": (path_mtu, "b", {"mtu": 600}), "fast-open": (fast_open, "b"), "urgent": (urgent, "a"), "unread": (unread, "a"),
    "late": (late, "a"), "silence": (silence, "a"), "router": (page, "r"), "router-any": (many_pages, "r", {"device": "any"}),
    "any": (page, "b", {"device": "any"}), "lo": (both_ends, "a", {"device": "lo"}),
    "snapped": (page, "b", {"options": "-s 68"}), "snapped-headers": (large, "a", {"options": "-s 96"}),
    "twice": (page, "b", {"twice": True}), "bulk": (bulk, "a", {"options": "-s 90 -B 65536", "edit": "packed"}),
    "no-syn": (page, "a", {"edit": "syn"}), "no-syn-ack": (page, "b", {"edit": "synack"}),
    "holes": (large, "a", {"edit": "holes"}), "holes-server": (large, "b", {"edit": "holes"}),
    "one-way": (page, "b", {"edit": "in"}), "one-way-out": (page, "b", {"edit": "out"}),
    "port-again-no-syn": (port_again, "b", {"edit": "second-syn"}), "no-end": (page, "b", {"edit": "fin"}),
}
EDITS = {
    "syn": only("not arp and not tcp[tcpflags] == tcp-syn"), "synack": only("not tcp[tcpflags] == (tcp-syn|tcp-ack)"),
    "holes": edited(5, 8, 9, 14, 17), "in": only(f"dst host {B}"), "out": only(f"src host {B}"),
    "second-syn": edited(9), "packed": lambda path: sh(f"gzip -f -9 -n {path}"),
    "fin": only("not tcp[tcpflags] & tcp-fin != 0"),
}


def twice(path):
    """Every frame is in it twice, as a port of a switch that mirrors both ways has it."""
    data = path.read_bytes()
    out, at = bytearray(data[:24]), 24
    while at < len(data):
        length = 16 + struct.unpack_from("<I", data, at + 8)[0]
        record = data[at:at + length]
        seconds, nanoseconds = struct.unpack_from("<II", record)
        out += record + struct.pack("<II", seconds, min(nanoseconds + 9000, 999_999_999)) + record[8:]
        at += length
    path.write_bytes(out)


def make(folder, name, story, place, more={}):
    build(more.get("mtu", 1500))
    inside("a", f"ping -q -c 1 {B}")
    path = folder / f"tcp-{name}.pcap"
    steps = story() if story.__code__.co_flags & 0x20 else None  # a generator began before its capture
    if steps:
        next(steps)
    dump = Tcpdump(f"relive-{place}", path, more.get("device", "eth0"), more.get("options", ""))
    try:
        for _ in steps if steps else [story()]:
            pass
    finally:
        dump.end()
    if "edit" in more:
        EDITS[more["edit"]](path)
    if "twice" in more:
        twice(path)
    for made in folder.glob(f"tcp-{name}.pcap*"):
        print(f"{made.name}: {made.stat().st_size} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", default=OUT, type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    for name in arguments.names or ALL:
        make(arguments.o, name, *ALL[name])
    for ns in "arb":
        subprocess.run(f"ip netns del relive-{ns}", shell=True, capture_output=True)


if __name__ == "__main__":
    main()
