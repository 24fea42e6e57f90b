// A lesson of one's own, from the template, in a panel.
#pragma once
#include "engine/tell/lessons/lesson_template.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/lesson_trouble.h"
#include "views/lesson/question_card.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <QApplication>
#include <QFile>
#include <QPushButton>
#include <QTemporaryDir>

namespace sockwalk {

struct OwnLesson : ::testing::Test {
  QTemporaryDir dir;
  std::string folder = dir.path().toStdString() + "/90-mine";
  QString file = QString::fromStdString(folder + "/lesson.md");
  Walk walk;
  LessonPanel panel{walk};

  void SetUp() override {
    ASSERT_TRUE(tell::writeNewLesson(folder));
    panel.resize(320, 620);
    panel.show();
  }
  std::string text() const {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll().toStdString() : std::string();
  }
  void save(const std::string& text) { std::ofstream(folder + "/lesson.md") << text; }
  void change(const std::string& from, const std::string& to) {
    std::string all = text();
    const auto at = all.find(from);
    ASSERT_NE(at, all.npos) << from;
    save(all.replace(at, from.size(), to));
  }
  // A lesson with one question, at the moment when sk_alloc() returns in the program's call.
  void ask(const std::string& question, const std::string& stop = "call sock_map_fd") {
    std::filesystem::remove(folder + "/lesson.zh.md");
    save("---\ntitle: T\nscenario: scenario.pkt\n---\n# A\n```stop\nat: " + stop + "\n```\nWords.\n```predict\n" +
         question + "```\n");
    const auto opened = panel.openLesson(file);
    ASSERT_TRUE(opened) << opened.error().message;
    QApplication::processEvents(); // the card is laid out
  }
  LessonTrouble* trouble() { return panel.findChild<LessonTrouble*>(); }
  QuestionCard* card() { return panel.findChild<QuestionCard*>(); }
  QPushButton* button(const QString& words) {
    for (QPushButton* b : panel.findChildren<QPushButton*>())
      if (b->text() == words && b->isVisible()) return b;
    return nullptr;
  }
  bool answered() { return walk.covers().empty() && !card()->findChild<AnswerPane*>()->isEnabled(); }
};

} // namespace sockwalk
