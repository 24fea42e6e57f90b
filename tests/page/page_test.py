"""A page of a walk in a real browser: usage page_test.py SOCKWALK SOURCES [PICTURES]. 77: there is no browser here."""
import pathlib
import sys
import unittest
import xml.etree.ElementTree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import browser
from exported import PICTURES, data_of, exported, learning_system, run_tests, unpacked


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.web = browser.Browser()
        cls.file = exported("walk.html", "assets/walks/udp-through-a-router.pkt")
        cls.data = data_of(cls.file)

    @classmethod
    def tearDownClass(cls):
        cls.web.close()

    def open(self, hash_=""):
        self.web.open("about:blank")
        self.web.open(self.file.as_uri() + hash_)

    def said(self):
        return self.web.text("#sentence")

    def count(self):
        return int(self.web.text("#count").split("/")[0])

    def test_keys_walk_both_ways(self):
        self.open()
        before = []
        for _ in range(40):
            before.append((self.count(), self.said(), self.web.text("#path .r"), self.web.text("#cards")))
            self.web.press("Right")
        for was in reversed(before):
            self.web.press("Left")
            self.assertEqual((self.count(), self.said(), self.web.text("#path .r"), self.web.text("#cards")), was)
        self.web.press("End")
        self.assertEqual(self.count(), len(self.data["steps"]))
        self.assertTrue(self.web.run("return document.getElementById('next').disabled"))
        self.web.press("Home")
        self.assertEqual(self.count(), 1)
        self.web.press("PageDown")
        self.assertNotEqual(self.data["steps"][self.count() - 1]["p"], self.data["steps"][0]["p"])
        self.web.press("PageUp")
        self.assertEqual(self.count(), 1)
        self.assertEqual(self.web.complaints(), [])

    def test_every_step_shows_what_the_data_says(self):
        self.open()
        shown, more = [], True
        while more:
            part, more = self.web.run("""
              const next = document.getElementById('next'), out = [];
              for (let i = 0; i < 50; ++i) {
                out.push([document.getElementById('sentence').textContent,
                          document.querySelectorAll('#path .r').length,
                          document.querySelector('#path .r .pill')?.textContent ?? '',
                          document.querySelectorAll('#cards .card').length]);
                if (next.disabled) return [out, false];
                next.click();
              }
              return [out, true];""")
            shown += part
        texts, steps = self.data["texts"], self.data["steps"]
        self.assertEqual(len(shown), len(steps))
        for (said, running, name, cards), step in zip(shown, steps):
            self.assertEqual(said, texts[step["loss"] if step["loss"] >= 0 else step["s"]][0])
            self.assertEqual(running, 1 if step["r"] >= 0 else 0)
            if step["r"] >= 0:
                self.assertEqual(name, self.data["paths"][step["p"]]["nodes"][step["r"]]["f"])
            self.assertEqual(cards, len(step["o"]))
        self.assertEqual(self.web.complaints(), [])

    def test_links_lead_to_steps_and_languages(self):
        self.open("#step=17&lang=zh")
        self.assertEqual(self.count(), 17)
        self.assertEqual(self.web.run("return document.documentElement.lang"), "zh-CN")
        self.assertEqual(self.said(), self.data["texts"][self.data["steps"][16]["s"]][1])
        self.web.press("l")
        self.assertEqual(self.said(), self.data["texts"][self.data["steps"][16]["s"]][0])
        self.web.press("Right")
        self.assertIn("#step=18", self.web.run("return location.hash"))
        for wrong, there in (("#step=999999", len(self.data["steps"])), ("#step=-4", 1), ("#step=x&lang=qq", 1)):
            self.open(wrong)
            self.assertEqual(self.count(), there)
        self.assertEqual(self.web.complaints(), [])

    def test_from_a_phone_to_a_projector(self):
        for width, height in ((360, 740), (1024, 768), (1280, 720), (1920, 1080)):
            self.web.size(width, height)
            for theme in ("light", "dark"):
                self.open("#step=30&lang=" + ("zh" if theme == "dark" else "en"))
                self.web.run("document.documentElement.classList.toggle('dark', arguments[0]);"
                             "dispatchEvent(new Event('resize'))", theme == "dark")
                wide = self.web.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                self.assertLessEqual(wide, 0, f"{width}x{height}: the page is wider than the screen")
                low = self.web.run("""
                  const r = document.querySelector('#path .r .pill').getBoundingClientRect(),
                        b = document.getElementById('path').getBoundingClientRect();
                  return r.top >= b.top - 1 && r.bottom <= b.bottom + 1 && r.left >= b.left - 1""")
                self.assertTrue(low, f"{width}x{height}: what runs is not seen")
                if PICTURES:
                    self.web.picture(PICTURES / f"page-{width}-{theme}.png")
        self.web.size(1280, 800)

    def test_what_runs_can_be_clicked(self):
        self.open()
        self.web.run("document.querySelectorAll('#path .pill')[3].click()")
        self.assertEqual(self.web.text("#path .r .pill"), self.data["paths"][0]["nodes"][3]["f"])

    def test_a_stretch(self):
        file = exported("stretch.html", "assets/walks/udp-through-a-router.pkt", "--from", "5", "--to", "15")
        self.web.open(file.as_uri())
        self.assertEqual(self.web.text("#count"), "1 / 11")

    def test_a_learning_system_is_told_how_far_one_has_come(self):
        package = exported("course.zip", "assets/walks/udp-through-a-router.pkt", "--from", "5", "--to", "15")
        with zipfile.ZipFile(package) as packed:
            self.assertEqual(packed.namelist(), ["imsmanifest.xml", "index.html"])
        folder = unpacked(package)
        manifest = xml.etree.ElementTree.parse(folder / "imsmanifest.xml").getroot()
        space = {"c": "http://www.imsproject.org/xsd/imscp_rootv1p1p2"}
        self.assertEqual(manifest.find("c:resources/c:resource", space).get("href"), "index.html")
        with learning_system(self.web, folder, {"cmi.core.lesson_location": "3"}) as walk:
            self.assertEqual(self.web.run(f"return {walk}.getElementById('count').textContent"), "3 / 11")
            self.assertEqual(self.web.run("return said['cmi.core.lesson_status']"), "incomplete")
            self.web.run(f"{walk}.getElementById('last').click()")
            self.assertEqual(self.web.run("return said['cmi.core.lesson_status']"), "completed")
            self.assertEqual(self.web.run("return said['cmi.core.lesson_location']"), "11")


if __name__ == "__main__":
    run_tests()
