// The words of a handout as HTML, the same for a browser and for paper.
#pragma once
#include "engine/tell/lessons/handout.h"
#include <QCoreApplication>
#include <QString>

namespace sockwalk {

class HandoutWords {
  Q_DECLARE_TR_FUNCTIONS(sockwalk::HandoutWords)
public:
  explicit HandoutWords(const tell::Handout& paper) : m_paper(paper) {}

  QString kind() const;    // "For the teacher: with the answers"; or where a name is written
  QString goals() const;   // a list
  QString teacher() const; // a list, "" without the answers
  QString text(const tell::HandoutStop& stop) const;
  QString summary() const;
  // What is asked, and what is to be done about it.
  QString ask(const tell::HandoutQuestion& question) const;
  QString items(const tell::HandoutQuestion& question) const; // "" if there is only room to write
  QString answer(const tell::HandoutQuestion& question) const;
  QString task(const tell::HandoutLab& lab) const;
  QString solution(const tell::HandoutLab& lab) const;
  static QString goalsTitle() { return tr("What you will be able to do"); }
  static QString course() { return tr("The course on Linux networking"); }
  static QString minutes(int minutes) { return tr("%1 min").arg(minutes); }
  static QString teacherTitle() { return tr("For whoever teaches"); }
  static QString summaryTitle() { return tr("In the end"); }
  static QString page(int number, int all) { return tr("page %1 of %2").arg(number).arg(all); }
  static QString picture(const QString& view, const QString& heading) {
    return tr("%1, at the stop “%2”").arg(view, heading);
  }
  // How many lines are left for an answer.
  int lines(const tell::HandoutQuestion& question) const;
  int lines(const tell::HandoutLab& lab) const;

private:
  QString head(const QString& what, int points) const;
  const tell::Handout& m_paper;
};

} // namespace sockwalk
