// The teacher's side of a question, below the lesson: while the walk is shared, the stop's question can be put to the class
// from here, too, and how many have taken what is counted here. Before a class (app/presenter) the big screen does so.
#pragma once
#include "app/presenter/presented_lesson.h"
#include "engine/share/room_state.h"
#include <QFrame>

class QLabel;
class QPushButton;

namespace sockwalk {

class ClassShare;

// What the room is asked, as it travels.
std::optional<share::AskedQuestion> askedOf(const std::optional<PresentedQuestion>& question);

class RoomLine final : public QFrame {
  Q_OBJECT
public:
  RoomLine(PresentedLesson& lesson, ClassShare& share, QWidget* parent = nullptr);
  bool asked() const { return m_asked >= 0; }
  void forget(); // another asks the class now, or nobody does

private:
  void ask();
  void tell();
  void count(const std::vector<int>& taken, int followers);
  QString countText(const PresentedQuestion& question) const;

  PresentedLesson& m_lesson;
  ClassShare& m_share;
  QLabel* m_words;
  QPushButton *m_ask, *m_reveal;
  int m_asked = -1; // the id of the question that the class has
  std::vector<int> m_taken;
  int m_followers = 0;
};

} // namespace sockwalk
