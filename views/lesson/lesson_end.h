// The end of a lesson: what was looked at, how many questions were answered right at the first try, and where to go from
// here.
#pragma once
#include "engine/tell/lessons/lesson_file.h"
#include <QWidget>

class QLabel;
class QPushButton;

namespace sockwalk {

class LessonEnd final : public QWidget {
  Q_OBJECT
public:
  explicit LessonEnd(QWidget* parent = nullptr);
  // `asked` of its questions, `right` of them answered right at once.
  void show(const tell::Lesson& lesson, int asked, int right);
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
  static QString scoreWords(int asked, int right);

  QLabel *m_title, *m_score, *m_seen, *m_nextTitle;
  QPushButton *m_next, *m_again;
  QString m_nextFile;
};

} // namespace sockwalk
