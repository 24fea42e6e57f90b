// A question on a card: choices to pick or a line to type in, and what the engine says to it.
#pragma once
#include "views/lesson/lesson_file.h"
#include <QFrame>

class QLabel;

namespace sockwalk {

class QuestionCard final : public QFrame {
  Q_OBJECT
public:
  explicit QuestionCard(const Question& question, QWidget* parent = nullptr);
  void showVerdict(bool right, const QString& because);

signals:
  void given(const QString& answer);

private:
  QLabel* m_verdict;
};

} // namespace sockwalk
