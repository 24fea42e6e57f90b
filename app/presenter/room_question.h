// The question that a class has before it: its choices, how many have taken each, and, once it is revealed, the answer.
#pragma once
#include "app/presenter/presented.h"
#include <QWidget>

namespace sockwalk {

class RoomQuestion final : public QWidget {
  Q_OBJECT
public:
  explicit RoomQuestion(QWidget* parent = nullptr);
  void ask(const std::optional<PresentedQuestion>& question);
  bool open() const { return m_question && m_question->answer.isEmpty() && !m_question->task; }
  // How many have taken each choice, and how many follow at all; nobody: no count is shown.
  void count(const std::vector<int>& taken, int followers);
  QSize sizeHint() const override { return {400, heightForWidth(width())}; }
  QSize minimumSizeHint() const override { return {100, 0}; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override { return lay(width).height; }

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  // Where the question, what is to be ordered or matched, and the choices stand: from top to bottom.
  struct Laid {
    QRect question{}, count{}, below{};
    std::vector<QRect> choices{};
    int height = 0;
  };
  Laid lay(int width) const;
  void layChoices(Laid& laid, int width) const;
  QString countWords() const;
  QString below() const; // the question, where there are no choices
  QFont questionFont() const;
  QFont choiceFont() const;
  QRect paintTaken(QPainter& painter, QRect inner, int choice) const; // what is left for the words
  void paintChoice(QPainter& painter, const QRect& box, int choice) const;

  std::optional<PresentedQuestion> m_question;
  std::vector<int> m_taken;
  int m_followers = 0;
};

} // namespace sockwalk
