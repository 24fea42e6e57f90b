"""Two hosts for captures of real traffic, and the wire between them.

Each host is a network namespace: "a", which mostly asks, and "b", which mostly serves. Between them is a veth pair, or, where
frames are to be lost, to be late or to overtake each other, this program, in a third namespace, "middle". For root, on Linux
with tcpdump, ethtool and iproute2."""
import ctypes
import os
import select
import socket
import struct
import subprocess
import threading
import time

LIBC = ctypes.CDLL(None, use_errno=True)
OUTSIDE = open("/proc/self/ns/net")  # the machine's own network, in which this program began
PACKET_OUTGOING = 4
# What newer kernels and a machine's own settings have otherwise than Linux 6.1 as it is.
LIKE_6_1 = ("tcp_no_metrics_save=1", "tcp_congestion_control=cubic", "tcp_syn_linear_timeouts=0",
            "tcp_pingpong_thresh=3", "'tcp_rmem=4096 131072 6291456'", "'tcp_wmem=4096 16384 4194304'")


def sh(text):
    return subprocess.run(text, shell=True, check=True, capture_output=True, text=True).stdout


def pause(t=0.02):
    time.sleep(t)


def take(s, n):
    got = b""
    while len(got) < n:
        piece = s.recv(n - len(got))
        if not piece:
            break
        got += piece
    return got


def text(n, start=0):
    return bytes(33 + (start + i) % 90 for i in range(n))


def data(frame):
    """Has it a segment of TCP with data?"""
    if len(frame) < 54 or frame[12:14] != b"\x08\0" or frame[23] != 6:
        return False
    return struct.unpack("!H", frame[16:18])[0] - 20 - (frame[46] >> 4) * 4 > 0


class Middle(threading.Thread):
    """Carries frames between ma and mb as `way(frame, fromB)` says: [(seconds, frame)]; what it leaves out is lost."""
    def __init__(self, way):
        super().__init__(daemon=True)
        self.way, self.stop, self.later = way, False, []
        self.lost = []
        self.ends = []
        for name in ("ma", "mb"):
            s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
            s.bind((name, 0))
            self.ends.append(s)

    def run(self):
        n = 0
        while not self.stop:
            wait = max(0, min((t for t, *_ in self.later), default=time.monotonic() + 0.1) - time.monotonic())
            for s in select.select(self.ends, [], [], wait)[0]:
                frame, address = s.recvfrom(65536)
                if address[2] == PACKET_OUTGOING:
                    continue
                fromB = s is self.ends[1]
                ways = self.way(frame, fromB)
                if not ways:
                    self.lost.append(frame)
                for delay, f in ways:
                    n += 1
                    self.later.append((time.monotonic() + delay, n, self.ends[0 if fromB else 1], f))
            now = time.monotonic()
            for item in sorted(i for i in self.later if i[0] <= now):
                self.later.remove(item)
                item[2].send(item[3])


class Tcpdump:
    def __init__(self, namespace, path, device="eth0", options=""):
        self.p = subprocess.Popen(
            ["ip", "netns", "exec", namespace, "tcpdump", "-i", device, "-U", "--immediate-mode", "-Z", "root",
             "--time-stamp-precision=nano", *options.split(), "-w", str(path)], stderr=subprocess.PIPE, text=True)
        while "listening" not in self.p.stderr.readline():
            pass

    def end(self):
        time.sleep(0.2)
        self.p.terminate()
        self.p.wait()


class Hosts:
    """Namespaces NAME-a, NAME-b and NAME-middle; the hosts have the addresses SUBNET.1 and SUBNET.2, and MAC1 and MAC2."""
    home = "middle"  # where this program is, but for making sockets

    def __init__(self, name, subnet, mac):
        self.name, self.subnet, self.mac = name, subnet, mac
        self.a, self.b = f"{subnet}.1", f"{subnet}.2"

    def enter(self, ns):
        """This thread is in that namespace from here on; "": in the machine's own."""
        with open(f"/run/netns/{self.name}-{ns}" if ns else f"/proc/self/fd/{OUTSIDE.fileno()}") as f:
            if LIBC.setns(f.fileno(), 0x40000000):
                raise OSError(ctypes.get_errno(), "setns")

    def sock(self, ns, kind=socket.SOCK_STREAM, proto=0):
        self.enter(ns)
        s = socket.socket(socket.AF_INET, kind, proto)
        self.enter(self.home)
        s.settimeout(5)
        return s

    def listener(self, port, ns="b", backlog=8, rcvbuf=0):
        s = self.sock(ns)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if rcvbuf:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, rcvbuf)
        s.bind((self.b if ns == "b" else self.a, port))
        s.listen(backlog)
        return s

    def connected(self, port, own=0, **more):
        l = self.listener(port, **more)
        c = self.sock("a")
        if own:
            c.bind((self.a, own))
        c.connect((self.b, port))
        s, _ = l.accept()
        s.settimeout(5)
        return l, c, s

    def build(self, wire, offload=False):
        """Both hosts anew; `wire`: something lies between them."""
        self.remove()
        for ns in ("a", "b", "middle"):
            sh(f"ip netns add {self.name}-{ns}")
            sh(f"ip -n {self.name}-{ns} link set lo up")
        self.enter("middle")
        if wire:
            for ns in "ab":
                sh(f"ip link add name m{ns} type veth peer name eth0 netns {self.name}-{ns}")
                sh(f"ip link set m{ns} addrgenmode none; ip link set dev m{ns} arp off; ip link set dev m{ns} up")
        else:
            sh(f"ip -n {self.name}-a link add eth0 type veth peer name eth0 netns {self.name}-b")
        for i, ns in ((1, "a"), (2, "b")):
            sh(f"ip netns exec {self.name}-{ns} sysctl -q -w net.ipv6.conf.eth0.disable_ipv6=1")
            sh(f"ip -n {self.name}-{ns} link set eth0 address {self.mac}{i} up")
            sh(f"ip -n {self.name}-{ns} addr add {self.subnet}.{i}/24 dev eth0")
            if not offload:
                sh(f"ip netns exec {self.name}-{ns} ethtool -K eth0 tx off tso off gso off gro off sg off")
            for sysctl in LIKE_6_1:
                sh(f"ip netns exec {self.name}-{ns} sysctl -q -w net.ipv4.{sysctl}")
        if wire and not offload:
            for m in ("ma", "mb"):
                sh(f"ethtool -K {m} tx off tso off gso off gro off sg off")

    def remove(self):
        self.enter("")
        for ns in ("a", "b", "middle"):
            if os.path.exists(f"/run/netns/{self.name}-{ns}"):
                sh(f"ip netns del {self.name}-{ns}")


class CubicAllowed:
    """While it lasts, namespaces may choose cubic."""
    SETTING = "net.ipv4.tcp_allowed_congestion_control"

    def __enter__(self):
        self.before = sh(f"sysctl -n {self.SETTING}").strip()
        sh(f"sysctl -q -w {self.SETTING}='{self.before} cubic'")

    def __exit__(self, *_):
        sh(f"sysctl -q -w {self.SETTING}='{self.before}'")
