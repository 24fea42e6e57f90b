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
  bool open() const { return m_question && m_question->answer.isEmpty(); }
  // How many have taken each choice, and how many follow at all; nobody: no count is shown.
  void count(const std::vector<int>& taken, int followers);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {100, sizeHint().height()}; }

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  QFont questionFont() const;
  QFont choiceFont() const;
  void paintChoice(QPainter& painter, const QRectF& box, int choice) const;

  std::optional<PresentedQuestion> m_question;
  std::vector<int> m_taken;
  int m_followers = 0;
};

} // namespace sockwalk
