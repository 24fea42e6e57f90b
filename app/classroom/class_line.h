// One line above the stage for who follows a class: where the teacher is, the way back, and the question of the room.
#pragma once
#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace sockwalk {

class ClassSeat;

class ClassLine final : public QFrame {
  Q_OBJECT
public:
  explicit ClassLine(ClassSeat& seat, QWidget* parent = nullptr);

private:
  QString whereText() const;
  void tell();
  void tellQuestion();

  ClassSeat& m_seat;
  QLabel *m_where, *m_question;
  QPushButton *m_back, *m_leave;
  QHBoxLayout* m_choices;
  int m_asked = -1, m_taken = -1; // the question that the buttons are of; the choice taken
};

} // namespace sockwalk
