#!/usr/bin/env python3
"""How the project fares with files that others keep: tcpdump_files.py PLAY_CAPTURES FOLDER

Plays every *.pcap* under FOLDER with the program PLAY_CAPTURES (build/dev/tests/captures/play_captures), and counts: those
that hold an IPv4 or ARP frame on a link type that can be played (as tcpdump sees them), how many of these play, and all
that crash, hang, or leave nothing to see without a word. Meant for https://github.com/the-tcpdump-group/tcpdump, tests/.
Exit code: 0 if every such file plays and none does harm."""
import json
import pathlib
import re
import subprocess
import sys

LINKS = {"EN10MB", "LINUX_SLL", "LINUX_SLL2", "RAW", "IPV4", "NULL", "LOOP", "PPP", "PPP_SERIAL", "PPP_ETHER"}
FILTER = "ip or arp or (vlan and (ip or arp)) or (vlan and (ip or arp))"
SECONDS = 120


def concerns_us(path):
    """Has it an IPv4 or ARP frame on one of these links?"""
    for what in (FILTER, "ip or arp", "ip"):
        run = subprocess.run(["tcpdump", "-nt", "-c", "1", "-r", path, what], capture_output=True, text=True, timeout=60,
                             errors="replace")
        link = re.search(r"link-type (\w+)", run.stderr)
        if link and link[1] not in LINKS:
            return False
        if run.stdout.strip():
            return True
        if "unsupported" not in run.stderr and "not supported" not in run.stderr and run.returncode == 0:
            return False
    return False


def play(program, path):
    try:
        run = subprocess.run([program, path], capture_output=True, text=True, timeout=SECONDS, errors="replace")
    except subprocess.TimeoutExpired:
        return "hang", ""
    if run.returncode:
        return "crash", f"exit {run.returncode} {run.stderr[-300:]}"
    said = json.loads(run.stdout)
    if said["panic"]:
        return "crash", said["panic"]
    if said["error"]:
        return "refused", said["error"].split(": ", 1)[-1]
    if said["stimuli"]:
        return "played", " | ".join(said["failures"])
    return ("said" if said["notices"] else "silent"), " | ".join(said["notices"])


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    counts, ours, bad = {}, 0, 0
    for path in sorted(folder.rglob("*.pcap*")):
        outcome, why = play(program, str(path))
        counts[outcome] = counts.get(outcome, 0) + 1
        mine = concerns_us(str(path))
        ours += mine
        if outcome in ("crash", "hang", "silent") or (mine and outcome != "played") or (outcome == "played" and why):
            bad += 1
            print(f"{outcome:8} {'*' if mine else ' '} {path.name}: {why}")
        if mine:
            counts["ours " + outcome] = counts.get("ours " + outcome, 0) + 1
        elif outcome == "played":
            counts["others played"] = counts.get("others played", 0) + 1
    print(f"{ours} files hold IPv4 or ARP on these links:", counts)
    return 1 if bad else 0


sys.exit(main())
