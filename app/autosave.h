// Keeps what is open in a file of its own while a person works: the script or capture, every line of the console, where
// one stands and how the window is laid out. There is a file once a person has done something; it goes at a clean end,
// and what a dead program left, the next one offers.
//
// The window never waits for it: the text is made and written by a thread, from a copy that grows with the session. A
// line that somebody typed is in the file within a second or so. Where one stands, and what a TAP brings, is written
// less often the longer it takes, so that a large session costs a tenth of one processor at most.
#pragma once
#include "engine/scenario/session_file.h"
#include "views/walk/walk.h"
#include <memory>
#include <QElapsedTimer>
#include <QLockFile>
#include <QThreadPool>

namespace sockwalk {

// A file of a program that is dead, or dies. Whoever holds the lock may do with it as it likes.
struct KeptFile {
  QString path;
  std::unique_ptr<QLockFile> lock;
};
QString autosaveFolder();
std::vector<KeptFile> filesOfTheDead(); // newest first; now they are ours
void forget(KeptFile& file);            // removes it

class Autosave final : public QObject {
  Q_OBJECT
public:
  // `layout`: what the window wants to keep about itself, asked whenever something is written.
  Autosave(Walk& walk, std::function<QString()> layout, QObject* parent = nullptr);
  ~Autosave() override;         // leaves the file: an end that nobody asked for is no clean one
  void begin();                 // from now on
  void moved();                 // a person did, the walk's playhead; or something that comes by itself
  void touch();                 // something has changed that must not be lost
  void end();                   // cleanly: nothing remains
  void takeOver(KeptFile file); // goes on in this file, and removes its own
  bool active() const { return m_kept.lock != nullptr; }
  QString file() const { return m_kept.path; }

signals:
  void failed(const QString& why); // once

private:
  void opened();
  void grew();
  void due(int ms);
  void write();
  void written(const Result<void>& result);

  Walk& m_walk;
  std::function<QString()> m_layout;
  KeptFile m_kept;
  scenario::SessionFile m_session; // the copy; the thread's while m_writing
  std::size_t m_known = 0;         // of the session's stimuli: those that are not new
  bool m_another = true;           // the copy is of a session that is open no more
  bool m_writing = false, m_wanted = false, m_complained = false;
  int m_took = 0; // ms, to write it
  QTimer m_next;
  QElapsedTimer m_clock;
  QThreadPool m_thread;
};

} // namespace sockwalk
