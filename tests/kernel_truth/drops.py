"""Takes the kernel's drop reasons (tracepoint skb:kfree_skb) out of a recording's console log: one table per case that has any."""
import pathlib, re, sys

DROP = re.compile(r"kfree_skb: skbaddr=\S+ protocol=(\d+) location=\S+ reason: (\w+)")


def main(raw, out):
    case, rows = None, []
    for line in open(raw, errors="replace"):
        if m := re.match(r"@@CASE (\S+)", line):
            case, rows = m.group(1), []
        elif line.startswith("@@END") and rows:
            folder = pathlib.Path(out) / "drops"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{case}.tsv").write_text("protocol\treason\n" + "".join(f"0x{int(p):04x}\t{r}\n" for p, r in rows))
        elif case and (m := DROP.search(line)):
            rows.append(m.groups())


if __name__ == "__main__":
    main(*sys.argv[1:])
