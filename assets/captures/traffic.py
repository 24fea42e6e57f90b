#!/usr/bin/env python3
"""The two programs that talk in the captures of this folder.

  traffic.py serve LOG          on 10.9.0.2: UDP and TCP servers; LOG takes what recvfrom() gave, as hex
  traffic.py talk  two-hosts    on 10.9.0.1: the long conversation
  traffic.py talk  hello-udp    on 10.9.0.1: the short one
  traffic.py ask                on 10.9.0.2: DNS-like questions to 10.9.0.1 (answered by `traffic.py answer`)
  traffic.py answer             on 10.9.0.1
  traffic.py tsv PCAP LOG       the datagrams 10.9.0.2 received, taken from the capture by tshark,
                                checked against LOG

Payloads and ports are fixed (seeded), so two runs differ only in times, IP ids and TCP sequence numbers.
"""
import collections
import random
import select
import socket
import struct
import subprocess
import sys
import time

CLIENT, SERVER = "10.9.0.1", "10.9.0.2"
ECHO, SINK, DNS, NTP, SYSLOG, BIG = 7777, 4242, 53, 123, 514, 9999
CLOSED = [9, 33434, 33435, 33436]
PAUSE = 0.002  # keeps datagrams in the order they were sent, and the receive buffers from filling


def question(ident, name):
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    return struct.pack("!6H", ident, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!2H", 1, 1)


def reply(asked, address):
    header = asked[:2] + struct.pack("!5H", 0x8180, 1, 1, 0, 0)
    record = struct.pack("!3HIH", 0xC00C, 1, 1, 300, 4) + socket.inet_aton(address)
    return header + asked[12:] + record


def udp(address, port):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((address, port))
    return sock


def serve(log_path):
    """Answers on DNS, NTP and ECHO, swallows the rest; TCP 80 answers a line with as many bytes as it asks for,
    TCP 9000 swallows an upload and answers its length."""
    log = open(log_path, "w")
    datagrams = {udp(SERVER, port): port for port in (ECHO, SINK, DNS, NTP, SYSLOG, BIG)}
    listeners = {}
    for port in (80, 9000):
        sock = socket.create_server((SERVER, port))
        listeners[sock] = port
    print("ready", flush=True)
    while True:
        for sock in select.select([*datagrams, *listeners], [], [])[0]:
            if sock in listeners:
                serve_tcp(sock.accept()[0], listeners[sock])
                continue
            data, sender = sock.recvfrom(65535)
            port = datagrams[sock]
            print(port, f"{sender[0]}:{sender[1]}", data.hex(), sep="\t", file=log, flush=True)
            if port == DNS:
                sock.sendto(reply(data, f"192.0.2.{data[1] % 250 + 1}"), sender)
            elif port == NTP:
                sock.sendto(b"\x24\x02" + data[2:], sender)
            elif port == ECHO:
                sock.sendto(b"answer to " + data, sender)


def serve_tcp(conn, port):
    if port == 80:
        want = int(conn.recv(100).split()[0])
        conn.sendall(random.Random(want).randbytes(want))
    else:
        total = 0
        while chunk := conn.recv(65536):
            total += len(chunk)
        conn.sendall(b"%d\n" % total)
    conn.close()


def tcp(source_port, port):
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((CLIENT, source_port))
    sock.connect((SERVER, port))
    return sock


def download(source_port, size):
    sock = tcp(source_port, 80)
    sock.sendall(b"%d\n" % size)
    got = 0
    while chunk := sock.recv(65536):
        got += len(chunk)
    assert got == size
    sock.close()


def upload(source_port, size):
    sock = tcp(source_port, 9000)
    sock.sendall(random.Random(size).randbytes(size))
    sock.shutdown(socket.SHUT_WR)
    assert int(sock.recv(100)) == size
    sock.close()


def ping(*options):
    subprocess.run(["ping", "-n", "-q", *options, SERVER], check=True, stdout=subprocess.DEVNULL)


def ask_port(sock, port, data, answered=True):
    sock.sendto(data, (SERVER, port))
    if answered:
        sock.settimeout(2)
        sock.recvfrom(65535)
    else:
        time.sleep(PAUSE)


def forget_neighbour(device):
    subprocess.run(["ip", "neigh", "flush", "dev", device], check=True)


def refused(source_port, port, data):
    """A datagram to a port nobody holds: the ICMP answer comes back as ECONNREFUSED."""
    sock = udp(CLIENT, source_port)
    sock.connect((SERVER, port))
    sock.settimeout(0.05)
    sock.send(data)
    try:
        sock.recv(1)
    except (ConnectionRefusedError, socket.timeout):  # ICMP errors are rate limited: some stay unanswered
        pass
    sock.close()


def talk_two_hosts():
    rng = random.Random(20)
    ping("-c", "12", "-i", "0.02")
    for size in (0, 1, 8, 16, 100, 512, 999, 1000, 1400, 1471, 1472):
        ping("-c", "3", "-i", "0.01", "-s", str(size))
    resolver = udp(CLIENT, 40053)
    for i in range(110):
        name = f"host{i}." + rng.choice(["example.org", "lists.example.net", "a.b.c.example.com"])
        ask_port(resolver, DNS, question(0x1000 + i, name))
    download(50001, 300)
    clock = udp(CLIENT, 40123)
    for i in range(20):
        ask_port(clock, NTP, b"\x23" + rng.randbytes(47))
    sink = udp(CLIENT, 44242)
    for size in (0, 1, 2, 3, 7, 8, 15, 16, 17, 18, 19, 31, 63, 64, 127, 128, 255, 256, 511, 512, 1023, 1024,
                 1471, 1472):
        ask_port(sink, SINK, rng.randbytes(size), answered=False)
    upload(50002, 20000)
    forget_neighbour("veth-a")
    for i in range(160):
        ask_port(sink, SINK, rng.randbytes(rng.randrange(0, 120)), answered=False)
    logger = udp(CLIENT, 40514)
    for i in range(60):
        line = f"<{rng.randrange(191)}>Jan  1 00:00:{i:02} client app[{rng.randrange(9999)}]: event {i} "
        line += "x" * rng.randrange(60)
        ask_port(logger, SYSLOG, line.encode(), answered=False)
    big = udp(CLIENT, 49999)
    for size in (1473, 1480, 1500, 2000, 2952, 2953, 4000, 8000):
        ask_port(big, BIG, rng.randbytes(size), answered=False)
    for i, port in enumerate(CLOSED * 3):
        refused(41000 + i, port, b"anyone there? %d" % i)
    echo = udp(CLIENT, 47777)
    for i in range(40):
        ask_port(echo, ECHO, f"hello {i}".encode())
    download(50003, 60000)
    ping("-c", "4", "-i", "0.01", "-s", "3000")
    ping("-c", "2", "-i", "0.01", "-s", "5000")
    forget_neighbour("veth-a")
    download(50004, 1)
    try:
        tcp(50005, 81)  # nobody listens: RST
    except ConnectionRefusedError:
        pass
    upload(50006, 5000)
    for i in range(100):
        ask_port(resolver, DNS, question(0x2000 + i, f"late{i}.example.org"))


def talk_hello_udp():
    ping("-c", "3", "-i", "0.2")
    echo = udp(CLIENT, 47777)
    for text in ("hello", "hello, kernel", "", "hello again " * 20, "goodbye"):
        ask_port(echo, ECHO, text.encode())
        time.sleep(0.05)
    refused(41000, 9, b"anyone there?")


def ask():
    sock = udp(SERVER, 40001)
    for i in range(12):
        sock.sendto(question(0x3000 + i, f"server-asks{i}.example.org"), (CLIENT, DNS))
        sock.settimeout(2)
        data, sender = sock.recvfrom(65535)
        print(40001, f"{sender[0]}:{sender[1]}", data.hex(), sep="\t", flush=True)


def answer():
    sock = udp(CLIENT, DNS)
    print("ready", flush=True)
    for _ in range(12):
        data, sender = sock.recvfrom(65535)
        sock.sendto(reply(data, f"192.0.2.{data[1] % 250 + 1}"), sender)


def tsv(pcap, log_path):
    fields = ["frame.number", "udp.dstport", "ip.src", "udp.srcport", "udp.length", "udp.payload"]
    out = subprocess.run(
        ["tshark", "-n", "-r", pcap, "-o", "ip.defragment:TRUE", "-Y", f"udp and not icmp and ip.dst == {SERVER}",
         "-T", "fields", *[arg for name in fields for arg in ("-e", name)]],
        check=True, capture_output=True, text=True).stdout
    got = collections.Counter(tuple(line.split("\t")) for line in open(log_path).read().splitlines())
    print("frame\tdst_port\tsrc\tlength\tstate\tpayload")
    for line in out.splitlines():
        frame, port, source, source_port, length, payload = line.split("\t")
        assert int(length) - 8 == len(payload) // 2, f"frame {frame}: tshark did not reassemble it"
        sender = f"{source}:{source_port}"
        key = (port, sender, payload)
        state = "received" if got[key] > 0 else "refused"
        assert (state == "refused") == (int(port) in CLOSED), f"frame {frame}: the server's log disagrees"
        got[key] -= 1
        print(frame, port, sender, len(payload) // 2, state, payload, sep="\t")
    assert not +got, f"in the log and not in the capture: {+got}"


if __name__ == "__main__":
    if sys.argv[1] == "talk":
        {"two-hosts": talk_two_hosts, "hello-udp": talk_hello_udp}[sys.argv[2]]()
    else:
        {"serve": serve, "ask": ask, "answer": answer, "tsv": tsv}[sys.argv[1]](*sys.argv[2:])
