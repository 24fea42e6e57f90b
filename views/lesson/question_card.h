// A question on a card: choices to pick or a line to type in, and a mark when it has been answered. What the engine says to
// it stands elsewhere, so that the card stays as large as it is.
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
  void showVerdict(bool right);

signals:
  void given(const QString& answer);
  void revealed(); // the pictures may show it

private:
  QLabel* m_title; // with a mark when it has been answered
  QPushButton* m_reveal;
};

// What is said to an answer: the reason, if it is right.
QString verdictWords(bool right, const QString& because);

} // namespace sockwalk
