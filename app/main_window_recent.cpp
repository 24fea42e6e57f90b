// Recent files: where one was in each, noted when it is left, and gone to when it is opened again.
#include "app/bookmarks.h"
#include "app/document.h"
#include "app/main_window.h"
#include "app/recent_files.h"
#include "app/transport_bar.h"
#include "engine/tell/position.h"
#include <QMenu>

namespace sockwalk {

void MainWindow::noteRecent() {
  if (m_recent.isEmpty() || !m_walk.isOpen()) return;
  const StepCount::Where where = m_transport->steps().at(m_walk.position());
  noteRecentPlace(m_recent, {QDateTime::currentDateTime(), m_walk.position(), where.step, where.steps,
                             int(m_bookmarks->all().size()), m_recentRestored, m_recentHost});
}

// From now on what is open is this file.
void MainWindow::beginRecent(const QString& path, const QString& host, bool restored) {
  m_recent = path;
  m_recentHost = host;
  m_recentRestored = restored;
  if (path.isEmpty()) return;
  addRecentFile(path);
  noteRecent();
}

// A saved session says itself where it stood.
bool MainWindow::openRecent(const QString& path) {
  const RecentPlace place = recentPlace(path);
  if (place.host.isEmpty() ? !openPath(path) : !mayLeave() || !openPath(path, place.host)) return false;
  if (place.position == NoEvent || scenario::fileKind(path.toStdString()) == scenario::FileKind::Saved) return true;
  seekWhenRecorded([this, at = place.position]() -> EventIndex {
    if (at <= m_walk.journal().size()) return at;
    return m_walk.recording() ? NoEvent : tell::firstMoment(m_walk.session()); // the file has become shorter
  });
  return true;
}

void MainWindow::fillRecent(QMenu* menu) {
  menu->clear();
  const QStringList files = recentFiles();
  int number = 0;
  for (const QString& path : files) {
    const QString name = fileTitle(path).replace('&', "&&");
    const QString key = ++number < 10 ? QString("&%1  ").arg(number) : QString("1&0  ");
    QAction* action = menu->addAction(key + name, this, [this, path] { openRecent(path); });
    action->setToolTip(path);
    action->setStatusTip(path);
  }
  menu->setToolTipsVisible(true);
  if (files.isEmpty()) menu->addAction(tr("Nothing has been opened yet"))->setEnabled(false);
  menu->addSeparator();
  menu->addAction(tr("&Clear this list"), this, &clearRecentFiles)->setEnabled(!files.isEmpty());
}

} // namespace sockwalk
