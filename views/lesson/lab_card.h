// A lab on a card: the task, what may be used, and the goals, each with what the record shows. A script is written and run on
// the card; what is done with the console or on the wire is done in the program, and the panel says here what came of it.
#pragma once
#include "engine/tell/lessons/lab_run.h"
#include "views/lesson/answer_pane.h"
#include <QFrame>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace sockwalk {

class LabEditor;
class ScriptEdit;

class LabCard final : public QFrame {
  Q_OBJECT
public:
  struct Offer {
    tell::Lab lab;
    QString start, solution; // scripts; "" where none is written
    QString numbers{};       // that are the person's own; "": it draws none
    bool begun = false;      // one can go on with it
    QString written{};       // the script, as the person has left it
  };
  LabCard(const Offer& offer, const AnswerPane::Say& say, QWidget* parent = nullptr);
  QString result() const;
  void setScript(const QString& script);
  void run();
  void showOutcome(const tell::LabOutcome& outcome);
  void atWork(bool walking); // the walk is the lab's, or the lesson's again: one may go on

signals:
  void hintWanted();
  void solved();
  void scriptWritten(const QString& script);
  void walkWanted(const QString& script); // its record in the views
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
  void addWays(QBoxLayout& box);
  QPushButton* addButton(QBoxLayout& row, const QString& words, void (LabCard::*pressed)());
  void again();
  void runOrBegin();
  void enlarge();
  void walkThrough();
  void showSolution();
  void showGoals(const tell::LabOutcome* outcome);

  Offer m_offer;
  QString m_task;
  QLabel *m_title, *m_result;
  ScriptEdit* m_script = nullptr; // where one is written
  LabEditor* m_editor = nullptr;  // once it is enlarged
  QPushButton *m_begin, *m_back;
  QWidget* m_bench;
};

QString scriptOf(const std::string& file); // "" if it is no text

} // namespace sockwalk
