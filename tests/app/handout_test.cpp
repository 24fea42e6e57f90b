// Lessons on paper: as files, with pictures that keep what is asked to themselves.
#include "app/handout/handout_files.h"
#include "app/handout/handout_words.h"
#include "app/offscreen.h"
#include "tests/app/window_fixture.h"
#include "views/lesson/lesson_panel.h"
#include "views/theme/theme.h"
#include <QBuffer>
#include <QDir>
#include <QLabel>
#include <QMenu>
#include <QRegularExpression>

namespace sockwalk {
namespace {

const QString Lessons = SOCKWALK_SOURCE_DIR "/lessons/";

class HandoutTest : public tests::WindowTest {
protected:
  static std::unique_ptr<HandoutPictures> opened(const QString& lesson, bool answers) {
    auto out = HandoutPictures::open(Lessons + lesson, answers);
    if (!out) throw std::runtime_error(out.error().message);
    return std::move(*out);
  }
  // What stands in a picture, a line each.
  static QStringList wordsIn(const QByteArray& svg) {
    static const QRegularExpression element(QStringLiteral("<text[^>]*>([^<]*)</text>"));
    QStringList out;
    for (auto found = element.globalMatch(QString::fromUtf8(svg)); found.hasNext();) out << found.next().captured(1);
    return out;
  }
  // How often the pictures say what a question asks for. What is short stands in many a sentence and means something else.
  static int told(HandoutPictures& pictures, const tell::Handout& asked) {
    static const QRegularExpression anywhere(QStringLiteral("\\b(\\w{1,2}|NULL)\\b"));
    int out = 0;
    for (std::size_t stop = 0; stop < asked.stops.size(); ++stop)
      for (std::size_t i = 0; i < asked.stops[stop].views.size(); ++i)
        for (const QString& words : wordsIn(pictures.svg(stop, i)))
          out += asked.covers.tells(QString(words).remove(anywhere).toStdString());
    return out;
  }
  QByteArray read(const QString& name) {
    QFile file(m_dir.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
};

TEST_F(HandoutTest, EachStopHasItsPictures) {
  const auto pictures = opened("26-where-data-waits", false);
  const tell::Handout& paper = pictures->paper();
  for (std::size_t stop = 0; stop < paper.stops.size(); ++stop)
    for (std::size_t i = 0; i < paper.stops[stop].views.size(); ++i) {
      EXPECT_GT(wordsIn(pictures->svg(stop, i)).size(), 5) << stop;
      EXPECT_GT(pictures->size(stop, i).height(), 100);
      EXPECT_FALSE(pictures->title(stop, i).isEmpty());
    }
}

// What the stop looks at, not what was written last: at the first stop, and beside another view, too.
TEST_F(HandoutTest, ThePictureOfAStructureIsOfWhatIsLookedAt) {
  const QString folder = m_dir.filePath("looks");
  ASSERT_TRUE(QDir().mkpath(folder));
  write("looks/scenario.pkt", "//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
                              "+0 socket(AF_INET, SOCK_STREAM, 0) = 4\n//@case last\n+0 close(4) = 0\n");
  write("looks/lesson.md", "---\ntitle: T\nscenario: scenario.pkt\n---\n# A\n```stop\nat: end make\n"
                           "view: structure\nfocus: tcp_sock#1\n```\nOne.\n# B\n```stop\nat: end last\n"
                           "view: [tables:files, structure]\nfocus: tcp_sock#1\npoint: member tcp_sock.sk_rcvbuf\n```\n"
                           "Two.\n# C\n```stop\nat: end\nview: [tables, structure:memory]\n```\nThree.\n");
  auto pictures = HandoutPictures::open(folder, false);
  ASSERT_TRUE(pictures) << pictures.error().message;
  const auto says = [&](std::size_t stop, std::size_t index, const QString& words) {
    return wordsIn((*pictures)->svg(stop, index)).join('|').contains(words);
  };
  EXPECT_TRUE(says(0, 0, "tcp_sock #1"));
  EXPECT_TRUE(says(1, 1, "tcp_sock #1"));
  EXPECT_TRUE(says(1, 1, "sk_rcvbuf")) << "where it is pointed at is in sight";
  EXPECT_FALSE(says(1, 0, "TCP listeners")) << "one table alone";
  EXPECT_TRUE(says(2, 0, "TCP listeners")) << "and all, where no page is named";
  EXPECT_EQ((*pictures)->title(2, 1), "Structure");
}

TEST_F(HandoutTest, WithoutTheAnswersNoPictureGivesOneAway) {
  for (const char* lesson : {"03-socket", "23-tcp-handshake"}) {
    const auto covered = opened(lesson, false);
    EXPECT_EQ(told(*covered, covered->paper()), 0) << lesson;
    EXPECT_GT(told(*opened(lesson, true), covered->paper()), 5) << lesson; // which is what there is to cover
  }
}

TEST_F(HandoutTest, ThePageOfHtmlHasAllInIt) {
  const auto covered = opened("03-socket", false);
  const QByteArray html = handoutHtml(*covered);
  std::size_t pictures = 0;
  for (const auto& stop : covered->paper().stops) pictures += stop.views.size();
  EXPECT_EQ(html.count("src=\"data:image/svg+xml;base64,"), qsizetype(pictures));
  EXPECT_EQ(html.count("<h2 id=\"stop-"), qsizetype(covered->paper().stops.size()));
  EXPECT_FALSE(html.contains("<script"));
  EXPECT_FALSE(QString::fromUtf8(html).contains(QRegularExpression(QStringLiteral("(src|href)=\"(?!data:|https?:)"))));
  EXPECT_TRUE(html.contains("class=\"line\""));
  EXPECT_FALSE(html.contains("131072"));
  EXPECT_FALSE(html.contains("class=\"answer\""));
  const QByteArray answered = handoutHtml(*opened("03-socket", true));
  EXPECT_TRUE(answered.contains("<code>131072</code>"));
  EXPECT_TRUE(answered.contains("class=\"answer\""));
  EXPECT_FALSE(answered.contains("class=\"line\""));
}

TEST_F(HandoutTest, ItIsWrittenAsPdfAndAsHtml) {
  const QString lesson = Lessons + "03-socket";
  const auto pdf = writeHandout(lesson, false, m_dir.filePath("a.pdf"));
  ASSERT_TRUE(pdf.ok()) << pdf.error().message;
  EXPECT_GT(*pdf, 8u);
  EXPECT_TRUE(read("a.pdf").startsWith("%PDF-"));
  EXPECT_GE(read("a.pdf").count("/Type /Page\n"), 5);
  EXPECT_TRUE(writeHandout(lesson, true, m_dir.filePath("a.html")).ok());
  EXPECT_TRUE(read("a.html").startsWith("<!DOCTYPE html>"));
}

TEST_F(HandoutTest, WhatDoesNotGoIsSaidAndLeavesNothing) {
  const QString lesson = Lessons + "03-socket";
  const auto trouble = [&](const QString& name, const QString& of) {
    const auto written = writeHandout(of, false, m_dir.filePath(name));
    return written ? QString() : QString::fromStdString(written.error().message);
  };
  EXPECT_TRUE(trouble("a.txt", lesson).contains(".pdf or .html"));
  EXPECT_FALSE(trouble("no/such/a.pdf", lesson).isEmpty());
  EXPECT_TRUE(trouble("a.pdf", write("lesson.md", "no head\n")).contains("lesson.md:1:1"));
  const auto stopped =
      writeHandout(lesson, false, m_dir.filePath("a.pdf"), [](std::size_t done, std::size_t) { return done < 2; });
  EXPECT_FALSE(stopped.ok());
  EXPECT_TRUE(QDir(m_dir.path()).entryList({"*.pdf", "*.txt"}).isEmpty());
}

// The person's dark window is dark again, and the lesson stands where it stood.
TEST_F(HandoutTest, TheWindowWritesItInLightAndStaysAsItIs) {
  ThemeHub::instance().setChoice(ThemeChoice::Dark);
  MainWindow window;
  EXPECT_FALSE(window.writeHandout(m_dir.filePath("a.html"), false));
  EXPECT_TRUE(window.banner().message().contains("Open a lesson first"));
  ASSERT_TRUE(window.openLesson(Lessons + "03-socket/lesson.md"));
  auto* const panel = window.findChild<LessonPanel*>();
  panel->goTo(3);
  const EventIndex position = window.walk().position();
  EXPECT_TRUE(window.writeHandout(m_dir.filePath("a.html"), false));
  EXPECT_EQ(ThemeHub::instance().choice(), ThemeChoice::Dark);
  EXPECT_EQ(window.walk().position(), position);
  EXPECT_EQ(panel->stop(), 3);
  const QByteArray dark = roleColor(Role::Card, Shade::Dark).name().toLatin1();
  EXPECT_FALSE(QByteArray::fromBase64(read("a.html").split(',').value(1)).contains(dark));
  ThemeHub::instance().setChoice(ThemeChoice::Light);
}

// On paper all stops' questions are covered at once; in the window, once it is written, only what is asked there.
TEST_F(HandoutTest, WhatPaperCoversIsNotCoveredInTheWindow) {
  MainWindow window;
  window.resize(1280, 800);
  window.show();
  ASSERT_TRUE(window.openLesson(Lessons + "03-socket/lesson.md"));
  auto* const panel = window.findChild<LessonPanel*>();
  panel->goTo(panel->stopCount() - 1);
  settle();
  const auto hatched = [&] {
    QStringList out;
    for (const QLabel* label : window.findChildren<QLabel*>())
      if (label->text().contains(tell::Covers::Hatch)) out << label->text();
    return out.join('\n').toStdString();
  };
  const std::string before = hatched();
  for (const bool answers : {false, true}) {
    EXPECT_TRUE(window.writeHandout(m_dir.filePath("a.html"), answers));
    settle();
    EXPECT_EQ(hatched(), before);
  }
}

TEST_F(HandoutTest, TheLessonsMenuOffersIt) {
  MainWindow window;
  auto* const menu = window.findChild<QMenu*>("lessonsMenu");
  emit menu->aboutToShow();
  for (const char* name : {"handout", "handoutWithAnswers"}) {
    ASSERT_TRUE(menu->findChild<QAction*>(name)) << name;
    EXPECT_FALSE(menu->findChild<QAction*>(name)->isEnabled());
  }
  ASSERT_TRUE(window.openLesson(Lessons + "03-socket/lesson.md"));
  emit menu->aboutToShow();
  EXPECT_TRUE(menu->findChild<QAction*>("handout")->isEnabled());
}

} // namespace
} // namespace sockwalk
