#!/usr/bin/env python3
"""Holds what the program shows against what its sources say: sources_test.py PROGRAM SOURCES NUMBER..., or all without numbers"""
import pathlib
import sys

import claims


def wrong_with(claim, program, sources):
    wrong = []
    for check in claim.checks:
        output, failure = claims.run(program, sources, check.command)
        wrong += [f"  $ sockwalk {check.command}\n    {what}" for what in ([failure] if failure else claims.judge(check, output))]
    for check in claim.open_checks:  # what is missing may be there although the script expects another result
        output, _ = claims.run(program, sources, check.command)
        if not claims.judge(check, output):
            wrong.append(f"  $ sockwalk {check.command}\n    holds now, though the claim is said to be open: take 'open:' away")
    return wrong


def main():
    program, sources = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    numbers = {int(number) for number in sys.argv[3:]}
    failed = 0
    for claim in claims.read((pathlib.Path(__file__).parent / "claims.md").read_text(encoding="utf-8")):
        if numbers and claim.number not in numbers:
            continue
        wrong = wrong_with(claim, program, sources)
        failed += bool(wrong)
        if wrong:
            print(f"claim {claim.number}: {claim.claim}", *wrong, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
