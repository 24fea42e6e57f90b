// A lab on a card: the task, what may be used, and the goals, each with what the record shows. A script is written and run on
// the card; what is done with the console or on the wire is done in the program, and the panel says here what came of it.
#pragma once
#include "engine/tell/lessons/lab_run.h"
#include "views/lesson/answer_pane.h"
#include <QFrame>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace sockwalk {

class LabCard final : public QFrame {
  Q_OBJECT
public:
  struct Offer {
    tell::Lab lab;
    QString start, solution; // scripts; "" where none is written
    QString numbers{};       // that are the person's own; "": it draws none
    bool begun = false;      // one can go on with it
  };
  LabCard(const Offer& offer, const AnswerPane::Say& say, QWidget* parent = nullptr);
  QString result() const;
  void setScript(const QString& script);
  void run();
  void showOutcome(const tell::LabOutcome& outcome);
  void putAway(); // the person has gone back to the lesson, and may go on

signals:
  void hintWanted();
  void solved();
  // ---- where one acts in the program
  void benchWanted();                      // it begins, or goes on
  void startWanted(const QString& script); // anew; "": with what the lab begins with
  void solutionWanted();                   // what is kept is typed
  void backWanted();

private:
  QWidget* head();
  void addWords(QBoxLayout& box, const QString& words, const char* role);
  QWidget* bench(); // where it is worked at
  void addScript(QBoxLayout& box);
  QPushButton* addButton(QBoxLayout& row, const QString& words, void (LabCard::*pressed)());
  void again();
  void showSolution();
  void showGoals(const tell::LabOutcome* outcome);

  Offer m_offer;
  QLabel *m_title, *m_result;
  QPlainTextEdit* m_script = nullptr; // where one is written
  QPushButton* m_begin;
  QWidget* m_bench;
};

QString scriptOf(const std::string& file); // "" if it is no text

} // namespace sockwalk
