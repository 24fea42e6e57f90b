"""What the engine can say to a person, gathered from its sources: the literals of say() and of what hands its words to
it, the sentences of the notes, what functions leave out (SIMPLIFIED), and the errors. `update` puts them into the catalogues beside
what lupdate finds, and tests/translations holds the catalogues against them."""
import ast
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
LITERALS = rf"{LITERAL}(?:\s*{LITERAL})*"
ANY_LITERAL = re.compile(rf"{LITERAL}|'(?:[^'\\\n]|\\.)'")

# Functions that say their words, and which of their arguments are words. A negative number counts from the end.
CALLS = {"say": [0], "Words": [0], "TableWords": [0], "counted": [0, 1], "bucketSummary": [0, 1], "onceOrMore": [-1], "misuse": [1],
         "listed": [1]}
# Tables of words: where a literal of this file is one.
TABLES = {
    "engine/tell/lessons/lesson_language.cpp": rf"(?:true|false), \{{({LITERALS})\}}",
    "engine/tell/moves.cpp": rf"constexpr const char\* \w+ = ({LITERALS})",
    "engine/tell/segments.cpp": rf"\bmark\([\w:]+, ({LITERALS})\)",
    "engine/tell/packets/packet_comparison.cpp": rf'\{{"[a-z.]+",\s*({LITERALS})\}}',
    "engine/tell/packets/packet_names.cpp": rf"Type::\w+,\s*({LITERALS})",
    "engine/tell/until/moment_names.cpp": rf"Type::\w+,\s*({LITERALS})",
}


def text_of(literals):
    return "".join(ast.literal_eval(one) for one in re.findall(LITERAL, literals))


def without_comments(source):
    """Literals stay; a comment goes, and a raw string: it is help."""
    source = re.sub(r'R"\(.*?\)"', '""', source, flags=re.S)
    return re.sub(rf"({LITERAL})|//[^\n]*", lambda m: m.group(1) or "", source)


def signs(source, at=0):
    """Each character that stands in no literal, and where."""
    while at < len(source):
        if literal := ANY_LITERAL.match(source, at):
            at = literal.end()
        else:
            yield at, source[at]
            at += 1


def arguments(source, start):
    """Those of the call whose bracket opens before `start`."""
    out, depth, begin = [], 0, start
    for at, char in signs(source, start):
        if char in ")]}" and depth == 0:
            return out + [source[begin:at]]
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            out.append(source[begin:at])
            begin = at + 1
    return out


def words_in(argument):
    """The literals of an argument: one, or the two between which `? :` chooses. None if it is something else."""
    argument = argument.strip()
    if re.fullmatch(LITERALS, argument):
        return [text_of(argument)]
    if chosen := re.fullmatch(rf"[^\"]*\?\s*({LITERALS})\s*:\s*({LITERALS})", argument):
        return [text_of(chosen.group(1)), text_of(chosen.group(2))]
    return []


def said_in(path):
    source = without_comments(path.read_text())
    out = []
    for call in re.finditer(rf"\b({'|'.join(CALLS)})\(", source):
        given = arguments(source, call.end())
        for which in CALLS[call.group(1)]:
            if -len(given) <= which < len(given):
                out += words_in(given[which])
    table = TABLES.get(str(path.relative_to(ROOT)))
    return out + [text_of(m) for m in re.findall(table, source)] if table else out


def sources(*folders):
    return [p for f in folders for p in sorted((ROOT / f).rglob("*")) if p.suffix in (".cpp", ".h")]


def notes():
    rows = (ROOT / "engine/kernel/notes.tsv").read_text().splitlines()
    return [s for row in rows if row and row[0] != "#" for s in row.split("\t")[2:]]


def simplified():
    return [text_of(m) for p in sources("engine/kernel", "engine/kernel26")
            for m in re.findall(rf"\bSIMPLIFIED\(\s*({LITERALS})", without_comments(p.read_text()))]


def fields():
    """The names of a frame's fields, and values that are words."""
    source = (ROOT / "engine/feed/decode.cpp").read_text()
    found = re.findall(rf'(?:fields\.add\(|(?:tree|children)\.push_back\(\s*\{{|return |[:?=] )({LITERAL})', source)
    return [text for text in map(text_of, found) if re.match("[A-Z][a-z]|none|request|reply", text)]


def failures():
    """What the walks of the library of failures say of themselves: "// TITLE: SYMPTOM", and below each `//@answer`."""
    out = []
    for path in sorted((ROOT / "assets/failures").glob("*.pkt")):
        script = path.read_text()
        out += [part.strip() for part in re.match(r"// (.*?):(.*)", script).groups()]
        for below in re.findall(r"(?m)^//@answer .*\n((?://@ .*\n)+)", script):
            out.append(" ".join(line.strip() for line in re.findall(r"(?m)^//@ (.*)", below)))
    return out


# ---- the help of the commands, and the manual page
HELP = r"(?:->description|app\.description|\.footer|add_flag|add_option|set_help_flag|set_version_flag|helpWords|oneLine|paragraphs|section)\("
HELP_TABLES = {"cli_commands.h": rf"X\(\w+, {LITERAL}, ({LITERAL})\)", "cli_qt.cpp": rf'\{{"\w+", {LITERAL}, ({LITERAL})\}}',
               "cli_command.h": rf"MachineGroup = ({LITERAL})", "cli_tell.cpp": rf'(?m)^    \{{"\w+",\s+({LITERAL}),'}


def help_blocks(text):
    """Its sentences, as helpWords() in app/cli_words.cpp takes them: paragraphs, and the second columns of tables."""
    sentence = []
    for line in text.split("\n") + [""]:
        if line and not line.startswith("  "):
            sentence.append(line)
            continue
        if sentence:
            yield " ".join(sentence)
            sentence = []
        if row := re.match(r" +\S.*?  +(\S.*)", line):
            yield row.group(1)


def help_in(path):
    source = path.read_text()
    for raw in re.findall(r'R"\((.*?)\)"', source, flags=re.S):
        yield from help_blocks(raw)
    yield from (text_of(m) for m in re.findall(HELP_TABLES.get(path.name, "$^"), source))
    source = without_comments(source)
    for call in re.finditer(HELP, source):
        for argument in arguments(source, call.end()):
            parts = summands(argument)
            if any("listed(" in part for part in parts):
                continue  # a pattern, which is among the messages
            for part in parts:
                if re.fullmatch(LITERALS, part):
                    yield from help_blocks(text_of(part))


def help_texts():
    files = [p for p in sources("app") if p.name.startswith("cli") or p.match("package/pages.cpp")]
    found = [text for p in files for text in help_in(p)]
    return [text for text in found if re.search("[a-z]{2}", text) and not re.fullmatch(r"-[\w,-]+", text)]


def gathered():
    """Context -> what is said in it, each once, in the order of the sources."""
    tell = [s for p in sources("engine/tell", "engine/live", "app") if not p.match("app/translations/*") and
            (p.is_relative_to(ROOT / "engine") or p.name.startswith(("cli", "application."))) for s in said_in(p)]
    between = [", ", "; "]  # in lists of what is said: text.cpp
    out = {"Tell": tell + between, "Notes": notes(), "Simplified": simplified(), "Fields": fields(), "Failures": failures(),
           "Help": help_texts()}
    known = {said for all in out.values() for said in all}
    out["Messages"] = [message for message in messages() if message not in known]
    return {context: list(dict.fromkeys(said for said in all if said)) for context, all in out.items()}


# ---- messages: an error is put together with + from words and what it found
MESSAGES = ("engine/scenario", "engine/feed", "engine/live", "engine/memory", "engine/share/class", "engine/share/room",
            "engine/tell/eras", "engine/tell/lessons", "engine/tell/page", "engine/tell/position.cpp", "engine/tell/structures/structures.cpp",
            "engine/tell/structures/compare.cpp", "engine/debug/core_file.cpp", "engine/debug/symbol_file.cpp", "engine/debug/gdb_listener.cpp",
            "app/classroom", "app/cli", "app/page_export.cpp", "app/shot_pages.cpp")
EXAMPLES = ("lesson_guide.cpp", "lesson_language.cpp", "formula.cpp", "lesson_reader.cpp")  # of what authors write
WRAPPED = re.compile(rf"(?:std::string|std::string_view|QString)\(\s*({LITERALS})\s*\)")


def pieces(source):
    """The stretches of code between brackets, commas and the like, each with its nested brackets in it."""
    stack, out = [0], []
    for at, char in signs(source):
        if char in "([{":
            stack.append(at + 1)
        elif char in ")]}" and len(stack) > 1:
            out.append(source[stack.pop():at])
        elif char in ",;?" or char == ":" and source[at - 1] != ":" and source[at + 1:at + 2] != ":":
            out.append(source[stack[-1]:at])
            stack[-1] = at + 1
    return out


def summands(piece):
    out, depth, begin = [], 0, 0
    for at, char in signs(piece):
        depth += (char in "([{") - (char in ")]}")
        if char == "+" and depth == 0 and piece[at + 1:at + 2] not in "+=" and piece[at - 1] != "+":
            out.append(piece[begin:at])
            begin = at + 1
    return [part.strip() for part in out + [piece[begin:]]]


def template(piece):
    """"expected " + what + ", got 3" is "expected %1, got 3"; None if it is no sentence of ours."""
    piece = re.sub(r"^\s*(return|throw|else|const [\w:]+ \w+ =|std::string \w+ =|\w+ \+?=)\s+", "", piece)
    text, places = "", 0
    for part in summands(WRAPPED.sub(r"\1", piece)):
        if re.fullmatch(LITERALS, part):
            text += text_of(part)
        else:
            places += 1
            text += f"%{places}"
    words = re.sub(r"%\d", " ", text)
    if re.match(r"(ip|sysctl|frame on|packet on) ", text.lstrip()) or re.search(" (frame|packet)s on |, the first: ", text):
        return None  # commands, and what in_words.cpp reads
    return text if places < 9 and re.search(r"\b[a-z']{2,} [a-z']{2,}", words) and "\n" not in text else None


def messages():
    files = [p for p in sources("engine", "app") if str(p.relative_to(ROOT)).startswith(MESSAGES) and p.name not in EXAMPLES]
    found = [(p, t) for p in files for piece in pieces(without_comments(p.read_text()))
             if (t := template(piece)) and not t.startswith("<")]  # marks of XML are no words
    return [t for p, t in found if "app" not in p.parts or "%1" in t] + ["expected %1", "expected %1, found %2"]
