#!/usr/bin/env python3
"""Segments of three connections as chance would have them, for golden.py: random_segments.py SEED COUNT > random-SEED.pcap

After their handshakes both ends send new data, repeat old data, leave holes, shut their windows, probe, keep alive, say
the same acknowledgement again and fill the other's window, at intervals from 0.1 ms to 0.3 s. Frames are cut to 98 bytes."""
import random
import struct
import sys

SYN, ACK, PSH, FIN = 2, 16, 8, 1
SNAP = 98


class End:
    def __init__(self, chance, address, port, scale):
        self.address, self.port, self.scale = address, port, scale
        self.next, self.ack, self.window = chance.randrange(1 << 32), 0, 500

    def syn_options(self):
        return b"" if self.scale is None else bytes([3, 3, self.scale, 1])


def segment(source, target, sequence, flags, length=0, options=b"", window=None):
    header = struct.pack("!HHIIBBHHH", source.port, target.port, sequence & 0xFFFFFFFF,
                         source.ack & 0xFFFFFFFF, (20 + len(options)) // 4 << 4, flags,
                         source.window if window is None else window, 0, 0)
    body = header + options + b"x" * length
    ip = struct.pack("!BBHHHBBHII", 0x45, 0, 20 + len(body), 0, 0, 64, 6, 0, source.address, target.address)
    return bytes.fromhex("0200000000010200000000020800") + ip + body


class Connection:
    def __init__(self, chance, port):
        scales = chance.choice([(None, None), (2, 7), (0, 0), (7, 3)])
        self.chance, self.opened = chance, 0
        self.ends = [End(chance, 0x0A000001, port, scales[0]), End(chance, 0x0A000002, 80, scales[1])]

    def handshake(self):
        client, server = self.ends
        self.opened += 1
        if self.opened == 1:
            client.next += 1
            return segment(client, server, client.next - 1, SYN, options=client.syn_options())
        if self.opened == 2:
            server.ack = client.next
            server.next += 1
            return segment(server, client, server.next - 1, SYN | ACK, options=server.syn_options())
        client.ack = server.next
        return segment(client, server, client.next, ACK)

    def new_data(self, me, other, length, gap=0):
        me.next += gap + length
        return segment(me, other, me.next - length, ACK | PSH, length)

    def fill_window(self, me, other):
        room = other.ack + (other.window << (other.scale or 0)) - me.next
        return self.new_data(me, other, room) if 0 < room < 1400 else segment(me, other, me.next, ACK)

    def acknowledge(self, me, other):
        me.ack = other.next
        return segment(me, other, me.next, ACK)

    def another_window(self, me, other):
        me.window = self.chance.choice([0, 0, 1, 100, 500, 1000])
        return segment(me, other, me.next, ACK)

    def step(self):
        if self.opened < 3:
            return self.handshake()
        chance = self.chance
        me, other = chance.sample(self.ends, 2)
        return chance.choices([
            lambda: self.new_data(me, other, chance.choice([1, 2, 100, 1000])),
            lambda: self.acknowledge(me, other),
            lambda: segment(me, other, me.next, ACK),
            lambda: segment(me, other, me.next - chance.choice([1, 2, 100, 1000, 2000]), ACK, chance.choice([1, 100, 1000])),
            lambda: self.new_data(me, other, 100, gap=chance.choice([50, 100])),
            lambda: self.another_window(me, other),
            lambda: segment(me, other, me.next - 1, ACK, chance.choice([0, 1])),
            lambda: segment(me, other, me.next, ACK, 1),
            lambda: self.fill_window(me, other),
            lambda: segment(me, other, other.ack, ACK, 100),
        ], weights=[25, 18, 12, 6, 4, 6, 6, 6, 4, 8])[0]()


def main(seed, count):
    chance = random.Random(int(seed))
    connections = [Connection(chance, 40000 + n) for n in range(3)]
    out, time = sys.stdout.buffer, 1000.0
    out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, SNAP, 1))
    for _ in range(int(count)):
        time += chance.choice([0.0001, 0.001, 0.005, 0.03, 0.3])
        frame = chance.choice(connections).step()
        kept = frame[:SNAP]
        out.write(struct.pack("<IIII", int(time), int(time % 1 * 1e6), len(kept), len(frame)) + kept)


if __name__ == "__main__":
    main(*sys.argv[1:])
