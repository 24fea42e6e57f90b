#!/usr/bin/env python3
"""The program as it is installed: install_test.py REPOSITORY BUILD. A prefix is made, moved, and used where neither the
sources nor the build can be seen; what goes with the program is held against the tools that desktops have for it."""
import os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

ROOT, BUILD = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
KEPT = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_DATA_HOME", "SOCKWALK_DATA")}


def run(*words, **said):
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, timeout=300, **said)


def needs(*tools):
    missing = [tool for tool in tools if not shutil.which(tool)]
    return unittest.skipIf(missing, f"not installed: {', '.join(missing)}")


# Hides the sources (and the build in them) from the program; empty where the kernel gives no namespaces.
HIDDEN = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"', str(ROOT)]
CAN_HIDE = bool(shutil.which("unshare")) and run(*HIDDEN, "true").returncode == 0


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.dir.cleanup)
        first, cls.prefix = pathlib.Path(cls.dir.name) / "first", pathlib.Path(cls.dir.name) / "then moved here"
        made = run("cmake", "--install", BUILD, "--prefix", first, "--strip")
        if made.returncode:
            raise RuntimeError(made.stdout + made.stderr)
        first.rename(cls.prefix)
        cls.home = pathlib.Path(cls.dir.name) / "home"
        cls.home.mkdir()
        cls.share = cls.prefix / "share"

    def sockwalk(self, *words):
        hidden = HIDDEN if CAN_HIDE else []
        return run(*hidden, self.prefix / "bin/sockwalk", *words, cwd=self.home, env=KEPT | {"HOME": str(self.home)})

    def test_the_binary_knows_no_place_of_its_making(self):
        binary = (self.prefix / "bin/sockwalk").read_bytes()
        for place in {ROOT, BUILD, ROOT.parent / "first"}:
            self.assertNotIn(str(place).encode() + b"/", binary)

    def test_lessons_and_samples_are_those_of_the_prefix(self):
        lines = [line.split(None, 1) for line in self.sockwalk("samples").stdout.splitlines()]
        self.assertTrue(lines)
        self.assertEqual({kind for kind, _ in lines}, {"lesson", "walk", "failure", "capture"})
        for _, path in lines:
            self.assertTrue(path.startswith(f"{self.prefix}/share/sockwalk/"), path)
        lessons = [pathlib.Path(path) for kind, path in lines if kind == "lesson"]
        self.assertEqual([p.parent.name for p in lessons], sorted(p.name for p in (ROOT / "lessons").iterdir() if p.is_dir()))
        self.assertEqual((self.share / "sockwalk/verified.tsv").read_bytes(),
                         (ROOT / "tests/scenarios/floors.tsv").read_bytes())
        mine = self.home / ".local/share/sockwalk/lessons/90-mine/lesson.md"
        mine.parent.mkdir(parents=True)
        mine.write_text("")
        self.addCleanup(shutil.rmtree, self.home / ".local")
        self.assertIn(f"lesson   {mine}\n", self.sockwalk("samples").stdout)

    def test_the_socket_walk_a_lesson_and_a_capture_run(self):
        for file, shown in (("lessons/03-socket/scenario.pkt", "inet_create("), ("lessons/23-tcp-handshake/scenario.pkt", "tcp_v4_rcv("),
                            ("captures/hello-udp.pcap", "udp_rcv(")):
            r = self.sockwalk("print", self.share / "sockwalk" / file)
            self.assertEqual((r.returncode, r.stderr), (0, ""))
            self.assertIn(shown, r.stdout)

    def test_a_lesson_begins_in_the_window(self):
        lesson = self.share / "sockwalk/lessons/23-tcp-handshake/lesson.md"
        heading = re.search(r"^# (\w+ \w+)", lesson.read_text(), re.M)[1]
        for file, begun in ((lesson, True), (lesson.with_name("scenario.pkt"), False)):
            for view in ("window", "lesson"):
                picture = self.home / "a.svg"
                r = self.sockwalk("shot", file, "--view", view, "-o", picture)
                self.assertEqual(r.returncode, 0, r.stderr)
                shown = re.sub(r"<[^>]*>", "", picture.read_text()) # a heading may take two lines
                self.assertEqual(all(word in shown for word in heading.split()), begun, (view, heading))

    def test_a_shot_of_the_window(self):
        picture = self.home / "a.png"
        r = self.sockwalk("shot", self.share / "sockwalk/lessons/03-socket/scenario.pkt", "--at", "inet_create", "-o", picture)
        self.assertEqual(r.returncode, 0, r.stderr)
        self.assertGreater(picture.stat().st_size, 20000)

    # ---- what goes with it
    @needs("desktop-file-validate")
    def test_the_desktop_file(self):
        r = run("desktop-file-validate", self.share / "applications/sockwalk.desktop")
        self.assertEqual((r.returncode, r.stdout + r.stderr), (0, ""))

    @needs("appstreamcli")
    def test_the_metainfo(self):
        r = run("appstreamcli", "validate", "--no-net", self.share / "metainfo/sockwalk.metainfo.xml")
        self.assertEqual(r.returncode, 0, r.stdout + r.stderr)

    @needs("update-mime-database")
    def test_the_types_of_files(self):
        mime = pathlib.Path(self.dir.name) / "mime"
        shutil.copytree(self.share / "mime", mime)
        r = run("update-mime-database", mime, env=KEPT | {"XDG_DATA_DIRS": self.dir.name})
        self.assertEqual((r.returncode, r.stdout + r.stderr), (0, ""))
        globs = (mime / "globs2").read_text()
        opened = (self.share / "applications/sockwalk.desktop").read_text().split("MimeType=")[1].split("\n")[0].split(";")
        for kind, ending in (("application/x-sockwalk", "sockwalk"), ("text/x-packetdrill", "pkt"), ("application/x-pcapng", "pcapng")):
            self.assertIn(f":{kind}:*.{ending}\n", globs)
            self.assertIn(kind, opened)
        self.assertIn("application/vnd.tcpdump.pcap", opened)

    def test_icons(self):
        icons = self.share / "icons/hicolor"
        for name in ("apps/sockwalk", "mimetypes/application-x-sockwalk", "mimetypes/text-x-packetdrill"):
            self.assertTrue((icons / "scalable" / f"{name}.svg").is_file())
            for size in (16, 22, 24, 32, 48, 64, 128, 256):
                head = (icons / f"{size}x{size}" / f"{name}.png").read_bytes()[:24]
                self.assertEqual((int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")), (size, size))

    def shown(self, page):
        r = run("man", "-l", "--warnings", self.share / "man" / page,
                env=KEPT | {"MANWIDTH": "100", "LC_ALL": "C.UTF-8", "MANROFFOPT": "-rHY=0"})
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        return r.stdout

    @needs("man")
    def test_the_chinese_manual_page(self):
        page = self.shown("zh_CN/man1/sockwalk.1.gz")
        english = self.shown("man1/sockwalk.1.gz")
        options = lambda text: sorted(re.findall(r"^ {7}(--?[\w-]+)", text, re.M))
        self.assertEqual(options(page), options(english))
        self.assertRegex(page, "[\u4e00-\u9fff]{4}")

    @needs("man")
    def test_the_manual_page(self):
        page = self.shown("man1/sockwalk.1.gz")
        for command in [line.split()[0] for line in run(self.prefix / "bin/sockwalk", "--help").stdout.split("The commands:\n")[1]
                        .split("\n\n")[0].splitlines()]:
            self.assertIn(f"sockwalk {command}", page)
        for word in ("--machine plain|recorded", "-platform PLATFORM", "XDG_DATA_HOME", "EXIT STATUS"):
            self.assertIn(word, page)

    def complete(self, *words):
        """What bash offers for the last of the words."""
        script = self.share / "bash-completion/completions/sockwalk"
        said = run("bash", "-c", 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sockwalk; printf "%s\\n" "${COMPREPLY[@]}"',
                   "-", script, *words, cwd=self.share / "sockwalk/walks", env=KEPT | {"PATH": f"{self.prefix}/bin:{os.environ['PATH']}"})
        self.assertEqual((said.returncode, said.stderr), (0, ""))
        return said.stdout.split()

    def test_completion(self):
        script = self.share / "bash-completion/completions/sockwalk"
        self.assertEqual(run("bash", "-n", script).stderr, "")
        self.assertEqual(self.complete("sockwalk", "pr"), ["print"])
        self.assertEqual(self.complete("sockwalk", "tcp-on"), ["tcp-on-loopback.pkt"])
        self.assertEqual(self.complete("sockwalk", "print", "--pl"), ["--plain"])
        self.assertEqual(self.complete("sockwalk", "print", "x.pkt", "--machine", ""), ["plain", "recorded"])
        self.assertEqual(self.complete("sockwalk", "print", "x.pkt", "--machine", "=", "r"), ["recorded"])
        self.assertEqual(self.complete("sockwalk", "--link", "v"), ["veth"])
        self.assertIn("packets", self.complete("sockwalk", "shot", "x.pkt", "--view", ""))
        self.assertEqual(self.complete("sockwalk", "layout", "sk_buff_h"), ["sk_buff_head"])
        self.assertEqual(self.complete("sockwalk", "help", "sh"), ["shot"])
        self.assertEqual(self.complete("sockwalk", "print", "--hz", ""), [])
        self.assertEqual(self.complete("sockwalk", "-platf"), ["-platform", "-platformtheme", "-platformpluginpath"])

    # ---- the package
    @needs("cpack", "dpkg-deb", "dpkg-shlibdeps")
    def test_the_debian_package(self):
        out = pathlib.Path(self.dir.name) / "deb"
        made = run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", out, cwd=BUILD)
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr)
        [package] = out.glob("*.deb")
        fields = run("dpkg-deb", "-f", package).stdout
        for library in ("libqt6widgets6", "libc6 (>=", "libpcap0.8", "libgvc6"):
            self.assertIn(library, fields)
        files = run("dpkg-deb", "-c", package).stdout
        for file in ("/usr/bin/sockwalk", "/usr/share/doc/sockwalk/copyright", "/usr/share/sockwalk/lessons/03-socket/lesson.md"):
            self.assertIn(f".{file}\n", files)
        if not shutil.which("lintian"):
            self.skipTest("lintian is not installed, so the package was not read by it")
        # What Debian's archive wants of a first upload is not asked of a package that goes elsewhere.
        r = run("lintian", "--fail-on", "error,warning", "--suppress-tags", "initial-upload-closes-no-bugs", package)
        self.assertEqual(r.returncode, 0, r.stdout + r.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
