#include "app/bookmarks.h"
#include "app/document.h"
#include "app/main_window.h"
#include "app/status_line.h"
#include "app/trail.h"
#include "app/transport_bar.h"
#include "engine/tell/moments.h"
#include "views/walk/text.h"
#include <QInputDialog>
#include <QMenu>
#include <QMenuBar>

namespace sockwalk {

void MainWindow::buildPlacesMenu() {
  m_bookmarks = new Bookmarks(this);
  m_trail = new Trail(m_walk, this);
  connect(m_bookmarks, &Bookmarks::changed, m_document, &Document::touch);
  QMenu* menu = menuBar()->addMenu(tr("&Bookmarks"));
  menu->addAction(tr("&Bookmark this moment…"), this, &MainWindow::askBookmark)->setShortcut(QKeySequence("Ctrl+B"));
  QAction* remove =
      menu->addAction(tr("&Remove this bookmark"), this, [this] { m_bookmarks->remove(m_walk.position()); });
  menu->addSeparator();
  const auto trail = [&](const QString& text, const char* key, int direction) {
    QAction* action = menu->addAction(text, this, [this, direction] { goAlongTrail(direction); });
    action->setShortcut(QKeySequence(key));
  };
  trail(tr("Back to where you &were"), "Alt+Left", -1);
  trail(tr("And &on again"), "Alt+Right", 1);
  QAction* end = menu->addSeparator();
  connect(menu, &QMenu::aboutToShow, this, [this, menu, remove, end] {
    remove->setEnabled(m_bookmarks->at(m_walk.position()));
    fillBookmarks(menu, end);
  });
}

// "step 57 of 212: inet_create() · here the protocol is chosen"
QString MainWindow::placeWords(EventIndex position) const {
  if (!m_walk.isOpen() || position > m_walk.journal().size()) return tr("event %L1").arg(position);
  Playhead there(m_walk.journal());
  there.seek(position);
  return position ? shown(tell::event(there, position - 1)) : tr("before the boot");
}

void MainWindow::fillBookmarks(QMenu* menu, QAction* after) {
  const QList<QAction*> actions = menu->actions();
  for (qsizetype i = actions.indexOf(after) + 1; i < actions.size(); ++i)
    menu->removeAction(actions[i]), delete actions[i];
  for (const Bookmark& bookmark : m_bookmarks->all()) {
    const QString text = bookmark.note.isEmpty() ? placeWords(bookmark.position) : bookmark.note;
    QAction* action = menu->addAction(fontMetrics().elidedText(text, Qt::ElideRight, 420).replace('&', "&&"), this,
                                      [this, position = bookmark.position] { m_walk.seek(position); });
    action->setStatusTip(placeWords(bookmark.position));
    action->setCheckable(true);
    action->setChecked(bookmark.position == m_walk.position());
  }
  if (m_bookmarks->all().empty()) menu->addAction(tr("No moment is marked yet"))->setEnabled(false);
}

void MainWindow::askBookmark() {
  if (!m_walk.isOpen()) return;
  m_walk.pause();
  const EventIndex position = m_walk.position();
  const Bookmark* before = m_bookmarks->at(position);
  bool ok;
  const QString note =
      QInputDialog::getText(this, tr("Bookmark"), tr("A note on this moment:\n%1").arg(placeWords(position)),
                            QLineEdit::Normal, before ? before->note : QString(), &ok);
  if (!ok) return;
  m_bookmarks->set(position, note.trimmed());
  m_status->hint(tr("Marked; the Bookmarks menu leads here."));
}

void MainWindow::goAlongTrail(int direction) {
  if (m_trail->canGo(direction)) return m_trail->go(direction);
  m_status->hint(direction < 0 ? tr("You have jumped from nowhere else.") : tr("There is no later place."));
}

} // namespace sockwalk
