#!/usr/bin/env python3
"""Makes the captures that tell a story: stories.py OUTPUT-DIRECTORY [NAME...], as root; make.sh calls it.

Each is one conversation of two hosts (network.py), captured at the end where the story happens. The comment of the file says
what to look for; the numbers of frames in it are looked up in what was captured."""
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import threading

from network import CubicAllowed, Hosts, Middle, Tcpdump, data, pause, sh, take, text

HOSTS = Hosts("swcap", "10.9.0", "02:00:0a:09:00:0")
A, B = HOSTS.a, HOSTS.b
ONE_WAY = 0.010  # seconds: the delay of the wire that loses


# ---- a page and its objects

OBJECTS = {"/": ("text/html", b"<!doctype html><link rel=stylesheet href=style.css><script src=app.js></script>\n"
                 b"<h1>A page</h1><img src=logo.svg>" + text(2000)),
           "/style.css": ("text/css", b"h1 { color: navy }\n" + text(900)),
           "/app.js": ("text/javascript", b"console.log('loaded')\n" + text(5200)),
           "/logo.svg": ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>" + text(3100))}


def head_of(stream):
    """The lines up to the empty one; "" at the end."""
    lines = []
    while (line := stream.readline()) not in (b"", b"\r\n"):
        lines.append(line.decode())
    return "".join(lines)


def serve_page(conn):
    requests = conn.makefile("rb")
    while asked := head_of(requests):
        kind, body = OBJECTS[asked.split()[1]]
        last = "Connection: close" in asked
        pause(0.003)  # it is read from a disk
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: %s\r\n\r\n"
                     % (kind.encode(), len(body), b"close" if last else b"keep-alive") + body)
        if last:
            break
    requests.close()
    conn.close()


def get(conn, path, last=False):
    conn.sendall((f"GET {path} HTTP/1.1\r\nHost: {B}\r\nUser-Agent: story/1.0\r\nAccept: */*\r\n"
                  f"Connection: {'close' if last else 'keep-alive'}\r\n\r\n").encode())
    with conn.makefile("rb") as answer:
        answer.read(int(head_of(answer).split("Content-Length: ")[1].split()[0]))


def browse(port, listener):
    conn = HOSTS.sock("a")
    conn.bind((A, port))
    conn.connect((B, 80))
    served, _ = listener.accept()
    served.settimeout(5)
    threading.Thread(target=serve_page, args=(served,)).start()
    return conn


def page_load():
    listener = HOSTS.listener(80)
    first = browse(50001, listener)
    get(first, "/")
    second = browse(50002, listener)
    script = threading.Thread(target=get, args=(second, "/app.js", True))
    script.start()
    get(first, "/style.css")
    pause()
    get(first, "/logo.svg")
    script.join()
    second.recv(1)
    second.close()
    pause(0.05)
    first.close()
    pause(0.1)


# ---- a lost segment

FILE = 36000


def serve_file(conn):
    take(conn, 11)
    pause(0.05)
    conn.sendall(text(FILE))
    conn.recv(1)
    conn.close()


def lost_segment():
    listener, client, served = HOSTS.connected(80, 50003)
    server = threading.Thread(target=serve_file, args=(served,))
    server.start()
    client.sendall(b"GET /file\r\n")
    take(client, FILE)
    pause(0.1)
    client.close()
    server.join()
    pause(0.1)


def loses_data_segment(number):
    """A wire that loses one frame of those that b sends with data, counted from 1."""
    count = 0

    def way(frame, from_b):
        nonlocal count
        if from_b and data(frame):
            count += 1
            if count == number:
                return []
        return [(ONE_WAY, frame)]
    return way


# ---- a window that is full

# With 12 bytes of options fewer it is half of the memory that it takes in a receive queue. Then kernels that measure how much
# of their memory is data (since 6.6) and those that take it for a half announce the same windows.
SEGMENT = 1030
UPLOAD = 30000


def full_window():
    # Without SACK there is no tail loss probe (tcp_schedule_loss_probe): only the full window is left to be seen.
    sh(f"ip netns exec {HOSTS.name}-a sysctl -q -w net.ipv4.tcp_sack=0")
    listener = HOSTS.listener(9000, rcvbuf=16384)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
    client = HOSTS.sock("a")
    client.bind((A, 50004))
    client.connect((B, 9000))
    served, _ = listener.accept()
    upload = threading.Thread(target=client.sendall, args=(text(UPLOAD),))
    upload.start()
    pause(1.2)  # the reader sleeps
    take(served, UPLOAD)
    upload.join()
    client.close()
    served.recv(1)
    served.close()
    pause(0.1)


# ---- ports where nobody is

def refused_port():
    try:
        client = HOSTS.sock("a")
        client.bind((A, 50005))
        client.connect((B, 81))
    except ConnectionRefusedError:
        pass
    pause(0.1)
    asks = HOSTS.sock("a", socket.SOCK_DGRAM)
    asks.bind((A, 50006))
    asks.connect((B, 161))
    asks.send(b"anyone there?")
    try:
        asks.recv(1)
    except ConnectionRefusedError:
        pass
    pause(0.1)


# ---- a fragment that is lost

def lost_fragment():
    reader = HOSTS.sock("b", socket.SOCK_DGRAM)
    reader.bind((B, 7777))
    asks = HOSTS.sock("a", socket.SOCK_DGRAM)
    asks.bind((A, 50007))
    asks.sendto(text(4000), (B, 7777))
    pause(33)  # net.ipv4.ipfrag_time, and a little
    asks.sendto(text(4000, 7), (B, 7777))
    assert reader.recv(5000) == text(4000, 7)
    reader.sendto(b"got 4000", (A, 50007))
    asks.recv(100)
    pause(0.1)


def loses_fragment(number):
    """A wire that loses one fragment of IP, counted from 1."""
    count = 0

    def way(frame, from_b):
        nonlocal count
        if frame[12:14] == b"\x08\0" and struct.unpack("!H", frame[20:22])[0] & 0x3fff:
            count += 1
            if count == number:
                return []
        return [(ONE_WAY, frame)]
    return way


# ---- the files

class Story:
    """`says` is the comment; in it {name} stands for the numbers of the frames that fit the filter of that name, and in a
    filter {seq} for the sequence number of the segment that the wire lost."""
    def __init__(self, tell, says, at="b", wire=None, **frames):
        self.tell, self.says, self.at, self.wire, self.frames = tell, says, at, wire, frames


STORIES = {
    "page-load": Story(
        page_load,
        "A page and its three objects on two connections. Frame {opened[0]} opens the first, which is kept alive for three "
        "questions; frame {opened[1]} opens the second, which its server closes after one answer (frame {closed[0]}). Look in "
        "tcp_v4_syn_recv_sock() for the socket that each of them gets, and at which end waits in TIME_WAIT.",
        opened="tcp.flags.syn == 1 && tcp.flags.ack == 0", closed="tcp.flags.fin == 1 && ip.src == " + B),
    "lost-segment": Story(
        lost_segment,
        "Frame {sent[0]} is lost on the way. Frames {sacks[0]}, {sacks[1]} and {sacks[2]} acknowledge nothing new, but tell by "
        "SACK what has come behind it: look in tcp_sacktag_write_queue() how that is marked, and in tcp_rack_detect_loss() "
        "why the third of them is enough to send the lost one again (frame {sent[1]}).",
        wire=lambda: loses_data_segment(4),
        sacks="tcp.options.sack_le && ip.dst == " + B, sent="tcp.seq_raw == {seq} && tcp.len > 0 && ip.src == " + B),
    "full-window": Story(
        full_window,
        "The reader sleeps. Up to frame {zero[0]} its window becomes smaller with each acknowledgement, and there it is 0: "
        "look in __tcp_select_window(). Frames {probes[0]} and {probes[1]} ask whether there is room, by tcp_probe_timer() of "
        "the other end; frame {opens[0]} says so, when the program reads and tcp_cleanup_rbuf() sees the room.",
        zero="tcp.window_size_value == 0 && ip.src == " + B, probes="tcp.analysis.keep_alive || tcp.analysis.zero_window_probe",
        opens="tcp.window_size_value > 0 && frame.time_relative > 1 && ip.src == " + B),
    "refused-port": Story(
        refused_port,
        "Two ports where nobody is. The SYN in frame {syn[0]} finds no socket, and tcp_v4_send_reset() answers it with RST "
        "(frame {rst[0]}); the datagram in frame {datagram[0]} finds none either, and __icmp_send() answers that the port is "
        "unreachable (frame {icmp[0]}).",
        syn="tcp.flags.syn == 1", rst="tcp.flags.reset == 1", datagram="udp && !icmp", icmp="icmp"),
    "lost-fragment": Story(
        lost_fragment,
        "Of the first datagram the middle fragment is lost. Frames {pieces[0]} and {pieces[1]} wait for it in an ipq, until "
        "ip_expire() gives them up after 30 seconds and tells the sender (frame {icmp[0]}). The second datagram comes whole "
        "(frames {pieces[2]} to {pieces[4]}), and inet_frag_reasm_finish() puts it together.",
        wire=lambda: loses_fragment(2), pieces="!icmp && (ip.flags.mf == 1 || ip.frag_offset > 0)", icmp="icmp"),
}


def frames_of(capture):
    """(nanoseconds, bytes) of each frame of a file of tcpdump."""
    data = capture.read_bytes()
    at = 24
    while at < len(data):
        seconds, nanoseconds, here, _ = struct.unpack_from("<4I", data, at)
        yield seconds * 10**9 + nanoseconds, data[at + 16:at + 16 + here]
        at += 16 + here


def numbers(capture, fits):
    """Of the frames that fit, in the words of tshark."""
    out = subprocess.run(["tshark", "-n", "-r", capture, "-Y", fits, "-T", "fields", "-e", "frame.number"], check=True,
                         capture_output=True, text=True).stdout.split()
    assert out, f"no frame fits '{fits}'"
    return out


def block(kind, body):
    size = len(body) + 12
    return struct.pack("<2I", kind, size) + body + struct.pack("<I", size)


def option(code, value):
    return struct.pack("<2H", code, len(value)) + value + bytes(-len(value) % 4)


END = struct.pack("<2H", 0, 0)


def as_pcapng(frames, mac, comment):
    """With the comment, and with the direction of each frame at the host that has this MAC."""
    out = block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1) + option(1, comment.encode()) + END)
    out += block(1, struct.pack("<HHI", 1, 0, 262144) + option(2, b"eth0") + option(9, b"\x09") + END)
    for time, frame in frames:
        head = struct.pack("<5I", 0, time >> 32, time & 0xffffffff, len(frame), len(frame))
        way = struct.pack("<I", 2 if frame[6:12] == mac else 1)
        out += block(6, head + frame + bytes(-len(frame) % 4) + option(2, way) + END)
    return out


def make(name, out):
    story = STORIES[name]
    HOSTS.build(story.wire)
    middle = Middle(story.wire()) if story.wire else None
    if middle:
        middle.start()
    with tempfile.TemporaryDirectory() as folder:
        capture = pathlib.Path(folder) / "story.pcap"
        dump = Tcpdump(f"{HOSTS.name}-{story.at}", capture)
        story.tell()
        dump.end()
        if middle:
            middle.stop = True
            middle.join()
        seq = struct.unpack_from("!I", middle.lost[0], 38)[0] if middle else 0
        known = {key: numbers(capture, fits.replace("{seq}", str(seq))) for key, fits in story.frames.items()}
        frames = list(frames_of(capture))
    says = story.says.format(**known)
    mac = bytes.fromhex(f"{HOSTS.mac}{'ab'.index(story.at) + 1}".replace(":", ""))
    (out / f"{name}.pcapng").write_bytes(as_pcapng(frames, mac, says))


def main():
    out = pathlib.Path(sys.argv[1])
    with CubicAllowed():
        try:
            for name in sys.argv[2:] or STORIES:
                make(name, out)
        finally:
            HOSTS.remove()


if __name__ == "__main__":
    main()
