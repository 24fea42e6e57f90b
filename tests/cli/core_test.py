#!/usr/bin/env python3
"""A walk as gdb and drgn see it, a moment as a core file and all of it over gdb's protocol: core_test.py PROGRAM SOURCES"""
import json
import re
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCES = sys.argv[1], pathlib.Path(sys.argv[2])
WALK, TWO_HOSTS = SOURCES / "assets/walks/tcp-on-loopback.pkt", SOURCES / "assets/walks/tcp-between-two-hosts.pkt"
SOCKET, ERA26 = SOURCES / "lessons/03-socket/scenario.pkt", SOURCES / "tests/scenarios/era26_create.pkt"
GDB, DRGN = shutil.which("gdb"), shutil.which("drgn")

# Within gdb: holds the rows of `sockwalk layout` against the fields of the types, in order, and says how many it held.
COMPARE = r"""
import gdb

def tree(lines):
    top = {"children": []}
    stack = [top]
    for line in lines:
        offset, bit, bits, size, member, type = line.split("\t")
        depth = (len(member) - len(member.lstrip(" "))) // 2
        row = {"offset": int(offset), "bit": int(bit or 0), "bits": int(bits or 0), "size": int(size), "name": member.strip(), "children": []}
        del stack[depth + 1:]
        stack[-1]["children"].append(row)
        stack.append(row)
    return top["children"]

held = 0
def hold(path, rows, type, base):
    global held
    type = type.strip_typedefs()
    while type.code == gdb.TYPE_CODE_ARRAY:
        type = type.target().strip_typedefs()
    fields = type.fields()
    if len(fields) != len(rows):
        print(f"{path}: {len(fields)} members, not {len(rows)}")
    for row, field in zip(rows, fields):
        held += 1
        here = f"{path}.{row['name']}"
        seen = (field.name or "(anonymous)", field.bitpos, field.bitsize) + (() if row["bits"] else (field.type.sizeof,))
        meant = (row["name"], (row["offset"] - base) * 8 + row["bit"], row["bits"]) + (() if row["bits"] else (row["size"],))
        if seen != meant:
            print(f"{here}: {seen}, not {meant}")
        if row["children"]:
            hold(here, row["children"], field.type, row["offset"])

for table in open(TABLES).read().split("# ")[1:]:
    head, _, *lines = table.splitlines()
    words, size = head.split(",")[:2]
    name = words.split()[1] if words.startswith("typedef ") else words if words.split()[0] in ("struct", "union") else "struct " + words
    type = gdb.lookup_type(name)
    if type.sizeof != int(size.split()[0]):
        print(f"{name}: {type.sizeof} bytes, not {size}")
    hold(name, tree(lines), type, 0)
print("held", held)
"""


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)


class Core(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.dir = pathlib.Path(folder.name)

    def core(self, at, file=WALK, name="moment"):
        """Written; its path."""
        out = self.dir / f"{name}.core"
        r = run("core", file, "--at", at, "-o", out)
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        self.assertEqual(r.stdout, f"gdb {out.with_suffix('.types')} {out}\n")
        return out

    def gdb(self, *commands, core=None):
        words = [word for command in ("set pagination off", *commands) for word in ("-ex", command)]
        files = [core.with_suffix(".types"), core] if core else []
        r = subprocess.run([GDB, "-nx", "-q", "-batch", *words, *files], capture_output=True, text=True, timeout=120, cwd=SOURCES)
        self.assertEqual(r.returncode, 0, r.stderr)
        return r.stdout

    def refused(self, *words):
        r = run(*words)
        self.assertEqual((r.returncode, r.stdout), (2, ""), words)
        self.assertTrue(r.stderr.startswith("sockwalk: "), r.stderr)
        return r.stderr

    @unittest.skipUnless(GDB, "gdb is not installed")
    def test_every_member_of_every_structure_is_where_the_engine_has_it(self):
        names = [name for name in run("layout", "--list").stdout.split() if not name.startswith("2.6/")]
        tables = run("layout", *names).stdout
        (self.dir / "tables").write_text(tables)
        script = self.dir / "compare.py"
        script.write_text(f"TABLES = {str(self.dir / 'tables')!r}\n{COMPARE}")
        said = self.gdb(f"source {script}", core=self.core("start", SOCKET)).splitlines()
        members = len(tables.splitlines()) - 2 * len(names)
        self.assertGreater(members, 5000)
        self.assertEqual([line for line in said if ", not " in line], [])
        self.assertEqual(said[-1], f"held {members}")

    @unittest.skipUnless(GDB, "gdb is not installed")
    def test_gdb_shows_the_calls_with_their_lines_and_what_they_were_handed(self):
        said = self.gdb("backtrace", "output skb->len", "list", core=self.core("tcp_v4_rcv"))
        frames = re.findall(r"^#\d+ +(?:0x[0-9a-f]+ in )?(\w+) \(.*\) at (\S+)$", said, re.M)[1:]  # gdb begins with the first of them
        told = json.loads(run("tell", WALK, "source", "--at", "tcp_v4_rcv", "--json").stdout)
        self.assertEqual(frames, [(frame["function"], f"{frame['file']}:{frame['line']}") for frame in reversed(told)])
        self.assertRegex(said, r"in outside_of_any_call \(\)\n40")
        self.assertIn("KFUNC(tcp_v4_rcv, skb)", said)

    @unittest.skipUnless(GDB, "gdb is not installed")
    def test_memory_tables_objects_and_constants_are_those_of_the_moment(self):
        whole = json.loads(run("tell", WALK, "structures", "tcp_sock #1", "--at", "tcp_v4_rcv", "--json").stdout)
        said = self.gdb("p &tcp_sock_1", "p ((struct inet_protosw *)inetsw[1].next)->prot->name", "p tcp_prot.init",
                        "p ((struct sock *)&tcp_sock_1)->__sk_common.skc_state == TCP_LISTEN", "p TCP_LISTEN",
                        "p ((struct sock *)&tcp_sock_1)->__sk_common.skc_net.net", core=self.core("tcp_v4_rcv"))
        self.assertIn(f"(struct tcp_sock *) {whole['address']} <tcp_sock_1>", said)
        self.assertIn('"TCP"', said)
        self.assertIn("<tcp_v4_init_sock>", said)
        self.assertIn("= 1\n", said)
        self.assertIn("= TCP_LISTEN", said)
        self.assertIn("<init_net>", said)

    @unittest.skipUnless(GDB, "gdb is not installed")
    def test_a_task_that_sleeps_is_a_thread(self):
        said = self.gdb("info threads", "thread apply all backtrace", core=self.core("tcp_v4_rcv", TWO_HOSTS))
        self.assertIn("outside_of_any_call", said)
        self.assertRegex(said, r"LWP 10\d .*schedule")

    @unittest.skipUnless(DRGN, "drgn is not installed")
    def test_drgn_reads_types_variables_and_memory(self):
        core = self.core("tcp_v4_rcv", name="drgn")
        script = self.dir / "ask.py"
        script.write_text("print(prog['tcp_prot'].name.string_().decode(), prog['init_net'].loopback_dev.name.string_().decode(),\n"
                          "      prog['tcp_sock_1'].inet_conn.icsk_inet.sk.__sk_common.skc_state.value_(),\n"
                          "      len(list(prog.threads())), prog.type('struct tcp_sock').size)\n")
        r = subprocess.run([DRGN, "-q", "-c", core, "-s", core.with_suffix(".types"), script], capture_output=True, text=True)
        self.assertEqual((r.returncode, r.stdout), (0, "TCP lo 10 1 2280\n"), r.stderr)

    def test_the_same_moment_gives_the_same_files(self):
        def both(folder):
            (self.dir / folder).mkdir()
            core = self.core("inet_create", SOCKET, f"{folder}/moment")
            return core.read_bytes(), core.with_suffix(".types").read_bytes()
        self.assertTrue(both("one") == both("two"))

    def test_bad_input_is_told(self):
        out = self.dir / "bad.core"
        self.assertIn("name a script", self.refused("core"))
        self.assertIn("-o OUT is missing", self.refused("core", SOCKET))
        self.assertIn("--at: ", self.refused("core", SOCKET, "--at", "no_such_function", "-o", out))
        self.assertIn("no/such/bad.types: cannot be written", self.refused("core", SOCKET, "-o", self.dir / "no/such/bad.core"))
        self.assertIn("give the core another", self.refused("core", SOCKET, "-o", self.dir / "bad.types"))
        self.assertIn("this walk is of 2.6", self.refused("core", ERA26, "-o", out))
        self.assertIn("this walk is of 2.6", self.refused("gdbserver", ERA26, "--port", "0"))
        self.assertIn("--at: ", self.refused("gdbserver", SOCKET, "--at", "no_such_function", "--port", "0"))
        self.assertIn("a number from 0 to 65535", self.refused("gdbserver", SOCKET, "--port", "70000"))
        self.assertEqual(list(self.dir.glob("bad*")), [])

    # ---- gdbserver
    def remote(self, *commands):
        return self.gdb(f"target remote | {PROGRAM} gdbserver {WALK}", *commands)

    @unittest.skipUnless(GDB, "gdb is not installed")
    def test_gdb_goes_back_to_whoever_wrote_a_member(self):
        said = self.remote("break tcp_set_state if state == TCP_ESTABLISHED", "continue", "watch -l sk->__sk_common.skc_state",
                           "reverse-continue", "backtrace 2", "reverse-continue", "reverse-continue", "continue")
        self.assertIn("tcp_set_state (sk=0xffff8880", said)
        self.assertRegex(said, r"Old value = 2 .*\nNew value = 7 .*\ninet_sk_state_store \(sk=0x[0-9a-f]+, newstate=2\)")
        self.assertIn("#1 ", said)

    @unittest.skipUnless(GDB, "gdb is not installed")
    def test_gdb_steps_over_and_out_both_ways(self):
        said = self.remote("break tcp_v4_connect", "continue", "next", "reverse-next", "finish", "info threads", "delete", "continue",
                           "reverse-continue")
        self.assertIn("Breakpoint 1, tcp_v4_connect (sk=0x", said)
        self.assertIn("Value returned is $1 = 0", said)
        self.assertEqual(said.count("No more reverse-execution history."), 2)

    def test_what_is_no_packet_of_gdb_does_no_harm(self):
        def packet(text):
            return f"${text}#{sum(text.encode()) % 256:02x}"
        odd = ["", "m", "mffffffffffffffff,ffffffffffffffff", "m,", "vFile:", "vFile:pread:5", "vFile:pread:5,ffff,ffffffffffffffff", "Z",
               "Z9,1,1", "Z2,ffffffffffffffff,ffffffff", "c", "bc", "qXfer:exec-file:read:", "qXfer:features:read:target.xml:zz,-1", "X1,2:\0"]
        said = subprocess.run([PROGRAM, "gdbserver", SOCKET], input="+++\3$m#00noise" + "".join(map(packet, odd)), capture_output=True,
                              text=True, timeout=60)
        self.assertEqual((said.returncode, said.stderr), (0, ""))
        self.assertEqual(len(re.findall(r"\+\$[^#]*#[0-9a-f]{2}", said.stdout)), len(odd))
        self.assertEqual(said.stdout.count("-"), 1)  # the one with a wrong sum

    @unittest.skipUnless(GDB, "gdb is not installed")
    def test_gdb_comes_by_a_port_as_well(self):
        server = subprocess.Popen([PROGRAM, "gdbserver", SOCKET, "--port", "0", "--at", "inet_create"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.kill)
        port = re.search(r"target remote :(\d+)", server.stdout.readline())[1]
        said = self.gdb(f"target remote :{port}", "output protocol", "set var protocol = 7", "output 42")  # nothing is written
        self.assertRegex(said, r"inet_create \(net=.* <init_net>, sock=0x.*, protocol=0, .*\n.*\n042")
        self.assertEqual(server.wait(20), 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
