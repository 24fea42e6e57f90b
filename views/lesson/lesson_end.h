// The end of a lesson: what was looked at, how many questions were answered right at the first try, and where to go from
// here.
#pragma once
#include "engine/tell/lessons/lesson_file.h"
#include <QWidget>

class QLabel;
class QPushButton;

namespace sockwalk {

struct LessonScore {
  int asked = 0, right = 0; // questions; answered right at once
  int points = 0, earned = 0;
};

class LessonEnd final : public QWidget {
  Q_OBJECT
public:
  explicit LessonEnd(QWidget* parent = nullptr);
  void show(const tell::Lesson& lesson, const LessonScore& score, const QString& summary);
  void focusFirst();
  QString score() const;

signals:
  void lessonWanted(const QString& file); // the next one
  void again();
  void back(); // to its last stop
  void welcomeWanted();
  void closed();

private:
  QPushButton* button(const QString& text);
  static QString scoreWords(const LessonScore& score);

  QLabel *m_title, *m_score, *m_seen, *m_summary, *m_looked, *m_nextTitle;
  QPushButton *m_next, *m_again;
  QString m_nextFile;
};

} // namespace sockwalk
