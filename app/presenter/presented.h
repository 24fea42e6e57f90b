// What is told to a class besides the walk's pictures: stops to go to, words for the teacher, a question for the room.
// A walk has its calls and frames as stops; a lesson has its own.
#pragma once
#include <optional>
#include <QObject>
#include <QStringList>

namespace sockwalk {

struct PresentedQuestion {
  int id = 0; // the same as long as it is the same question
  QString text{};
  QStringList choices{}; // none: the answer is a number or a name
  QStringList items{};   // to be put in order, or to be matched
  QStringList values{};  // of which each item has one: to be matched
  bool task = false;     // there is nothing to be answered: a lab
  int right = -1;        // which of the choices, once it is revealed
  QString answer{};      // in words, once it is revealed; ""
};

class Presented : public QObject {
  Q_OBJECT
public:
  using QObject::QObject;
  virtual QString title() const = 0;
  virtual QStringList stops() const = 0;
  virtual int stop() const = 0; // -1: before the first
  virtual void goTo(int stop) = 0;
  virtual QString notes() const = 0;          // for the teacher's eyes, rich text
  virtual QString view() const { return {}; } // that the stop is about; "" of none
  virtual std::optional<PresentedQuestion> question() const { return std::nullopt; }
  // The answer, or the next question of the stop; false: there is nothing of the kind.
  virtual bool reveal() { return false; }

signals:
  void changed(); // the stop, or what is known of its question
};

} // namespace sockwalk
