// A question on a card: where it is answered, a hint, and how many tries are left. What the engine says to it stands
// elsewhere, so that the card stays as large as it is.
#pragma once
#include "views/lesson/answer_pane.h"
#include <QFrame>

class QLabel;
class QPushButton;

namespace sockwalk {

class QuestionCard final : public QFrame {
  Q_OBJECT
public:
  QuestionCard(const tell::Question& question, const AnswerMeans& means, const AnswerPane::Say& say,
               QWidget* parent = nullptr);
  void showVerdict(bool right);
  void showTries(int used, int all); // all 0: as many as one likes
  void close();                      // nothing more is to be given
  bool isClick() const { return m_click; }

signals:
  void given(const sockwalk::tell::Given& answer);
  void hintWanted();
  void revealed(); // the pictures may show it

private:
  void addDifferences(const tell::OtherRun& other, QVBoxLayout& box);
  QWidget* head(const tell::Question& question);
  void showTitle();

  QLabel* m_title; // with a mark when it has been answered, and the tries
  QPushButton* m_reveal;
  AnswerPane* m_answer;
  QString m_mark, m_tries;
  bool m_click;
};

// What is said to an answer: the reason, if it is right.
QString verdictWords(bool right, const QString& because);
QString lastVerdictWords(const QString& answer, const QString& because); // after the last try
QString revealedWords(const QString& answer, const QString& because);

} // namespace sockwalk
