// Where a person answers a question, in the form that its kind asks for: choices, a line, a call of one's own, calls to be put in
// order, pairs, pointers to be dragged, or a picture to be clicked in.
#pragma once
#include "engine/tell/lessons/answers.h"
#include <functional>
#include <QBoxLayout>
#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace sockwalk {

// What the engine has for whoever answers.
struct AnswerMeans {
  QStringList values;                      // match: what there is to choose from
  std::optional<tell::PointerBoard> board; // drag
};

class AnswerPane final : public QWidget {
  Q_OBJECT
public:
  // `say`: the words of the lesson, with what is computed in them.
  using Say = std::function<QString(const tell::LessonWords&)>;
  AnswerPane(const tell::Question& question, const AnswerMeans& means, const Say& say, QWidget* parent = nullptr);
  void focusFirst();

signals:
  void given(const sockwalk::tell::Given& answer);

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void build(const tell::Question& question, const AnswerMeans& means, const Say& say);
  void buildChoices(const tell::Question& question, const Say& say);
  void buildLine();
  void buildCall();
  void buildEntry(QLineEdit* line, const QString& press, QBoxLayout::Direction beside);
  void buildOrder(const tell::Question& question);
  void buildMatch(const tell::Question& question, const QStringList& values, const Say& say);
  void buildClick(const tell::Question& question);
  void buildDrag(const tell::PointerBoard& board);
  QVBoxLayout* m_box;
};

} // namespace sockwalk
