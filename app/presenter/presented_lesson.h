// A lesson before a class: its stops, its words as the teacher's notes, its questions for the room.
#pragma once
#include "app/presenter/presented.h"
#include "views/lesson/lesson_panel.h"

namespace sockwalk {

class PresentedLesson final : public Presented {
  Q_OBJECT
public:
  PresentedLesson(LessonPanel& lesson, Walk& walk, QObject* parent);
  QString title() const override { return m_lesson.title(); }
  QStringList stops() const override;
  int stop() const override { return m_lesson.stop(); }
  void goTo(int stop) override;
  QString notes() const override;
  QString view() const override;
  std::optional<PresentedQuestion> question() const override;
  bool reveal() override;

private:
  const tell::LessonStop& here() const;
  QString aboutTheLesson() const;
  PresentedQuestion asked(const tell::Question& asked) const;
  QString answerOf(const tell::Question& asked, const tell::RightAnswer& right) const;
  PresentedQuestion task(const tell::Lab& lab) const;

  LessonPanel& m_lesson;
  Walk& m_walk;
  int m_asked = 0; // which of the stop's questions, then labs, the room has before it
};

} // namespace sockwalk
