"""A browser follows a class: usage class_test.py CLASS_SAMPLE SOURCES. 77: there is no browser here."""
import json
import pathlib
import re
import subprocess
import sys
import time
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import browser


class Room(unittest.TestCase):
    def setUp(self):
        self.teacher = subprocess.Popen([sys.argv[1], f"{SOURCES}/assets/walks/udp-through-a-router.pkt"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.address = self.teacher.stdout.readline().strip()
        page = urllib.request.urlopen(self.address).read().decode()
        self.steps = json.loads(re.search(r'id="data">(.*?)</script>', page, re.S).group(1))["steps"]
        self.web = browser.Browser()
        self.web.open(self.address)

    def tearDown(self):
        self.web.close()
        self.teacher.kill()
        self.teacher.wait()
        self.teacher.stdin.close()
        self.teacher.stdout.close()

    def tell(self, line):
        self.teacher.stdin.write(line + "\n")
        self.teacher.stdin.flush()

    def teach(self, step):
        self.tell(f"at {self.steps[step]['at']}")

    def within(self, holds):
        for _ in range(200):
            if holds():
                return True
            time.sleep(0.05)
        return holds()

    def at(self):
        return int(self.web.text("#count").split("/")[0]) - 1

    def test_it_follows_wanders_off_and_comes_back(self):
        self.teach(40)
        self.assertTrue(self.within(lambda: self.at() == 40))
        self.assertFalse(self.web.run("return document.getElementById('room').hidden"))
        self.web.press("Right")
        self.teach(80)
        time.sleep(0.5)
        self.assertEqual(self.at(), 41)
        self.web.click("#comeBack")
        self.assertEqual(self.at(), 80)
        self.teach(90)
        self.assertTrue(self.within(lambda: self.at() == 90))
        self.assertEqual(self.web.complaints(), [])

    def test_it_answers_the_room(self):
        self.teach(10)
        self.tell("ask")
        self.assertTrue(self.within(lambda: self.web.text("#asked") == "How long?"))
        self.web.click("#choices button:nth-child(2)")
        self.assertTrue(self.within(lambda: self.web.run(
            "return document.querySelectorAll('#choices button')[1].getAttribute('aria-pressed')") == "true"))
        self.tell("taken")
        self.assertEqual(self.teacher.stdout.readline().split(), ["0", "1"])
        self.tell("reveal")
        self.assertTrue(self.within(lambda: "13" in self.web.text("#asked")))
        self.assertTrue(self.web.run("return document.querySelectorAll('#choices button')[0].disabled"))

    def test_it_says_that_the_class_is_over(self):
        self.teach(10)
        self.assertTrue(self.within(lambda: self.at() == 10))
        self.tell("end")
        self.assertTrue(self.within(lambda: "ended the class" in self.web.text("#where")))
        self.web.press("Right")
        self.assertEqual(self.at(), 11)


if __name__ == "__main__":
    SOURCES = sys.argv[2]
    if why := browser.missing():
        print("skipped:", why)
        sys.exit(77)
    unittest.main(argv=sys.argv[:1], verbosity=2)
