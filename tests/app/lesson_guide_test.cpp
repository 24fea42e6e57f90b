// Help > Write a lesson: the guide as a page, and a lesson made, opened, broken, checked and mended beside it.
#include "app/lesson_guide.h"
#include "engine/tell/lessons/lesson_language.h"
#include "tests/app/window_fixture.h"
#include "views/lesson/lesson_panel.h"
#include <QAction>
#include <QDir>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBrowser>

namespace sockwalk {
namespace {

class LessonGuideTest : public tests::WindowTest {
protected:
  void SetUp() override {
    tests::WindowTest::SetUp();
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    m_window->findChild<QAction*>("lessonGuide")->trigger();
    ASSERT_TRUE(guide());
  }
  LessonGuide* guide() { return m_window->findChild<LessonGuide*>(); }
  QPushButton* button(const QString& text) {
    for (QPushButton* b : guide()->findChildren<QPushButton*>())
      if (b->text() == text) return b;
    return nullptr;
  }
  void replace(const QString& file, const QByteArray& old, const QByteArray& now) {
    QFile lesson(file);
    ASSERT_TRUE(lesson.open(QIODevice::ReadWrite));
    QByteArray all = lesson.readAll();
    ASSERT_TRUE(all.contains(old));
    all.replace(old, now);
    lesson.resize(0);
    lesson.seek(0);
    lesson.write(all);
  }
  std::unique_ptr<MainWindow> m_window;
};

TEST_F(LessonGuideTest, ThePageHasEveryKeyOfTheLanguage) {
  const QString page = guide()->findChild<QTextBrowser*>()->toPlainText();
  for (const tell::KeyRule& rule : tell::keyRules()) {
    EXPECT_TRUE(page.contains(QString("%1: %2").arg(rule.key, rule.example))) << rule.key;
    EXPECT_TRUE(page.contains(rule.about.english)) << rule.key;
  }
}

TEST_F(LessonGuideTest, ALessonIsMadeOpenedAndChecked) {
  EXPECT_TRUE(guide()->folder().startsWith(m_dir.filePath("data"))) << "one of the person's own is proposed";
  EXPECT_FALSE(button("Check it")->isEnabled());
  button("Make it from the template")->click();
  auto* const panel = m_window->findChild<LessonPanel*>();
  EXPECT_TRUE(panel->inLesson());
  EXPECT_EQ(panel->title(), "My lesson");
  EXPECT_FALSE(button("Make it from the template")->isEnabled());
  EXPECT_TRUE(guide()->verdict().startsWith("✓"));
  button("Check it")->click();
  EXPECT_TRUE(guide()->verdict().contains("Nothing is wrong")) << guide()->verdict().toStdString();
  replace(guide()->folder() + "/lesson.md", "note inetsw.match", "note inetsw.mtach");
  button("Check it")->click();
  EXPECT_TRUE(guide()->verdict().startsWith("✗"));
  const QString problems = guide()->findChild<QPlainTextEdit*>()->toPlainText();
  EXPECT_TRUE(problems.startsWith("lesson.md:")) << problems.toStdString();
  EXPECT_TRUE(problems.contains("inetsw.match")) << problems.toStdString();
}

TEST_F(LessonGuideTest, WhatIsThereIsLeftAndWhatCannotBeMadeIsSaid) {
  guide()->setFolder(m_dir.filePath("taken"));
  QDir(m_dir.path()).mkdir("taken");
  write("taken/scenario.pkt", "// mine");
  button("Make it from the template")->click();
  EXPECT_TRUE(guide()->verdict().startsWith("✗")) << guide()->verdict().toStdString();
  EXPECT_FALSE(QFile::exists(m_dir.filePath("taken/lesson.md")));
  guide()->setFolder({});
  EXPECT_FALSE(button("Make it from the template")->isEnabled());
}

} // namespace
} // namespace sockwalk
