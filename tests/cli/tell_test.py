#!/usr/bin/env python3
"""sockwalk tell prints what the window shows: tell_test.py PROGRAM SOURCES"""
import json
import pathlib
import subprocess
import sys
import unittest

import jsonschema

PROGRAM, SOURCES = sys.argv[1], pathlib.Path(sys.argv[2])
SOCKET = SOURCES / "lessons/03-socket/scenario.pkt"
MADE = ("--at", "sock_map_fd")  # its tcp_sock lives
# The schema of each topic's JSON is that of its reader (tests/engine/tell/schemas).
SCHEMAS = {"moment": "moment", "stimuli": "stimuli", "calls": "calls", "source": "sources", "timeline": "lanes", "objects": "objects",
           "structures": "structures", "buffers": "buffers", "packets": "packets", "tables": "tables", "happenings": "happenings", "filter": "filter",
           "eras": "eras"}


def run(*arguments):
    return subprocess.run([PROGRAM, "tell", *map(str, arguments)], capture_output=True, text=True)


class Tell(unittest.TestCase):
    def told(self, *arguments):
        r = run(*arguments)
        self.assertEqual((r.returncode, r.stderr), (0, ""), arguments)
        return r.stdout

    def refused(self, *arguments):
        r = run(*arguments)
        self.assertEqual((r.returncode, r.stdout), (2, ""), arguments)
        return r.stderr

    def test_a_step_is_told_with_its_stack(self):
        said = self.told(SOCKET, "--at", "inet_create")
        self.assertIn("inet_create(net=init_net, sock=socket #", said)
        self.assertIn("inet_create() is called with", said.splitlines()[-1])

    def test_a_link_leads_from_the_wire_to_byte_member_and_line(self):
        walk = SOURCES / "assets/walks/tcp-between-two-hosts.pkt"
        lines = self.told(walk, "link", "tcphdr.seq", "--at", "end").splitlines()
        self.assertEqual(len(lines), 4)
        self.assertIn("bytes 38 to 41 of packet", lines[0])
        self.assertIn("tcphdr.seq", lines[2])
        link = json.loads(self.told(walk, "link", "frame:39", "--at", "end", "--json"))
        self.assertEqual((link["member"], link["size"], link["wire"]["offset"]), ("tcphdr.seq", 4, 38))
        self.assertIn("wants a NAME", self.refused(walk, "link"))
        self.assertIn("no such member", self.refused(walk, "link", "tcphdr.nonsense", "--at", "end"))
        self.assertIn("has", self.refused(walk, "link", "frame:9999", "--at", "end"))

    def test_each_topic_has_lines_and_json_of_its_schema(self):
        for topic, schema in SCHEMAS.items():
            with self.subTest(topic):
                self.assertTrue(self.told(SOCKET, topic, "--at", "sock_map_fd").strip())
                value = json.loads(self.told(SOCKET, topic, "--at", "sock_map_fd", "--json"))
                form = json.loads((SOURCES / f"tests/engine/tell/schemas/{schema}.json").read_text())
                jsonschema.validate(value, form)
        source = json.loads(self.told(SOCKET, "source", "--at", "inet_create", "--json"))
        self.assertEqual(source[-1]["function"], "inet_create")

    def test_what_happened_is_told_up_to_a_step(self):
        walk = SOURCES / "assets/walks/tcp-lost-segment.pkt"
        self.assertIn("fast retransmit, cwnd 10 → 7, recovered", self.told(walk, "happenings"))
        self.assertNotIn("recovered", self.told(walk, "happenings", "--at", "tcp_enter_recovery"))

    def test_the_kin_of_a_packet_and_the_birth_of_a_socket_are_told(self):
        walk = SOURCES / "assets/walks/tcp-on-loopback.pkt"
        self.assertIn("clone, skb_clone(): fclone #", self.told(walk, "family", "--at", "tcp_v4_rcv"))
        self.assertIn("-sk→ tcp_sock #", self.told(SOCKET, "birth", "--at", "inet_create"))

    def test_the_moment_may_be_told_by_a_condition(self):
        walk = SOURCES / "assets/walks/tcp-on-loopback.pkt"
        self.assertIn("TCP_ESTABLISHED", self.told(walk, "--until", "sk_state == TCP_ESTABLISHED"))
        self.assertIn("tcp_v4_rcv(", self.told(walk, "--until", "call == tcp_v4_rcv && tcp.flags.syn == 1"))
        self.assertIn("the nearest is tcp_v4_rcv", self.refused(walk, "--until", "call == tcp_v4_rvc"))
        self.assertIn("does not happen", self.refused(walk, "--until", "call == icmp_rcv"))
        self.assertIn("two moments", self.refused(walk, "--until", "sleeps", "--at", "3"))

    def test_a_structure_is_told_whole(self):
        said = self.told(SOCKET, "structures", "tcp_sock #1", "--at", "sock_map_fd")
        self.assertIn("TCP_CLOSE", said)
        whole = json.loads(self.told(SOCKET, "structures", "tcp_sock #1", "--at", "sock_map_fd", "--json"))
        self.assertEqual(whole["size"], 2280)
        self.assertIn("tcp_sock #7", self.refused(SOCKET, "structures", "tcp_sock #7"))

    def fits(self, value, schema):
        jsonschema.validate(value, json.loads((SOURCES / f"tests/engine/tell/schemas/{schema}.json").read_text()))
        return value

    def test_a_structure_is_told_in_groups(self):
        said = self.told(SOCKET, "structures", "tcp_sock #1", "--groups", *MADE)
        themes = [line.split("  ")[0] for line in said.splitlines() if line.endswith(" members")]
        for theme in ("identity", "queues", "memory", "timers", "callbacks"):
            self.assertIn(theme, themes)
        self.assertIn("--groups", self.refused(SOCKET, "structures", "--groups"))

    def test_the_heat_of_cache_lines_is_told(self):
        self.assertIn("cache line 0, bytes 0 to 63", self.told(SOCKET, "heat", "tcp_sock #1", *MADE))
        heat = self.fits(json.loads(self.told(SOCKET, "heat", "tcp_sock #1", *MADE, "--json")), "heat")
        self.assertGreater(heat["writes"]["walk"], 0)
        self.assertIn("wants a name", self.refused(SOCKET, "heat"))

    def test_two_objects_or_two_moments_are_compared(self):
        tables = self.told(SOCKET, "compare", "inet_stream_ops", "inet_dgram_ops")
        self.assertIn("connect: inet_stream_connect", tables)
        self.assertNotIn("≠ bind", tables)
        self.assertIn("  bind: inet_bind", self.told(SOCKET, "compare", "inet_stream_ops", "inet_dgram_ops", "--all"))
        moments = json.loads(self.told(SOCKET, "compare", "socket #12", "--at", "inet_create", "--with", "sock_map_fd", "--json"))
        self.fits(moments, "compare")
        self.assertIn("sk", [member["path"] for member in moments["members"]])
        self.assertIn("no member in common", self.refused(SOCKET, "compare", "tcp_sock #1", "socket #12", *MADE))
        self.assertIn("another moment", self.refused(SOCKET, "compare", "tcp_sock #1", *MADE))
        self.assertIn("only the topic compare", self.refused(SOCKET, "heat", "tcp_sock #1", "socket #1"))
        self.assertIn("--with", self.refused(SOCKET, "compare", "tcp_sock #1", "--with", "no_such_function"))

    def test_a_value_is_found_in_all_memory(self):
        walk = SOURCES / "assets/walks/tcp-on-loopback.pkt"
        self.assertIn("inet_num", self.told(walk, "find", "8080", "--at", "tcp_v4_connect").replace("skc_num", "inet_num"))
        found = self.fits(json.loads(self.told(SOCKET, "find", "tcp_sock #1", *MADE, "--json")), "find")
        self.assertIn(("socket #12", "sk"), [(place["object"], place.get("member")) for place in found])
        self.assertIn("Nothing that lives", self.told(SOCKET, "find", "12345678"))
        self.assertIn("two digits", self.refused(SOCKET, "find", "1"))
        self.assertIn("wants a name", self.refused(SOCKET, "find"))
        full = run(SOCKET, "find", "00 00 00 00")
        self.assertEqual((full.returncode, len(full.stdout.splitlines())), (0, 1000))
        self.assertIn("the first 1000 places", full.stderr)

    def test_single_tables_are_told(self):
        ops = self.told(SOCKET, "tables", "ops", "--at", "inet_create")
        self.assertIn("[2] | AF_INET | inet_family_ops | inet_create | makes its sockets (taken)", ops)
        self.assertIn("slot | inet_stream_ops | inet_dgram_ops | inet_sockraw_ops", ops)
        self.assertNotIn("files", ops)
        self.assertIn("there is no table 'ehosh'", self.refused(SOCKET, "tables", "ehosh"))

    def test_a_lesson_is_told_by_its_stops(self):
        lesson = SOURCES / "lessons/03-socket/lesson.md"
        self.assertGreater(len(json.loads(self.told(lesson, "lesson", "--json"))), 3)
        self.assertIn("lesson.md", self.refused(SOCKET, "lesson"))

    def test_what_is_not_understood_is_said(self):
        self.assertIn("tables", self.refused(SOCKET, "tabels"))
        self.assertIn("no_such_function", self.refused(SOCKET, "--at", "no_such_function"))
        self.assertIn("ehash", self.refused(SOCKET, "tables", "tcp_sock #1"))
        self.assertIn("structures", self.refused(SOCKET, "calls", "tcp_sock #1"))
        self.assertIn("name a script", self.refused())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
