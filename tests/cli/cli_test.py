#!/usr/bin/env python3
"""The command line from outside: cli_test.py SOCKWALK REPOSITORY. Each test is one sentence about what it does."""
import csv, json, os, pathlib, re, resource, struct, subprocess, sys, tempfile, unittest, xml.etree.ElementTree, zipfile

PROGRAM, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])


COMMANDS = ["record", "print", "tell", "relive", "diff", "core", "gdbserver", "layout", "export", "shot", "film", "gallery", "lesson", "samples", "help"]


def run(*words, **said):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120, **said)


def surroundings(**change):
    """The environment with these variables; None takes one away."""
    return {k: v for k, v in {**os.environ, **change}.items() if v is not None}


NO_DISPLAY = surroundings(DISPLAY=None, WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None)
HAS_WINDOW = "without the window" not in run(ROOT / "lessons/03-socket/scenario.pkt", env=NO_DISPLAY).stderr


def pcap(frames, link=1, magic=0xA1B2C3D4):
    head = struct.pack("<IHHiIII", magic, 2, 4, 0, 0, 65535, link)
    return head + b"".join(struct.pack("<IIII", 1, 0, len(f), len(f)) + f for f in frames)


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.addCleanup(self.dir.cleanup)

    def file(self, name, content):
        path = pathlib.Path(self.dir.name) / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def bad(self, *words, **said):
        """It exits with 2, says one clear thing on stderr and nothing on stdout."""
        r = run(*words, **said)
        self.assertEqual(r.returncode, 2, r.stderr)
        self.assertTrue(r.stderr.startswith("sockwalk: "), r.stderr)
        self.assertEqual(r.stdout, "")
        return r.stderr

    def test_every_command_has_help(self):
        for command in ([], *([c] for c in COMMANDS)):
            r = run(*command, "--help")
            self.assertEqual((r.returncode, r.stderr), (0, ""))
            self.assertTrue(r.stdout.startswith(" ".join(["usage: sockwalk", *command])), command)
            self.assertIn("--help", r.stdout)
            self.assertIn("Exit code: 0 done", r.stdout)
            self.assertEqual(run(*command, "-h").stdout, r.stdout)
            self.assertEqual(run("help", *command).stdout, r.stdout)
        for command in ("record", "print", "export", "shot"):
            for option in ("--machine plain|recorded", "--hz N", "--link e1000|veth|lo|tun|wire", "-D NAME=VALUE"):
                self.assertIn(option, run("help", command).stdout)

    def test_the_help_lists_all_commands(self):
        lines = run("--help").stdout.splitlines()
        start = lines.index("The commands:") + 1
        self.assertEqual([line.split()[0] for line in lines[start:lines.index("", start)]], COMMANDS)

    @unittest.skipUnless(HAS_WINDOW, "needs the window")
    def test_the_gallery_is_drawn_without_a_display(self):
        folder = pathlib.Path(self.dir.name) / "new" / "gallery"
        r = run("gallery", "-o", folder, "--only", "walk", "--only", "about", "--size", "1280x800", "--lang", "zh", env=NO_DISPLAY)
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        names = [f"{scene}-1280x800-{theme}-zh" for theme in ("light", "dark") for scene in ("walk", "about")]
        self.assertEqual([line.split()[1] for line in r.stdout.splitlines()], names)
        self.assertEqual(sorted(p.name for p in folder.iterdir()), sorted(["index.html", *(n + ".png" for n in names)]))
        page = (folder / "index.html").read_text()
        for name in names:
            self.assertIn(f'src="{name}.png"', page)
            self.assertEqual(struct.unpack(">II", (folder / f"{name}.png").read_bytes()[16:24]), (1280, 800))

    def test_the_gallery_says_what_it_does_not_understand(self):
        self.assertIn("with -o", self.bad("gallery"))
        self.assertIn("--readme", self.bad("gallery", "--readme", "--check", "-o", self.dir.name))
        self.assertIn("takes welcome, walk", self.bad("gallery", "--check", "--only", "nothing"))
        if HAS_WINDOW:
            self.assertIn("is no folder", self.bad("gallery", "-o", self.file("file", ""), env=NO_DISPLAY))
            self.assertIn("cannot be made", self.bad("gallery", "-o", "/proc/none/such", env=NO_DISPLAY))

    def test_samples_are_the_programs_and_the_persons_own(self):
        own = pathlib.Path(self.dir.name) / "data" / "sockwalk"
        for file in ("lessons/03-socket/lesson.md", "lessons/90-mine/lesson.md", "walks/mine.pkt", "failures/mine.pkt", "captures/mine.pcapng", "walks/notes.txt"):
            (own / file).parent.mkdir(parents=True, exist_ok=True)
            (own / file).write_text("")
        lines = run("samples", env=surroundings(XDG_DATA_HOME=own.parent)).stdout.splitlines()
        for line in (f"lesson   {own}/lessons/03-socket/lesson.md", f"lesson   {own}/lessons/90-mine/lesson.md",
                     f"walk     {own}/walks/mine.pkt", f"failure  {own}/failures/mine.pkt", f"capture  {own}/captures/mine.pcapng"):
            self.assertIn(line, lines)
        self.assertEqual([l for l in lines if l.endswith("03-socket/lesson.md")], [f"lesson   {own}/lessons/03-socket/lesson.md"])
        self.assertEqual([l for l in lines if "notes.txt" in l], [])
        alone = run("samples", env=surroundings(XDG_DATA_HOME="/nonexistent")).stdout.splitlines()
        names = sorted(path.name for path in (ROOT / "lessons").iterdir() if path.is_dir())
        self.assertEqual([pathlib.Path(l.split()[1]).parent.name for l in alone if l.startswith("lesson ")], names)
        for line in alone:
            self.assertTrue(pathlib.Path(line.split()[1]).is_file(), line)
        self.assertIn("x.pkt' is one word too many", self.bad("samples", "x.pkt"))

    def test_a_lesson_stands_for_the_script_that_it_plays(self):
        lesson = ROOT / "lessons/03-socket/lesson.md"
        r = run("print", lesson)
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        self.assertEqual(r.stdout, run("print", lesson.with_name("scenario.pkt")).stdout)
        broken = self.file("lesson.md", "no head\n")
        self.assertIn(f"{broken}:1:1: a lesson begins with a head", self.bad("print", broken))

    def test_a_new_lesson_is_right_and_a_changed_one_is_not(self):
        folder = pathlib.Path(self.dir.name) / "90-mine"
        r = run("lesson", "new", folder)
        self.assertEqual((r.returncode, len(r.stdout.splitlines())), (0, 4), r.stderr)
        r = run("lesson", "check", folder)
        self.assertEqual((r.returncode, r.stdout), (0, f"{folder}/lesson.md: nothing is wrong\n"))
        self.assertIn("it is there already", self.bad("lesson", "new", folder))
        lesson = folder / "lesson.md"
        lesson.write_text(lesson.read_text().replace("view: objects", "view: objcts"))
        line = lesson.read_text().split("objcts")[0].count("\n") + 1
        r = run("lesson", "check", ROOT / "lessons/03-socket", folder)
        self.assertEqual((r.returncode, r.stdout.splitlines()[1]),
                         (1, f"{lesson}:{line}:7: 'objcts' is nothing that may stand behind 'view:'; did you mean objects?"))
        r = run("lesson", "check", "/nowhere")
        self.assertEqual((r.returncode, "there is no such file" in r.stdout), (1, True), r.stdout)
        self.assertIn("say check, new, guide, lab, pack", self.bad("lesson"))
        guide = run("lesson", "guide").stdout
        for key in ("scenario", "at", "until", "answer", "goal"):
            self.assertRegex(guide, rf"(?m)^{key}: .+\n    # \w")
        self.assertIn("name a folder", self.bad("lesson", "check"))

    def test_a_lab_is_told_and_tried_with_the_numbers_of_a_seed(self):
        folder = pathlib.Path(self.dir.name) / "90-mine"
        run("lesson", "new", folder)
        (folder / "lesson.zh.md").unlink()
        lesson = folder / "lesson.md"
        text = lesson.read_text()
        lab = text[text.index("```lab"):]
        lesson.write_text(text.replace(lab, """```lab
id: bound
task: Bind to {{seed port}}.
use: console
seed: {port: 20000..29999}
goal: sock.sk_num == {{seed port}}
solution: bound.lines
```
"""))
        lines = folder / "bound.lines"
        lines.write_text("a = socket(AF_INET, SOCK_DGRAM, 0)\n"
                         "bind(a, {sa_family = AF_INET, sin_port = htons({{seed port}}), sin_addr = INADDR_ANY}, 16)\n")
        r = run("lesson", "check", folder, "--seed", "12")
        self.assertEqual((r.returncode, r.stdout), (0, f"{lesson}: nothing is wrong\n"))
        told = {seed: run("lesson", "lab", folder, "--seed", seed).stdout for seed in ("12", "13")}
        port = {seed: re.search(r"Bind to (\d+)\.", text).group(1) for seed, text in told.items()}
        self.assertNotEqual(port["12"], port["13"])
        self.assertIn(f"Numbers: port {port['12']} (seed 12)\nGoal: sock.sk_num == {port['12']}\n", told["12"])
        answer = pathlib.Path(self.dir.name) / "handed-in.lines"
        answer.write_text(lines.read_text().replace("{{seed port}}", port["12"]))
        for seed, code, mark in (("12", 0, "✓"), ("13", 1, "✗")):
            r = run("lesson", "lab", folder, "--seed", seed, "--try", answer)
            self.assertEqual((r.returncode, r.stdout.splitlines()[-1]), (code, f"{mark} sock.sk_num == {port[seed]}"), r.stderr)
        r = run("lesson", "lab", folder, "--seed", "13", "--try", lines) # a kept solution says {{seed port}}
        self.assertEqual((r.returncode, r.stdout.splitlines()[-1]), (0, f"✓ sock.sk_num == {port['13']}"), r.stderr)
        answer.write_text("close(77)\na = socket(AF_INET, SOCK_DGRAM)\n")
        said = run("lesson", "lab", folder, "--seed", "12", "--try", answer).stdout
        self.assertIn(f"{answer}:1:1: close(77) gives back -1 EBADF (9)\n{answer}:2:", said)
        answer.write_text("a = socket(AF_INET, SOCK_DGRAM, 0)\nwire loss 1%\n")
        r = run("lesson", "lab", folder, "--seed", "12", "--try", answer)
        self.assertEqual(r.returncode, 1)
        self.assertIn(f"{answer}:2:1: This lab is done without the wire", r.stdout)
        self.assertIn("a script may not be used", self.bad("lesson", "lab", folder, "--try", folder / "scenario.pkt"))
        self.assertIn("'other' is none of its labs: bound", self.bad("lesson", "lab", folder, "--lab", "other"))
        self.assertIn("--seed goes with", self.bad("lesson", "guide", "--seed", "3"))
        self.assertIn("--lab and --try go with", self.bad("lesson", "check", folder, "--lab", "bound"))

    def test_results_bear_the_name_that_is_kept(self):
        own = surroundings(XDG_CONFIG_HOME=self.dir.name)
        kept = pathlib.Path(self.dir.name) / "sockwalk"
        kept.mkdir()
        (kept / "results.json").write_text('{"version":1,"lessons":{"gone":{"file":"/gone/lesson.md","seen":[0],"last":0,"questions":{}}}}')
        self.assertIn("\n,gone,", run("lesson", "results", env=own).stdout.replace("\r", ""))
        (kept / "person.json").write_text('{"name":"Ada","seed":12}')
        self.assertIn("\nAda,gone,", run("lesson", "results", env=own).stdout.replace("\r", ""))
        (kept / "person.json").write_text("{")
        r = run("lesson", "results", env=own)
        self.assertIn("nobody's name is in it", r.stderr)

    def test_a_lesson_is_packed_and_unpacked(self):
        folder, bundle = pathlib.Path(self.dir.name) / "90-mine", pathlib.Path(self.dir.name) / "mine.swlesson"
        run("lesson", "new", folder)
        r = run("lesson", "pack", folder, "-o", bundle)
        self.assertEqual((r.returncode, r.stdout, r.stderr), (0, "", ""))
        with zipfile.ZipFile(bundle) as packed:
            self.assertEqual(packed.namelist(), [f"90-mine/{f.name}" for f in sorted(folder.iterdir())])
        own = surroundings(XDG_DATA_HOME=self.dir.name + "/own")
        r = run("lesson", "unpack", bundle, env=own)
        self.assertEqual(r.stdout, f"{self.dir.name}/own/sockwalk/lessons/90-mine/lesson.md\n", r.stderr)
        self.assertIn(f"lesson   {r.stdout}", run("samples", env=own).stdout)
        self.assertIn("unpacked before it is played", self.bad("print", bundle))
        self.assertIn("a file .swlesson", self.bad("lesson", "pack", folder, "-o", "x.zip"))
        self.assertIn("with -o", self.bad("lesson", "pack", folder))
        with zipfile.ZipFile(bundle, "a") as packed:
            packed.writestr("../evil", "x")
        self.assertIn("'../evil' leads out of the folder", self.bad("lesson", "unpack", bundle, env=own))
        (folder / "lesson.md").write_text("no head\n")
        r = run("lesson", "pack", folder, "-o", bundle.with_name("broken.swlesson"))
        self.assertEqual(r.returncode, 1)
        self.assertFalse(bundle.with_name("broken.swlesson").exists())

    def test_the_questions_of_all_lessons_are_well_formed_xml(self):
        types = set()
        for lesson in sorted(path for path in (ROOT / "lessons").iterdir() if path.is_dir()):
            for language in ("en", "zh"):
                out = pathlib.Path(self.dir.name) / "questions.xml"
                r = run("lesson", "questions", lesson, "-o", out, "--lang", language)
                self.assertEqual((r.returncode, r.stdout), (0, ""), r.stderr)
                quiz = xml.etree.ElementTree.parse(out).getroot()
                self.assertEqual(quiz[0].get("type"), "category")
                for question in quiz[1:]:
                    types.add(question.get("type"))
                    self.assertTrue(question.findtext("name/text") and question.findtext("questiontext/text"))
                    answers = question.findall("answer") or question.findall("subquestion/answer")
                    self.assertTrue(all(a.findtext("text") for a in answers))
                    self.assertGreaterEqual(len(answers), 2 if question.get("type") in ("matching", "multichoice") else 1)
                    if question.get("type") == "multichoice":
                        self.assertEqual(sum(int(a.get("fraction")) for a in answers), 100)
        self.assertLessEqual({"multichoice", "numerical", "matching"}, types)
        self.assertIn("is a lab", r.stderr if language == "en" else run("lesson", "questions", lesson, "-o", out).stderr)
        self.assertIn(".gift or .xml", self.bad("lesson", "questions", lesson, "-o", "x.csv"))

    @unittest.skipUnless(HAS_WINDOW, "it draws")
    def test_a_course_is_put_on_paper(self):
        lessons, out = [ROOT / "lessons" / name for name in ("03-socket", "12-birth-and-death")], pathlib.Path(self.dir.name) / "course"
        r = run("lesson", "handout", *lessons, "-o", out, env=NO_DISPLAY)
        self.assertEqual((r.returncode, r.stdout, r.stderr), (0, "", ""))
        self.assertEqual(sorted(p.name for p in out.iterdir()), ["03-socket.html", "12-birth-and-death.html", "index.html"])
        index = (out / "index.html").read_text()
        for words in ("A · The socket", "B · The packet", '<a href="03-socket.html">3&nbsp; socket(2), step by step</a>'):
            self.assertIn(words, index)
        pdf = out.with_suffix(".pdf")
        self.assertEqual(run("lesson", "handout", *lessons, "-o", pdf, env=NO_DISPLAY).returncode, 0)
        self.assertTrue(pdf.read_bytes().startswith(b"%PDF-"))
        self.assertIn("one .pdf, or as a folder", self.bad("lesson", "handout", *lessons, "-o", "x.html"))

    @unittest.skipUnless(HAS_WINDOW, "it draws")
    def test_a_lesson_is_put_on_paper(self):
        folder, out = ROOT / "lessons/03-socket", pathlib.Path(self.dir.name) / "handout.html"
        pages = {}
        for name, more in {"pupils": [], "answers": ["--answers"], "zh": ["--language", "zh"]}.items():
            r = run("lesson", "handout", folder, "-o", out, *more, env=NO_DISPLAY)
            self.assertEqual((r.returncode, r.stdout, r.stderr), (0, "", ""), name)
            pages[name] = out.read_text()
        because = "The lowest free descriptor is taken"
        self.assertNotIn(because, pages["pupils"])
        self.assertIn(because, pages["answers"])
        self.assertIn('<html lang="zh-CN">', pages["zh"])
        self.assertIn((folder / "lesson.zh.md").read_text().split("title: ")[1].split("\n")[0], pages["zh"])
        pdf = out.with_suffix(".pdf")
        self.assertEqual(run("lesson", "handout", folder, "-o", pdf, env=NO_DISPLAY).returncode, 0)
        self.assertTrue(pdf.read_bytes().startswith(b"%PDF-"))
        self.assertIn(".pdf or .html", self.bad("lesson", "handout", folder, "-o", "x.txt"))
        self.assertIn("with -o", self.bad("lesson", "handout", folder))
        self.assertIn("go with handout", self.bad("lesson", "check", folder, "--answers"))
        self.assertIn("--language", self.bad("lesson", "handout", folder, "-o", out, "--language", "fr"))
        broken = self.file("lesson.md", "no head\n")
        r = run("lesson", "handout", broken, "-o", self.file("none.pdf", "before"))
        self.assertEqual(r.returncode, 1)
        self.assertIn(f"{broken}:1:1", r.stdout)
        self.assertEqual((pathlib.Path(self.dir.name) / "none.pdf").read_text(), "before")

    def test_the_page_of_a_lesson_has_no_stretch(self):
        self.assertIn("has its stops", self.bad("export", ROOT / "lessons/03-socket", "-o", "x.html", "--from", "3"))

    def test_results_are_a_table_or_json(self):
        settings = surroundings(XDG_CONFIG_HOME=self.dir.name)
        self.assertEqual(len(run("lesson", "results", env=settings).stdout.splitlines()), 1)
        (pathlib.Path(self.dir.name) / "sockwalk").mkdir()
        result = {"tries": 2, "right": True, "atOnce": False, "points": 1, "when": "2026-11-30T09:12:00Z"}
        kept = {"version": 1, "lessons": {"03-socket": {"file": str(ROOT / "lessons/03-socket/lesson.md"), "seen": [0, 1],
                                                       "last": 1, "questions": {"descriptor": result}}}}
        self.file("sockwalk/results.json", json.dumps(kept))
        rows = list(csv.DictReader(run("lesson", "results", env=settings).stdout.splitlines()))
        self.assertEqual((rows[0]["question"], rows[0]["tries"], rows[0]["right"], rows[0]["of"]), ("descriptor", "2", "yes", "1"))
        out = pathlib.Path(self.dir.name) / "results.json"
        self.assertEqual(run("lesson", "results", "-o", out, env=settings).returncode, 0)
        lesson = json.loads(out.read_text())[0]
        self.assertEqual((lesson["lesson"], lesson["seen"], lesson["points"]), ("03-socket", 2, 1))
        self.assertEqual([q["question"] for q in lesson["questions"]], [row["question"] for row in rows])
        self.assertIn(".csv or .json", self.bad("lesson", "results", "-o", "x.xls"))
        self.file("sockwalk/results.json", "{")
        self.assertIn("no results are in it", self.bad("lesson", "results", env=settings))

    def test_each_broken_lesson_is_told(self):
        broken = ROOT / "tests/engine/tell/lessons/broken"
        for folder in sorted(broken.iterdir()):
            with self.subTest(folder.name):
                r = run("lesson", "check", folder)
                self.assertEqual(r.returncode, 1, r.stdout)
                self.assertRegex(r.stdout, r"^.*(lesson(\.zh)?\.md|solution\.lines)(:\d+:\d+)?: .+; .+")

    def test_version(self):
        r = run("--version")
        self.assertEqual((r.returncode, r.stdout.split()[0], r.stderr), (0, "sockwalk", ""))

    def test_a_mistyped_command_is_told(self):
        self.assertIn("there is no command 'pritn'; did you mean print?", self.bad("pritn", "x.pkt"))
        self.assertIn("did you mean record?", self.bad("rec"))
        self.assertIn("there is no command 'shoot'; did you mean shot?", self.bad("help", "shoot"))
        said = self.bad("zyxwvutsrq", "check", env=NO_DISPLAY)
        self.assertIn("there is no command 'zyxwvutsrq'; there are record, print", said)
        self.assertNotIn("did you mean", said)

    def test_what_is_there_or_looks_like_a_path_is_a_file(self):
        for name in ("nowhere.pkt", "/nowhere/x", "./print"):
            self.assertIn(f"{name}: there is no such file", self.bad(name))
        self.assertIn("it is a folder", self.bad(self.dir.name))
        self.file("walk", "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n")
        self.assertIn("window", self.bad("walk", cwd=self.dir.name, env=NO_DISPLAY))

    def test_a_mistyped_option_is_told(self):
        self.assertIn("unknown option --machin; did you mean --machine?", self.bad("print", "x.pkt", "--machin=plain"))
        self.assertIn("unknown option --tehme; did you mean --theme?", self.bad("shot", "x.pkt", "--tehme", "dark"))
        self.assertIn("unknown option --styl; did you mean -style?", self.bad("x.pkt", "--styl", "Fusion"))
        self.assertNotIn("did you mean", self.bad("print", "x.pkt", "--qwertyuiop"))
        self.assertIn("'y.pkt' is one word too many", self.bad("print", "x.pkt", "y.pkt"))
        self.assertIn("--view takes", self.bad("shot", "x.pkt", "--view", "kitchen"))

    def test_the_window_without_a_display(self):
        script = self.file("ok.pkt", "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n")
        for words in ([], [script]):
            said = self.bad(*words, env=NO_DISPLAY)
            if HAS_WINDOW:
                self.assertIn("no display (DISPLAY and WAYLAND_DISPLAY are empty)", said)
                self.assertIn("sockwalk print FILE", said)

    @unittest.skipUnless(HAS_WINDOW, "built without the window")
    def test_a_display_that_is_dead_or_unknown(self):
        self.assertIn("no window can open: could not connect to display :731",
                      self.bad(env=surroundings(DISPLAY=":731", WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None)))
        self.assertIn("pigeon", self.bad("-platform", "pigeon", env=NO_DISPLAY))

    @unittest.skipUnless(HAS_WINDOW, "built without the window")
    def test_qts_own_options_are_taken(self):
        script = self.file("ok.pkt", "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n")
        picture = pathlib.Path(self.dir.name) / "a.png"
        shot = ["shot", script, "--view", "structure", "-o", picture]
        for words in (["-style", "Windows"], ["--style=Fusion"], ["-platform", "minimal", "-session", "1"], ["-reverse"]):
            r = run(*shot, *words)
            self.assertEqual(r.returncode, 0, r.stderr)
        self.assertIn("-platform needs a value", self.bad(*shot, "-platform"))
        r = run(*shot, "-style", "Baroque")
        self.assertEqual(r.returncode, 2)
        self.assertIn("-style takes Windows, Fusion, not 'Baroque'", r.stderr)
        self.assertIn("unknown option -style", self.bad("print", script, "-style", "Fusion"))

    @unittest.skipUnless(HAS_WINDOW, "built without the window")
    def test_buffers_side_by_side_are_a_view_of_their_own(self):
        script = ROOT / "assets/walks/tcp-on-loopback.pkt"
        out = pathlib.Path(self.dir.name) / "a.svg"
        r = run("shot", script, "--view", "beside", "--at", "skb_clone", "-o", out)
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        self.assertIn("there is no sk_buff", self.bad("shot", script, "--view", "beside", "--at", "stimulus 1", "-o", out))
        self.assertIn("--view takes", self.bad("film", script, "--view", "beside", "-o", "film"))

    @unittest.skipUnless(HAS_WINDOW, "built without the window")
    def test_a_view_is_drawn_as_svg_and_pdf_whole(self):
        script = ROOT / "assets/walks/tcp-on-loopback.pkt"
        sizes = []
        for name, words in (("a.svg", []), ("whole.svg", ["--whole"]), ("a.pdf", ["--whole"])):
            out = pathlib.Path(self.dir.name) / name
            r = run("shot", script, "--view", "packets", "--at", "end", "-o", out, *words)
            self.assertEqual((r.returncode, r.stderr), (0, ""))
            sizes.append(len(out.read_bytes()))
        self.assertIn(b"<text", out.with_name("a.svg").read_bytes())
        self.assertTrue(out.read_bytes().startswith(b"%PDF"))
        self.assertGreater(sizes[1], sizes[0], "more packets than are in sight")
        self.assertIn("--whole is for a view", self.bad("shot", script, "-o", "a.png", "--whole"))

    @unittest.skipUnless(HAS_WINDOW, "built without the window")
    def test_a_film_is_drawn_into_a_folder_and_touches_nothing_that_is_there(self):
        film = ["film", ROOT / "lessons/03-socket/scenario.pkt", "--view", "call-path", "--from", "inet_create", "--size", "320x240",
                "--fps", "4", "--pace", "2"]
        out = pathlib.Path(self.dir.name) / "film"
        r = run(*film, "--to", "sk_alloc", "-o", out)
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        pictures = sorted(out.iterdir())
        self.assertGreater(len(pictures), 2)
        self.assertIn(f"{len(pictures)} pictures", r.stdout)
        self.assertIn("something in it", run(*film, "-o", out).stderr)
        taken = self.file("taken.mp4", "mine")
        r = run(*film, "--to", "sk_alloc", "-o", taken)
        self.assertEqual((r.returncode, "is there already" in r.stderr, taken.read_text()), (2, True, "mine"))
        self.assertIn("--view VIEW is missing", self.bad("film", "x.pkt", "-o", "a"))
        self.assertIn("-o", self.bad("film", "x.pkt", "--view", "objects"))
        self.assertIn("--pace takes", self.bad("film", "x.pkt", "--view", "objects", "-o", "a", "--pace", "0"))
        self.assertIn("before its beginning", run(*film, "--to", "start", "-o", out.with_name("b")).stderr)

    def test_too_little_address_space_is_a_sentence(self):
        script = self.file("ok.pkt", "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n")
        picture = pathlib.Path(self.dir.name) / "a.png"
        commands = [["print", script], ["record", "--hash", script]]
        if HAS_WINDOW:
            commands += [["shot", script, "-o", picture], [script, "-platform", "offscreen"]]
        for words in commands:
            for gigabytes in (2, 10):
                limit = gigabytes * 10**9
                r = run(*words, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
                if r.returncode == 0:  # it needs less than that
                    self.assertEqual((gigabytes, words[0]), (10, "record"))
                    continue
                self.assertEqual(r.returncode, 1, r.stderr)
                self.assertIn("sockwalk: there is too little address space", r.stderr)

    def test_output_that_does_not_arrive_is_told(self):
        with open("/dev/full", "w") as full:
            r = subprocess.run([PROGRAM, "layout", "sk_buff"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual((r.returncode, "did not arrive: No space left" in r.stderr), (1, True), r.stderr)

    def test_layout_prints_the_tables_of_the_real_kernel(self):
        tables = sorted((ROOT / "assets" / "layout").glob("*.tsv"))
        self.assertGreaterEqual(len(tables), 74)
        for table in tables:
            r = run("layout", table.stem)
            self.assertEqual((r.returncode, r.stdout), (0, table.read_text()), table.stem)

    def test_layout_lists_what_it_has(self):
        names = run("layout", "--list").stdout.split()
        self.assertIn("sk_buff", names)
        self.assertEqual(names, sorted(names))

    def test_layout_of_nothing_known(self):
        self.assertIn("no structure 'sk_bluff'", self.bad("layout", "sk_bluff"))
        self.assertIn("--help", self.bad("layout"))

    def test_wrong_options(self):
        self.assertIn("unknown option --colour", self.bad("print", "--colour", "x.pkt"))
        self.assertIn("-o needs a value", self.bad("record", "x.pkt", "-o"))
        self.assertIn("-o DIR", self.bad("record", "x.pkt"))
        self.assertIn("--theme takes light, dark or contrast, not 'pink'", self.bad("shot", "x.pkt", "-o", "a.png", "--theme", "pink"))
        self.assertIn(".png, .svg or .pdf", self.bad("shot", "x.pkt", "-o", "a.bmp"))
        self.assertIn("--size takes", self.bad("shot", "x.pkt", "-o", "a.png", "--size", "big"))

    def test_what_would_have_no_effect_is_refused(self):
        self.assertIn("--at is given more than once", self.bad("tell", "x.pkt", "--at", "start", "--at", "end"))
        self.assertIn("--json is given more than once", self.bad("tell", "x.pkt", "--json", "--json"))
        self.assertIn("no use for -o", self.bad("record", "--hash", "x.pkt", "-o", "out"))
        self.assertIn("'sk_buff' is one word too many", self.bad("layout", "--list", "sk_buff"))
        self.assertIn("--scale is for a .png file", self.bad("shot", "x.pkt", "-o", "a.svg", "--scale", "2"))
        self.assertIn("'' is no position", self.bad("tell", ROOT / "assets/walks/tcp-on-loopback.pkt", "--at", ""))
        self.assertIn("'' names no file", self.bad(""))

    def test_a_file_that_is_not_there(self):
        for command in ("print", "record"):
            self.assertIn("/nonexistent.pkt", self.bad(command, "/nonexistent.pkt", *(["-o", self.dir.name] if command == "record" else [])))

    def test_a_script_that_cannot_be_read_names_its_place(self):
        script = self.file("broken.pkt", "0 socket(AF_INET,\n")
        self.assertIn(f"{script}:2:1: ", self.bad("print", script))

    def test_the_host_of_a_capture_is_chosen_by_address_or_mac(self):
        capture = ROOT / "assets/captures/hello-udp.pcap"
        said = {host: run("record", "--hash", capture, "--host", host) for host in ("10.9.0.1", "02:00:0A:09:00:01", "10.9.0.2")}
        self.assertEqual([r.returncode for r in said.values()], [0, 0, 0])
        hashes = [r.stdout for r in said.values()]
        self.assertEqual(hashes[0], hashes[1])
        self.assertNotEqual(hashes[0], hashes[2])
        self.assertIn("no host 1.2.3.4 in it; its hosts are:", self.bad("print", capture, "--host=1.2.3.4"))
        script = self.file("ok.pkt", "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n")
        self.assertIn("it is no capture, so it has no host 10.9.0.1", self.bad("print", script, "--host=10.9.0.1"))

    def test_a_capture_without_anything_to_play_says_why(self):
        ipv6 = bytes.fromhex("020000000002 020000000001 86dd 6000000000003b40") + bytes(32)
        said = self.bad("print", self.file("six.pcap", pcap([ipv6])))
        self.assertIn("make the same traffic over IPv4 (curl -4, ping -4)", said)
        self.assertIn("IEEE802_11_RADIO", self.bad("print", self.file("air.pcap", pcap([bytes(60)], link=127))))

    def test_a_script_that_fails_exits_with_1(self):
        script = self.file("wrong.pkt", "0 socket(99, SOCK_STREAM, 0) = 3\n")
        r = run("print", script)
        self.assertEqual(r.returncode, 1)
        failure = f"{script}:1:3: expected 3, got -1 EAFNOSUPPORT"
        self.assertIn(failure, r.stderr)
        if HAS_WINDOW:
            for view in ("window", "call-path"):
                r = run("shot", script, "--view", view, "-o", pathlib.Path(self.dir.name) / "a.png")
                self.assertEqual((r.returncode, f"sockwalk: shot: {failure}" in r.stderr), (1, True), r.stderr)

    def test_print_shows_the_walk(self):
        r = run("print", self.file("ok.pkt", "//@case it\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"))
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        self.assertIn("socket(AF_INET, SOCK_STREAM, 0) = 3   [it]\n  __x64_sys_socket(", r.stdout)
        self.assertIn("inet_create(", r.stdout)

    def test_the_machine_is_chosen_where_a_file_goes(self):
        script = self.file("lo.pkt", "0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 bind(3, {sa_family = AF_INET, sin_port = htons(9), "
                           'sin_addr = inet_addr("127.0.0.1")}, 16) = 0\n+0 sendto(3, ..., 10, 0, {sa_family = AF_INET, '
                           'sin_port = htons(9), sin_addr = inet_addr("127.0.0.1")}, 16) = 10\n')
        hashes = {}
        for words in ([], ["--machine", "recorded"], ["--machine=plain"]):
            r = run("record", "--hash", script, *words)
            self.assertEqual(r.returncode, 0, r.stderr)
            hashes[" ".join(words)] = r.stdout.split()[0]
        self.assertEqual(hashes[""], hashes["--machine recorded"], "recordings are made on the recorded machine")
        self.assertNotEqual(hashes[""], hashes["--machine=plain"])
        said = self.file("said.pkt", "//@machine plain\n" + script.read_text())
        self.assertEqual(run("record", "--hash", said).stdout.split()[0], hashes["--machine=plain"])
        self.assertEqual(run("record", "--hash", said, "--machine", "recorded").stdout.split()[0], hashes[""])
        for command in (["print"], ["record", "--hash"], ["shot", "-o", "a.png"], []):
            self.assertIn("--machine takes plain or recorded, not 'fast'", self.bad(*command, script, "--machine", "fast"))

    def test_ticks_link_and_definitions(self):
        script = self.file("d.pkt", "0 socket(AF_INET, KIND, 0) = 3\n")
        self.assertEqual(run("print", script).returncode, 1)
        self.assertEqual(run("print", script, "-D", "KIND=SOCK_DGRAM", "--hz", "100", "--link=tun").returncode, 0)
        self.assertIn("-D takes NAME=VALUE", self.bad("print", script, "-D", "KIND"))
        self.assertIn("--hz takes a number from 1 to 10000", self.bad("print", script, "--hz", "0"))
        self.assertIn("--link takes e1000, veth, lo, tun or wire", self.bad("print", script, "--link", "pigeon"))
        capture = ROOT / "assets" / "captures" / "hello-udp.pcap"
        self.assertIn("a capture is played on e1000", self.bad("print", capture, "--link", "tun"))
        self.assertIn("no script, so -D has nothing to define", self.bad("print", capture, "-D", "A=1"))

    def test_a_filter_chooses_the_frames_of_a_capture(self):
        capture = ROOT / "assets/captures/hello-udp.pcap"
        out = self.file("out.json", "")
        exported = lambda *words: (run("export", capture, "-o", out, *words), json.loads(out.read_text()))
        said, frames = exported("--filter", "udp port 7777")
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertIn("of 20 frames do not fit the filter 'udp port 7777' and are left out", said.stderr)
        self.assertEqual([f for f in frames if f["in"] and f["protocol"] != "UDP"], [])
        self.assertIn("is no filter as tcpdump takes it: ", self.bad("print", capture, "--filter", "udp prt 7777"))
        self.assertIn("none of its 20 frames fits the filter 'tcp'", self.bad("print", capture, "--filter", "tcp"))
        script = ROOT / "assets/walks/tcp-on-loopback.pkt"
        self.assertIn("it is no capture, so there is nothing to filter", self.bad("print", script, "--filter", "tcp"))

    def test_a_capture_says_what_its_comment_says(self):
        captures = ROOT / "assets/captures"
        for command in (["print"], ["relive"], ["record", "--hash"], ["tell"]):
            for name in ("page-load", "lost-segment", "full-window", "refused-port", "lost-fragment"):
                r = run(*command, captures / f"{name}.pcapng")
                self.assertEqual(r.returncode, 0, r.stderr)
                self.assertRegex(r.stderr, rf"^sockwalk: {name}.pcapng says: .*[Ff]rame.*\n$", command)
        self.assertEqual(run("print", captures / "hello-udp.pcap").stderr, "")
        section = struct.pack("<IHHqHH8sHH", 0x1A2B3C4D, 1, 0, -1, 1, 7, b"a\x1b[2Jbc", 0, 0)
        interface = struct.pack("<HHI", 1, 0, 0)
        packet = struct.pack("<5I", 0, 0, 0, 42, 42) + bytes.fromhex("ffffffffffff020000000001 0806 0001080006040001 020000000001 0a000001 000000000000 0a000002") + bytes(2)
        block = lambda kind, body: struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)
        mine = self.file("mine.pcapng", block(0x0A0D0D0A, section) + block(1, interface) + block(6, packet))
        self.assertIn("sockwalk: mine.pcapng says: a [2Jbc\n", run("print", mine).stderr)

    def test_a_lesson_may_play_a_capture_as_one_of_its_hosts(self):
        lesson = ROOT / "lessons/37-a-capture-relived/lesson.md"
        for host, server in ([], True), (["--host", "10.9.0.1"], False):
            r = run("relive", lesson, *host)
            self.assertEqual((r.returncode, "relived as 10.9.0.2" in r.stdout), (0, server), r.stderr)
        stops = json.loads(run("tell", lesson, "lesson", "--json").stdout)
        self.assertEqual([s for s in stops if "event" not in s], [])
        self.assertIn("frame 11", [s["at"] for s in stops])
        script = self.file("lesson.md", "---\ntitle: T\nscenario: s.pkt\nhost: 10.0.0.1\n---\n# A\n```stop\nat: start\n```\n")
        self.file("s.pkt", "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n")
        self.assertIn("it is no capture, so it has no host 10.0.0.1", self.bad("print", script))

    def test_relive_tells_what_it_cannot_compare(self):
        captures = ROOT / "tests/engine/scenario/captures"
        self.assertIn("it is no capture, so there is no host", self.bad("relive", ROOT / "lessons/03-socket/scenario.pkt"))
        r = run("relive", ROOT / "tests/captures/data/c17g-lo.pcap")
        self.assertRegex(r.stdout, r"10 frames, 0 received, 10 sent by the host: .* 0 different, 0 not relived; 0 only ours")
        self.assertIn("none of its frames fits 'udp'", self.bad("relive", captures / "exchange.pcap", "--filter", "udp"))
        r = run("relive", captures / "mid-stream.pcap")
        self.assertEqual(r.returncode, 0)
        self.assertIn("were open before it begins: 1. They are adopted", r.stderr)

    def test_export_writes_the_packets_that_fit(self):
        capture = ROOT / "assets/captures/hello-udp.pcap"
        out = self.file("out.pcapng", "")
        r = run("export", capture, "--host", "10.9.0.2", "-o", out, "--where", "udp.port == 7777 && way == in")
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        self.assertRegex(r.stdout, r"^[1-9][0-9]* of [0-9]+ packets\n$")
        self.assertEqual(out.read_bytes()[:4], b"\x0a\x0d\x0d\x0a")
        self.assertIn(b"delivered to udp_sock #1", out.read_bytes())
        self.assertIn("-o takes the name of a .pcapng, a .json, a .html or a .zip file",
                      self.bad("export", capture, "-o", "out.txt"))
        self.assertIn("column 1: there is no udp.prt; the nearest is udp.port",
                      self.bad("export", capture, "-o", out, "--where", "udp.prt == 1"))
        self.assertIn("-o OUT is missing", self.bad("export", capture))

    def test_tell_packets_lists_those_that_fit(self):
        capture = ROOT / "assets/captures/hello-udp.pcap"
        lines = run("tell", capture, "packets", "--where", "udp.port == 7777 && way == in").stdout.splitlines()
        self.assertTrue(lines)
        self.assertEqual([line for line in lines if "UDP" not in line], [])
        self.assertIn("--where is for the topic packets", self.bad("tell", capture, "tables", "--where", "udp"))

    def test_record_writes_cases(self):
        script = self.file("ok.pkt", "//@case it\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n")
        out = pathlib.Path(self.dir.name) / "out"
        self.assertEqual(run("record", script, "-o", out).returncode, 0)
        text = (out / "calls" / "it.txt").read_text()
        self.assertTrue(text.startswith("# it: result 3\n__x64_sys_socket\n  __sys_socket\n"), text[:200])

    def test_a_case_name_does_not_leave_the_folder(self):
        script = self.file("evil.pkt", "//@case ../../evil\n0 close(3) = -1 EBADF\n")
        r = run("record", script, "-o", pathlib.Path(self.dir.name) / "out")
        self.assertEqual(r.returncode, 1)
        self.assertIn("cannot be a file's name", r.stderr)

    def test_bad_captures_are_told_apart(self):
        self.bad("print", self.file("empty.pcap", b""))
        self.bad("print", self.file("none.pcap", pcap([])))
        self.bad("print", self.file("text.pcap", b"this is no capture at all, but it is named like one"))
        said = self.bad("print", self.file("wifi.pcap", pcap([b"\0" * 60], link=105)))
        self.assertIn("thernet", said)
        whole = (ROOT / "assets" / "captures" / "hello-udp.pcap").read_bytes()
        r = run("print", "--plain", self.file("cut.pcap", whole[:-7]))
        self.assertEqual(r.returncode, 0, r.stderr)
        self.assertIn("cut.pcap", r.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
