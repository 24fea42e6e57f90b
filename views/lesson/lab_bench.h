// Where a person works at a lab with the console or the wire: the walk is the lab's then, and the lesson's own waits here.
// A lab that is left stays as it is, and one can go on with it.
#pragma once
#include "engine/tell/lessons/lab_run.h"
#include "views/walk/walk.h"
#include <map>

namespace sockwalk {

class LabBench final : public QObject {
  Q_OBJECT
public:
  explicit LabBench(Walk& walk, QObject* parent) : QObject(parent), m_walk(walk) {}
  bool busy() const { return m_lesson != nullptr; }
  scenario::Session& lessonSession() const { return busy() ? *m_lesson : m_walk.session(); }
  const std::string& lab() const { return m_lab; } // that is worked at; its id

  bool hasBegun(const std::string& lab) const { return m_left.contains(lab); }
  // The walk is the lab's: as it was left, or in `session`, which begins it anew.
  void goOn(const tell::Lab& lab);
  void begin(const tell::Lab& lab, std::unique_ptr<scenario::Session> session);
  void leave();  // the lesson's walk is back, where it was
  void forget(); // of a lesson that is over; the walk stays what it is
  void forgetLabs() { m_left.clear(), m_scripts.clear(); }
  // What a person has written for a lab stays, whichever stop is looked at meanwhile; "": nothing.
  QString script(const std::string& lab) const;
  void keepScript(const std::string& lab, const QString& script) { m_scripts[lab] = script; }

signals:
  void entered(); // the walk is a lab's, and was the lesson's
  void left();

private:
  void enter(const tell::Lab& lab, std::unique_ptr<scenario::Session> session, EventIndex position);

  Walk& m_walk;
  std::unique_ptr<scenario::Session> m_lesson;
  EventIndex m_position = 0; // of the lesson's walk
  std::string m_lab;
  std::map<std::string, std::unique_ptr<scenario::Session>> m_left; // by lab
  std::map<std::string, QString> m_scripts;                         // by lab
};

} // namespace sockwalk
