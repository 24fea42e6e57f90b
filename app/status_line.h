// The line at the bottom: kernel, session, task, simulated time, progress of a recording, and how far this path is
// verified against the kernel.
#pragma once
#include "app/verified.h"
#include "views/walk/walk.h"
#include <QStatusBar>

class QLabel;
class QProgressBar;
class QPushButton;

namespace sockwalk {

class ElidedLabel;
class StatusLine final : public QStatusBar {
  Q_OBJECT
public:
  explicit StatusLine(Walk& walk, QWidget* parent = nullptr);
  void setSession(const QString& title);
  void setFeed(const QString& text); // "TAP sockwalk0"; "" if none
  void hint(const QString& text);    // for a few seconds, in the middle
  QString text() const;              // all of it, for tests and accessibility

private:
  void showMoment();
  void showMachine(); // plain, or with the oddities of the recorded one
  QString caseAt(int stimulus) const;
  void showProgress(bool recording, double progress);

  Walk& m_walk;
  Verified m_verified;
  QString m_session;
  ElidedLabel *m_what, *m_hint; // a long one makes no window wider
  QLabel *m_machine, *m_stopped, *m_feed, *m_verifiedLabel, *m_count;
  QProgressBar* m_progress;
  QPushButton* m_stop;
};

QString simulatedTime(qint64 ns); // "0.000 002 140 s"

} // namespace sockwalk
