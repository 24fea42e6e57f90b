// A lab on a card: the task, a script to be written there, and the goals, each with what the record of that script shows.
#pragma once
#include "engine/tell/lessons/lab_run.h"
#include "views/lesson/answer_pane.h"
#include <QFrame>

class QLabel;
class QPlainTextEdit;

namespace sockwalk {

class LabCard final : public QFrame {
  Q_OBJECT
public:
  // `start`: the script with which one begins.
  LabCard(const tell::Lab& lab, const QString& start, const AnswerPane::Say& say, QWidget* parent = nullptr);
  QString result() const;
  void setScript(const QString& script);
  void run();

signals:
  void hintWanted();
  void solved();

private:
  QWidget* head();
  QWidget* bench(const QString& start); // where the script is written and run
  void showSolution();
  void showGoals(const tell::LabOutcome* outcome);

  tell::Lab m_lab;
  QLabel *m_title, *m_result;
  QPlainTextEdit* m_script;
};

QString scriptOf(const std::string& file); // "" if it is no text

} // namespace sockwalk
