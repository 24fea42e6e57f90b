// A question on a card: choices to pick or a line to type in, and what the engine says to it.
#pragma once
#include "engine/tell/lessons/lesson_file.h"
#include <QFrame>

class QLabel;
class QPushButton;

namespace sockwalk {

class QuestionCard final : public QFrame {
  Q_OBJECT
public:
  explicit QuestionCard(const tell::Question& question, QWidget* parent = nullptr);
  void showVerdict(bool right, const QString& because);

signals:
  void given(const QString& answer);
  void revealed(); // the pictures may show it

private:
  QLabel *m_covered, *m_verdict;
  QPushButton* m_reveal;
};

} // namespace sockwalk
