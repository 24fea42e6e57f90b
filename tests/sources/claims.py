"""Reads claims.md, and holds what a command says against what a check expects of it."""
import dataclasses, difflib, html, pathlib, re, shlex, subprocess, tempfile

HEADING = re.compile(r"^## (?P<number>\d+) · (?P<articles>[0-4](?: [0-4])*) · (?P<claim>.+)$")
SIGNS = ("& ", "! ")  # anywhere, nowhere


@dataclasses.dataclass
class Expected:
    """A line of output, and the lines that stand inside of it: deeper, before the next one of its own depth."""
    text: str
    inside: list = dataclasses.field(default_factory=list)

    def __post_init__(self):
        parts = [r"\s+".join(map(re.escape, part.split())) for part in self.text.split("...")]
        ends = [r"(?<!\w)" if self.text[:1].isalnum() or self.text[:1] == "_" else "",
                r"(?!\w)" if self.text[-1:].isalnum() or self.text[-1:] == "_" else ""]
        self.pattern = re.compile(ends[0] + r".*?".join(parts) + ends[1])


@dataclasses.dataclass
class Check:
    command: str
    ordered: list = dataclasses.field(default_factory=list)
    anywhere: list = dataclasses.field(default_factory=list)
    nowhere: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Claim:
    number: int
    articles: str
    claim: str
    open: str = ""  # what is missing
    checks: list = dataclasses.field(default_factory=list)
    open_checks: list = dataclasses.field(default_factory=list)  # of what is missing: they must fail


def read(text):
    claims, checks, stack = [], [], []
    for line in text.splitlines():
        heading = HEADING.match(line)
        if heading:
            claims.append(Claim(int(heading["number"]), heading["articles"], heading["claim"]))
            checks = claims[-1].checks
        elif line.startswith("open: ") and claims:
            claims[-1].open = line[len("open: "):]
            checks = claims[-1].open_checks
        elif line.startswith("    $ ") and claims:
            checks.append(Check(line[6:]))
            stack = [(-1, checks[-1].ordered)]
        elif line.startswith("    ") and checks:
            add(checks[-1], stack, line[4:])
        elif line.strip() and claims:
            raise ValueError(f"claim {claims[-1].number}: what is this? {line}")
    return claims


def add(check, stack, line):
    text, depth = line.strip(), len(line) - len(line.lstrip())
    if text.startswith(SIGNS):
        (check.anywhere if text[0] == "&" else check.nowhere).append(Expected(text[2:]))
        return
    while stack[-1][0] >= depth:
        stack.pop()
    stack[-1][1].append(Expected(text))
    stack.append((depth, stack[-1][1][-1].inside))


def block_end(lines, at):
    depth = lambda line: len(line) - len(line.lstrip())
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or depth(lines[end]) > depth(lines[at])):
        end += 1
    return end


def find(wanted, lines, begin, end):
    """The line behind the last of those wanted, and the first that is not there."""
    for one in wanted:
        missing = one
        for at in range(begin, end):
            if not one.pattern.search(lines[at]):
                continue
            missing = find(one.inside, lines, at + 1, block_end(lines, at))[1] if one.inside else None
            if missing is None:
                begin = at + 1
                break
        if missing is not None:
            return begin, missing
    return begin, None


def judge(check, output):
    """What is wrong with this output; nothing if it is as expected."""
    lines = output.splitlines()
    wrong = []
    begin, missing = find(check.ordered, lines, 0, len(lines))
    if missing is not None:
        there = any(missing.pattern.search(line) for line in lines)
        wrong.append(f"not {'where' if there else 'there, though'} it is expected: {missing.text}\n"
                     f"      looked for from line {begin + 1} on; alike: {alike(missing, lines)}")
    wrong += [f"nowhere: {one.text}\n      alike: {alike(one, lines)}"
              for one in check.anywhere if not any(one.pattern.search(line) for line in lines)]
    wrong += [f"should not be there: {one.text}" for one in check.nowhere if any(one.pattern.search(line) for line in lines)]
    return wrong


def alike(expected, lines):
    close = difflib.get_close_matches(expected.text, [line.strip() for line in lines[:20000]], 2, 0.4)
    return " / ".join(close) or "nothing"


def words_of(picture):
    """The words of an SVG, an HTML page: one line a piece of text, in the order in which they are written."""
    text = picture.read_text(encoding="utf-8")
    pieces = re.findall(r"<text.*?</text>", text, re.S) if picture.suffix == ".svg" else \
        re.split(r"<(?:br|/?p|/?h\d|/?li|/?td|/?tr|/?div|/?pre)\b[^>]*>", text)
    return "\n".join(html.unescape(re.sub(r"<[^>]+>", "", piece)).strip().replace("\n", " ") for piece in pieces)


def run(program, sources, command):
    """What it prints, with the words of the file that it writes to OUT.svg or OUT.html; and, if it fails, why."""
    with tempfile.TemporaryDirectory() as folder:
        words = [str(pathlib.Path(folder) / word) if word.startswith("OUT.") else word for word in shlex.split(command)]
        r = subprocess.run([program, *words], capture_output=True, text=True, cwd=sources, timeout=240)
        written = "".join("\n" + words_of(file) for file in sorted(pathlib.Path(folder).iterdir()))
        return r.stdout + written, r.returncode and f"exit code {r.returncode}: {r.stderr.strip()[:400]}"
