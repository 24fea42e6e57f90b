// The walk: the one object that owns the session and the playhead, takes a person's commands, and says when the
// playhead moved. Views read playhead() and never write; they know the walk and not one another.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/journal/queries.h"
#include "engine/scenario/session.h"
#include "engine/tell/hosts.h"
#include "engine/tell/lessons/covers.h"
#include "views/walk/watches.h"
#include <memory>
#include <optional>
#include <QObject>
#include <QTimer>

namespace sockwalk {

class Walk final : public QObject {
  Q_OBJECT
public:
  explicit Walk(QObject* parent = nullptr);
  ~Walk() override;

  // ---- the session
  void open(std::unique_ptr<scenario::Session> session, EventIndex position = 0);
  // The same, and gives back the session that was open (nullptr: none was), to be opened again later as it is now.
  std::unique_ptr<scenario::Session> exchange(std::unique_ptr<scenario::Session> session, EventIndex position);
  bool isOpen() const { return m_session != nullptr; }
  scenario::Session& session() { return *m_session; }
  const Journal& journal() const { return m_session->journal(); }
  const Playhead& playhead() const { return *m_playhead; }
  EventIndex position() const { return m_playhead ? m_playhead->position() : 0; }
  bool recording() const { return m_recording; } // stimuli are still being run, a slice at a time
  void stopRecording();
  // Something outside keeps the session's time: it is asked before a person's call. nullptr: time stands still meanwhile.
  void setClock(std::function<void()> catchUp) { m_catchUp = std::move(catchUp); }
  // One call by hand, at the present moment; the playhead goes to where it begins. Errors are for the person who typed.
  Result<u32> console(const QString& line);
  // Which lines may be issued, until another session is open: why one may not, or nothing. A lab has such a rule.
  using ConsoleRule = std::function<QString(const QString& line)>;
  void setConsoleRule(ConsoleRule rule) { m_consoleRule = std::move(rule); }

  // ---- what the person looks at: an object's address (0: nothing). Views show it; a click on an object sets it.
  u64 focus() const { return m_focus; }
  void setFocus(u64 address);
  // A person has clicked a member or an object in a picture, `offset` in the arena; or a line: "af_inet.cpp:120". A lesson
  // may have asked for it.
  void point(quint32 offset) { emit pointed(offset); }
  void pointAtLine(const QString& line) { emit lineClicked(line); }
  // The member there is shown in the structure that is looked at: a lesson points at it.
  void showMember(quint32 offset) { emit memberWanted(offset); }
  // What a lesson points at, while the walk stays at this moment: its view marks it.
  const tell::PointPlace& marked() const { return m_marked; }
  void mark(tell::PointPlace place);
  // Views show the same moment again: another language.
  void retell();
  // What a lesson's open questions ask for: the pictures cover it.
  const tell::Covers& covers() const { return m_covers; }
  void setCovers(tell::Covers covers);
  // While a lesson asks for a value, pictures of the whole walk draw nothing that is still to come: it may be the answer.
  bool hidesAhead() const { return !m_covers.empty(); }
  QString covered(const QString& words) const; // with the answers hatched
  // With those of every walk that is there: all that is told passes here (shown(), descriptions, tool tips), so that a view
  // need not think of it.
  static QString coveredByAll(QString words);
  // While it lives, only what one walk asks for is covered: its pictures are for another reader than the window's. What the
  // others have told meanwhile they tell anew.
  class CoversAlone {
  public:
    explicit CoversAlone(const Walk& walk);
    ~CoversAlone();
    CoversAlone(const CoversAlone&) = delete;
  };
  // On which host each event happens, up to the present end of the record.
  const tell::Hosts& hosts();
  // The sk_buff that the running path handles now (the innermost open call that was handed one); 0 if none.
  u64 currentBuffer() const;

  // The members that the person watches.
  Watches& watches() { return m_watches; }
  const Watches& watches() const { return m_watches; }

  // ---- moving
  Unit unit() const { return m_unit; }
  void setUnit(Unit unit);
  double speed() const { return m_speed; } // steps a second when running
  void setSpeed(double stepsPerSecond);
  bool running() const { return m_direction != 0; }
  int direction() const { return m_direction; } // 1, -1, 0

public slots:
  void seek(sockwalk::EventIndex position); // a jump: nothing flies
  void stepInto();
  void stepOver();
  void stepOut();
  void stepBackInto();
  void stepBackOver();
  void stepBackOut();
  void run(int direction);
  void pause();
  void toStart();
  void toEnd();
  void toNextCall(const QString& function, bool forward = true);
  void toNextWrite(quint32 offset, quint32 size, bool forward = true);
  void toStimulus(int index); // to its first event
  void nextStimulus();
  void previousStimulus();

signals:
  void opened();   // another session: forget everything
  void recorded(); // the journal grew
  void recordingChanged(bool recording, double progress);
  // The playhead is at `position`. `jump`: not by a step, so draw the truth at once, without motion.
  void moved(sockwalk::EventIndex from, sockwalk::EventIndex position, bool jump);
  void focusChanged(quint64 address);
  void pointed(quint32 offset);
  void lineClicked(const QString& line);
  void memberWanted(quint32 offset);
  void markChanged();
  void runningChanged(int direction);
  void optionsChanged();                    // unit or speed
  void coversChanged();                     // what a lesson's questions ask for; moved() to the same moment follows
  void boundaryReached(const QString& why); // a step that had nowhere to go
  void stopped(const QString& why);         // a run, before the person stopped it

private:
  void moveTo(EventIndex position, bool jump);
  void recordSlice();
  void tick();
  void stopAtWatch(int index);

  std::unique_ptr<scenario::Session> m_session;
  std::function<void()> m_catchUp;
  ConsoleRule m_consoleRule;
  std::unique_ptr<Playhead> m_playhead;
  tell::Hosts m_hosts;
  tell::Covers m_covers;
  tell::PointPlace m_marked;
  QTimer m_recorder, m_runner;
  bool m_recording = false;
  Watches m_watches;
  u64 m_focus = 0;
  Unit m_unit = Unit::Call;
  double m_speed = 4;
  int m_direction = 0;
};

} // namespace sockwalk
