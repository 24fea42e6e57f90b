"""The page of a lesson in a real browser: usage lesson_test.py SOCKWALK SOURCES [PICTURES]. 77: there is no browser here."""
import json
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import browser
from exported import PICTURES, data_of, exported, learning_system, run_tests, unpacked

HATCH = "▒▒▒▒"
LESSON = "lessons/03-socket"


class Lesson(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.web = browser.Browser()
        cls.file = exported("lesson.html", LESSON)
        cls.data = data_of(cls.file)
        cls.lesson = cls.data["lesson"]
        cls.questions = {q["id"]: (i, q) for i, s in enumerate(cls.lesson["stops"]) for q in s["questions"]}

    @classmethod
    def tearDownClass(cls):
        cls.web.close()

    def open(self, hash_="#lang=en"):
        self.web.open("about:blank")
        self.web.open(self.file.as_uri() + hash_)

    def say(self, text, language=0):
        return "" if text < 0 else self.data["texts"][text][language]

    def step(self):
        return int(self.web.text("#count").split("/")[0]) - 1

    def stop(self):
        return int(self.web.run("return document.getElementById('stops').value"))

    def at(self, question):
        stop, q = self.questions[question]
        self.open(f"#stop={stop + 1}&lang=en")
        return q

    def card(self, part="", number=1):
        return f"#questions .question:nth-child({number}) {part}"

    def score(self):
        return self.web.text("#score")

    def walked(self):
        """All that the page says of the walk."""
        return self.web.run("""return ['said', 'pathPanel', 'things'].map(id => document.getElementById(id).textContent)
                               .join(' ') + [...document.querySelectorAll('[title]')].map(e => e.title).join(' ')""")

    def test_stops_are_walked_with_keys_and_buttons(self):
        self.open()
        for i, stop in enumerate(self.lesson["stops"]):
            self.assertEqual((self.stop(), self.step()), (i, stop["step"]))
            self.assertIn(f"stop={i + 1}", self.web.run("return location.hash"))
            if i + 1 < len(self.lesson["stops"]):
                self.web.press("n") if i % 2 else self.web.click("#nextStop")
        self.assertTrue(self.web.run("return document.getElementById('nextStop').disabled"))
        self.web.press("b")
        self.assertEqual(self.stop(), len(self.lesson["stops"]) - 2)
        self.web.press("Right")
        self.assertEqual(self.step(), self.lesson["stops"][-2]["step"] + 1)
        self.assertEqual(self.stop(), len(self.lesson["stops"]) - 2)
        self.assertEqual(self.web.complaints(), [])

    def test_links_lead_to_stops_steps_and_languages(self):
        self.open("#stop=4&lang=zh")
        self.assertEqual((self.stop(), self.step()), (3, self.lesson["stops"][3]["step"]))
        self.assertIn(self.say(self.lesson["stops"][3]["heading"], 1),
                      self.web.run("return document.getElementById('stops').selectedOptions[0].text"))
        self.web.press("l")
        self.assertIn(self.say(self.lesson["stops"][3]["heading"], 0),
                      self.web.run("return document.getElementById('stops').selectedOptions[0].text"))
        self.open("#step=9&stop=4&lang=en")
        self.assertEqual((self.stop(), self.step()), (3, 8))
        self.open("#stop=9999&lang=en")
        self.assertEqual(self.stop(), len(self.lesson["stops"]) - 1)
        self.assertEqual(self.web.complaints(), [])

    def test_what_is_asked_is_hidden_until_it_is_answered(self):
        q = self.at("which-proto")
        right = next(i for i, c in enumerate(q["choices"]) if c["right"])
        wrong = next(i for i, c in enumerate(q["choices"]) if not c["right"] and c["said"] >= 0)
        answer = q["hides"][0]
        self.web.run("location.hash = arguments[0]", f"#step={q['step'] + 1}")
        self.assertNotRegex(self.walked(), rf"(?<!\w){re.escape(answer)}(?!\w)")
        self.assertIn(HATCH, self.walked())
        self.web.click(self.card(f".choices button:nth-child({wrong + 1})"))
        self.assertIn(self.say(q["choices"][wrong]["said"]), self.web.text(self.card(".verdict")))
        self.assertIn("try 2 of 3", self.web.text(self.card("strong")))
        self.web.click(self.card(f".choices button:nth-child({right + 1})"))
        self.assertIn(self.say(q["because"]), self.web.text(self.card(".verdict")))
        self.assertEqual(self.step(), q["step"])
        self.assertRegex(self.walked(), rf"(?<!\w){re.escape(answer)}(?!\w)")
        self.assertTrue(self.score().startswith(f"{(q['points'] + 1) // 2} of "))
        self.assertTrue(self.web.run("return document.querySelector(arguments[0]).disabled", self.card(".choices button")))
        self.assertEqual(self.web.complaints(), [])

    def give(self, words):
        self.web.run("""const line = document.querySelector('#questions input');
                        line.value = arguments[0]; line.dispatchEvent(new Event('input'));
                        line.form.requestSubmit();""", words)
        return self.web.text(self.card(".verdict"))

    def test_a_number_is_understood_as_it_is_written(self):
        for words in ("131072", "0x20000", "128 KiB", "131,072", "128k", "131 072"):
            self.at("rcvbuf")
            self.assertTrue(self.give(words).startswith("✓"), words)
        for words in ("131073", "128", "0x2000", "12 MiB", "abc"):
            self.at("rcvbuf")
            self.assertTrue(self.give(words).startswith("✗"), words)
        q = self.at("rcvbuf")
        self.assertIn(self.say(q["wrong"][0]["said"]), self.give(q["wrong"][0]["text"]))

    def test_after_the_last_try_the_walk_shows_it(self):
        q = self.at("rcvbuf")
        for _ in range(q["tries"]):
            self.assertTrue(self.web.run("return !document.querySelector('#questions input').disabled"))
            said = self.give("7")
        self.assertIn(q["answer"], said)
        self.assertEqual(self.step(), q["step"])
        self.assertTrue(self.score().startswith("0 of "))

    def test_calls_are_put_in_order_with_keys(self):
        q = self.at("order")
        first = self.web.text("#path")
        for name in q["right"]:
            self.assertNotIn(f"\n{name}\n", first + "\n")
        self.web.click(self.card("> button"))
        self.assertTrue(self.web.text(self.card(".verdict")).startswith("✗"))
        for place, name in enumerate(q["right"]):
            while (now := self.web.run("return [...document.querySelectorAll('.order code')].map(c => c.textContent)")) \
                    .index(name) > place:
                self.web.click(self.card(f".order li:nth-child({now.index(name) + 1}) button:first-of-type"))
        self.web.click(self.card("> button"))
        self.assertTrue(self.web.text(self.card(".verdict")).startswith("✓"))
        self.assertIn(q["right"][0], self.web.text("#path"))

    def test_values_are_matched(self):
        q = self.at("sizes")
        self.assertTrue(self.web.run("return document.querySelector('#questions .question > button').disabled"))
        for i, value in enumerate(q["right"]):
            self.web.run("""const box = document.querySelectorAll('.match select')[arguments[0]];
                            box.value = arguments[1]; box.dispatchEvent(new Event('change'))""", i, value)
        self.web.click(self.card("> button"))
        self.assertTrue(self.web.text(self.card(".verdict")).startswith("✓"))
        self.assertTrue(self.score().startswith(f"{q['points']} of "))

    def test_what_is_revealed_earns_nothing(self):
        q = self.at("which-proto")
        self.web.click(self.card(".link:last-of-type"))
        self.assertIn(q["answer"], self.web.text(self.card(".verdict")))
        self.assertTrue(self.score().startswith("0 of "))

    def test_keys_that_are_typed_into_an_answer_walk_nowhere(self):
        self.at("rcvbuf")
        before = self.step()
        self.web.click("#questions input")
        for key in ("n", "b", "t", "Left", "Home"):
            self.web.press(key)
        self.assertEqual((self.stop(), self.step()), (self.questions["rcvbuf"][0], before))
        self.assertEqual(sorted(self.web.run("return document.querySelector('#questions input').value")), ["b", "n", "t"])

    def test_from_a_phone_to_a_projector(self):
        stop = self.questions["sizes"][0] + 1
        for width, height in ((360, 740), (768, 1024), (1280, 800), (1920, 1080)):
            self.web.size(width, height)
            for theme in ("light", "dark"):
                self.open(f"#stop={stop}&lang=" + ("zh" if theme == "dark" else "en"))
                self.web.run("document.documentElement.classList.toggle('dark', arguments[0]);"
                             "dispatchEvent(new Event('resize'))", theme == "dark")
                wide = self.web.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                self.assertLessEqual(wide, 0, f"{width}x{height}: the page is wider than the screen")
                cut = self.web.run("""
                  const box = document.getElementById('lesson').getBoundingClientRect();
                  return [...document.querySelectorAll('#lesson *')].filter(e => {
                    const r = e.getBoundingClientRect();
                    return r.width && (r.left < box.left - 1 || r.right > box.right + 1); }).map(e => e.outerHTML);""")
                self.assertEqual(cut, [], f"{width}x{height}")
                if PICTURES:
                    self.web.picture(PICTURES / f"lesson-{width}-{theme}.png")
        self.web.size(1280, 800)

    def test_a_learning_system_is_told_the_score(self):
        with learning_system(self.web, unpacked(exported("course.zip", LESSON)), {}):
            self.learn(lambda what: self.web.run("return said[arguments[0]]", what))

    def learn(self, said):
        """Answers everything: the first of each kind right at once, a number at the second try."""
        walk = "document.querySelector('iframe').contentDocument"
        go = lambda stop: self.web.run(f"document.querySelector('iframe').contentWindow.location.hash = '#lang=en&stop={stop + 1}'")
        self.assertEqual(said("cmi.core.lesson_status"), "incomplete")
        self.assertEqual([said(f"cmi.core.score.{k}") for k in ("raw", "min", "max")], ["0", "0", "100"])
        earned, total = 0, sum(q["points"] for _, q in self.questions.values() if q["kind"] != "other")
        for stop, q in self.questions.values():
            if q["kind"] == "other":  # asked in the program alone
                continue
            self.assertEqual(said("cmi.core.lesson_status"), "incomplete")
            go(stop)
            self.web.run(f"""const doc = {walk}, q = arguments[0], n = arguments[1];
              const card = doc.querySelectorAll('#questions .question')[n];
              if (q.kind === 'choose') card.querySelectorAll('.choices button')[q.choices.findIndex(c => c.right)].click();
              else if (q.kind === 'number') {{
                card.querySelector('input').value = 'nonsense'; card.querySelector('form').requestSubmit();
                const again = doc.querySelectorAll('#questions .question')[n];
                again.querySelector('input').value = q.right.text; again.querySelector('form').requestSubmit();
              }} else card.querySelector('.link:last-of-type').click();""",
                         q, self.lesson["stops"][stop]["questions"].index(q))
            earned += {"choose": q["points"], "number": (q["points"] + 1) // 2}.get(q["kind"], 0)
            self.assertEqual(said("cmi.core.score.raw"), str(int(100 * earned / total + 0.5)), q["id"])
        self.assertEqual(said("cmi.core.lesson_status"), "passed" if 2 * earned >= total else "failed")
        self.assertEqual(said("cmi.core.lesson_status"), "passed")
        kept = said("cmi.suspend_data")
        self.assertLess(len(kept), 4096)
        raw = said("cmi.core.score.raw")
        self.web.run("API.LMSCommit(''); location.reload()")
        self.assertEqual((said("cmi.core.score.raw"), said("cmi.core.lesson_status")), (raw, "passed"))
        self.assertEqual(json.loads(said("cmi.suspend_data"))["answers"], json.loads(kept)["answers"])


if __name__ == "__main__":
    run_tests()
