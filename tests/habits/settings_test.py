"""A setting that a person can make has an effect: whatever sysctl may be set is asked for somewhere in the kernel, and
what nothing asks for is refused (engine/scenario/sysctl_place.cpp has the list)."""
import pathlib, re, sys

ROOT = pathlib.Path(sys.argv[1])
OWN_WAYS = {  # set by names of their own, or pointers; each looked after where it is set
    "sysctl_hdr", "sysctl_local_reserved_ports", "sysctl_fastopen_key",
    # taken with a word to the person who sets it: isPassedOver() in engine/scenario/device_commands.cpp
    "sysctl_tcp_fastopen", "sysctl_tcp_fack",
}


def members():
    for table in ("netns_ipv4", "netns_core"):
        for folder in ("assets/layout", "assets/layout-more"):
            path = ROOT / folder / f"{table}.tsv"
            if path.exists():
                yield from (m for m in re.findall(r"\b(sysctl_\w+)", path.read_text()))


def asked(sources, member):
    """Is it more than written? `set(x->member, ...)` only begins it."""
    uses = len(re.findall(rf"\b{member}\b", sources))
    begun = len(re.findall(rf"\bset(?:Bytes)?\(\w+(?:->|\.)(?:ipv4\.|core\.)?{member}\b", sources))
    return uses > begun


def main():
    sources = "\n".join(p.read_text() for p in sorted((ROOT / "engine/kernel").rglob("*")) if p.suffix in (".cpp", ".h"))
    place = (ROOT / "engine/scenario/sysctl_place.cpp").read_text()
    refused = {"sysctl_" + n for n in re.findall(r'"(\w+)"', place[place.index("Unasked[]"):place.index("};", place.index("Unasked[]"))])}
    wrong = []
    for member in sorted(set(members()) - OWN_WAYS):
        if asked(sources, member) == (member in refused):
            wrong.append(f"{member}: " + ("asked for, and refused" if member in refused else "taken, and nothing asks for it"))
    wrong += [f"{m}: refused, and not there" for m in sorted(refused - set(members()))]
    print("\n".join(wrong) or "every setting has an effect or is refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
