#!/usr/bin/env python3
"""What tshark says of the TCP segments of some captures: golden.py SOURCES > golden.tsv

For each segment: capture, frame, stream, scaled window, names of tcp.analysis.*. tcp_analysis_test.cpp holds ours against
it; made with TShark 4.0.17. walks.pcap has what left and came in scenarios of tests/scenarios (sockwalk export, cut to 98
bytes); random-SEED.pcap are of random_segments.py."""
import pathlib
import subprocess
import sys

NAMES = (
    "retransmission fast_retransmission spurious_retransmission duplicate_ack out_of_order lost_segment "
    "ack_lost_segment keep_alive keep_alive_ack zero_window zero_window_probe zero_window_probe_ack window_update "
    "window_full reused_ports"
).split()


def segments(capture):
    fields = ["frame.number", "tcp.stream", "tcp.window_size", *("tcp.analysis." + name for name in NAMES)]
    command = ["tshark", "-n", "-r", capture, "-Y", "tcp && !icmp", "-T", "fields", "-E", "separator=/t"]
    for field in fields:
        command += ["-e", field]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        number, stream, window, *said = line.split("\t")
        yield number, stream, window, ",".join(name for name, there in zip(NAMES, said) if there)


def main(sources):
    sources = pathlib.Path(sources)
    here = sources / "tests/engine/tell/packets/tcp_analysis"
    for capture in [*sorted((sources / "tests/engine/scenario/captures").glob("*.pcap")), *sorted(here.glob("*.pcap"))]:
        for row in segments(capture):
            print(capture.relative_to(sources), *row, sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
