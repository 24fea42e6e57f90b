"""Reads two players' answers to one list and says where they differ, without what chance decides: first sequence numbers,
ephemeral ports, cookies, the clock."""
import collections, errno, re, struct

LINE = re.compile(r"(\d+)([:<!]) (.*)")
BY_CHANCE = {(1, 57), (1, 71), (1, 56), (6, 24), (6, 21)}  # options: their values only, not their lengths
TCP_INFO_KNOWN = 8  # bytes of TCP_INFO that are no times


def read(text):
    """Of each line of the list: its result, the packets that left, the reasons of what was dropped."""
    lines = collections.defaultdict(lambda: {":": [], "<": [], "!": []})
    for line in text.splitlines():
        if m := LINE.match(line):
            lines[int(m[1])][m[2]].append(m[3])
    return lines


def result(call, said):
    value, *memory = said.split(" ")
    if value.startswith("-") and int(value) > -4096:
        value = errno.errorcode.get(-int(value), value)
    words = call.split()
    if "getsockopt" in words:
        at = words.index("getsockopt")
        option = tuple(int(w) for w in words[at + 2: at + 4])
        if option in BY_CHANCE and value == "0":
            memory[0] = "?" * len(memory[0])
        if option == (6, 11) and memory:  # the state, the options: in between stand what timers count
            memory[0] = memory[0][:2] + "*" * 8 + memory[0][10: 2 * TCP_INFO_KNOWN]
    if "ioctl" in words and words[2] == "35078" and memory:  # SIOCGSTAMP
        memory[0] = "?"
    if "poll" in words and memory:
        memory[0] = memory[0][8:]  # a descriptor is a number of its own
    return " ".join([value] + [plain(m) for m in memory])


def plain(memory):
    """Without an ephemeral port of an address, and without the identification of a packet that a raw socket read."""
    if re.match(r"4[5-9a-f][0-9a-f]{8}", memory):  # nor the sums that follow from it, nor the ports of UDP
        if memory[40:42] == "44":  # a time stamp option
            memory = memory[:40] + "*" * 80
        return memory[:8] + "****" + memory[12:20] + "****" + memory[24:40] + "*" * len(memory[40:56]) + memory[56:]
    if re.match(r"0200[0-9a-f]{28}$", memory) and int(memory[4:8], 16) >= 32768:
        return memory[:4] + "port" + memory[8:]
    return memory


class Packets:
    """Says packets so that two runs can be compared: TCP's numbers count from each port's first."""

    def __init__(self):
        self.first, self.sent, self.again = {}, {}, False

    def new(self, packets, injected):
        """As they are said; what a timer sends again, sooner or later, only where it answers a segment."""
        said = [(self.say(p), self.again) for p in packets]
        return [s for s, again in said if injected or not again]

    def say(self, text):
        b = bytes.fromhex(text)
        head = (b[0] & 15) * 4
        self.again = False
        said = f"len={struct.unpack('>H', b[2:4])[0]} tos={b[1]} frag={b[6:8].hex()} ttl={b[8]} {ip(b[12:16])}>{ip(b[16:20])}"
        if head > 20:
            said += f" options={ip_options(b[20:head])}"
        if b[9] == 6 and len(b) >= head + 20:
            return said + self.tcp(b[head:])
        rest = bytearray(b[head:])
        if b[9] == 17:
            rest[6:8] = b"\0\0"  # may be left to the device
        if b[9] == 1:
            rest[2:4] = b"\0\0"
            if rest and rest[0] in (3, 5, 11, 12):  # quotes a packet: its identification and numbers
                rest = rest[:8] + rest[8:12] + b"\0\0" + rest[14:18] + b"\0\0" + rest[20:28]
        return said + f" proto={b[9]} {bytes(rest).hex()}"

    def tcp(self, t):
        source, to, seq, ack = struct.unpack(">HHII", t[:12])
        if t[13] & 2:
            self.first[source, to] = self.first[source] = seq
        base = self.first.get((source, to), self.first.get(source))  # a segment of another port counts as the lists do
        if seq and base is not None:  # a reset may have no number of its own
            seq = seq - base & 0xFFFFFFFF
        end = (t[12] >> 4) * 4
        behind = seq + (len(t) - end) + bin(t[13] & 3).count("1")
        self.again = bool(behind > seq) and behind <= self.sent.get((source, to), -1)
        self.sent[source, to] = max(behind, self.sent.get((source, to), -1))
        return (f" {source}>{to} flags={t[13]:02x} seq={seq} ack={ack} win={struct.unpack('>H', t[14:16])[0]} urg={t[18:20].hex()}"
                f" options={self.options(t[20:end])} data={len(t) - end}")

    @staticmethod
    def options(o):
        said, i = [], 0
        while i < len(o):
            size = 1 if o[i] < 2 else max(o[i + 1], 2) if i + 1 < len(o) else 1
            said.append("ts" if o[i] == 8 else o[i: i + size].hex())
            i += size
        return ",".join(said)


def ip_options(o):
    return o.hex() if 68 not in o else "with a time"


def ip(four):
    return ".".join(map(str, four))


def heard(drops, injected):
    """What a closed socket had in its queues goes when its readers are through (RCU), sooner or later: only what comes of
    an arriving packet is compared."""
    return [d for d in drops if injected or d != "NOT_SPECIFIED"]


def differences(listing, recorded, ours, every=False):
    """One sentence a difference; of a section the first only, since the others may follow from it."""
    theirs, mine = read(recorded), read(ours)
    found, section, spoilt = [], "", False
    a, b = Packets(), Packets()
    for number, call in enumerate(listing.splitlines(), 1):
        if call.startswith("section "):
            section, spoilt = call[8:], False
            a, b = Packets(), Packets()
            continue
        x, y = theirs[number], mine[number]
        said = []
        injected = call.startswith("inject")
        for title, left, right in (("", [result(call, s) for s in x[":"]], [result(call, s) for s in y[":"]]),
                                   ("sends ", a.new(x["<"], injected), b.new(y["<"], injected)), ("drops ", heard(x["!"], injected), heard(y["!"], injected))):
            if left != right:
                said.append(f"{title}kernel {' | '.join(left) or '-'}; engine {' | '.join(right) or '-'}")
        if said and (not spoilt or every or section.startswith("options")):
            found.append(f"{section} {number}: {call}: " + "; ".join(said))
            spoilt = True
    return found
