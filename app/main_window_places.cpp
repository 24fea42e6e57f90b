#include "app/bookmark_edits.h"
#include "app/bookmarks.h"
#include "app/bookmarks_dialog.h"
#include "app/document.h"
#include "app/edits.h"
#include "app/main_window.h"
#include "app/search_window.h"
#include "app/status_line.h"
#include "app/trail.h"
#include "app/transport_bar.h"
#include "engine/tell/moments.h"
#include "views/walk/kept_moments.h"
#include "views/walk/text.h"
#include <QInputDialog>
#include <QMenu>
#include <QMenuBar>

namespace sockwalk {

void MainWindow::buildPlacesMenu() {
  m_bookmarks = new Bookmarks(this);
  m_trail = new Trail(m_walk, this);
  connect(m_bookmarks, &Bookmarks::changed, m_document, &Document::touch);
  KeptMoments::answer(m_walk, [this] {
    std::vector<KeptMoment> kept;
    for (const Bookmark& bookmark : m_bookmarks->all()) kept.push_back({bookmark.position, bookmark.note});
    return kept;
  });
  QMenu* menu = menuBar()->addMenu(tr("&Bookmarks"));
  menu->addAction(tr("&Bookmark this moment…"), this, &MainWindow::askBookmark)->setShortcut(QKeySequence("Ctrl+B"));
  QAction* remove = menu->addAction(tr("&Remove this bookmark"), this,
                                    [this] { m_edits->push(bookmarkRemoved(*m_bookmarks, m_walk.position())); });
  menu->addAction(tr("&All bookmarks and notes…"), this, &MainWindow::showBookmarks)
      ->setShortcut(QKeySequence("Ctrl+Shift+B"));
  menu->addAction(tr("&Copy link to this moment"), this, &MainWindow::copyLink)
      ->setShortcut(QKeySequence("Ctrl+Shift+C"));
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
  if (!m_walk.isOpen() || position > m_walk.journal().size()) return tr("a moment that is not recorded yet");
  if (!position) return tr("before the boot");
  Playhead there(m_walk.journal());
  there.seek(position);
  const QString step = shown(tell::stepName(m_walk.journal(), position, NoEvent));
  return step + ": " + shown(tell::event(there, position - 1));
}

void MainWindow::fillBookmarks(QMenu* menu, QAction* after) {
  const QList<QAction*> actions = menu->actions();
  for (qsizetype i = actions.indexOf(after) + 1; i < actions.size(); ++i)
    menu->removeAction(actions[i]), delete actions[i];
  for (const Bookmark& bookmark : m_bookmarks->all()) {
    const QString text = bookmark.note.isEmpty() ? placeWords(bookmark.position) : bookmark.note;
    QAction* action = menu->addAction(fontMetrics().elidedText(text, Qt::ElideRight, 420).replace('&', "&&"), this,
                                      [this, position = bookmark.position] { m_walk.seek(position); });
    setMadeAnew(action);
    action->setStatusTip(placeWords(bookmark.position));
    action->setCheckable(true);
    action->setChecked(bookmark.position == m_walk.position());
  }
  if (!m_bookmarks->all().empty()) return;
  QAction* none = menu->addAction(tr("No moment is marked yet"));
  setMadeAnew(none);
  none->setEnabled(false);
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
  m_edits->push(bookmarkSet(*m_bookmarks, position, note.trimmed()));
  m_status->hint(tr("Marked; the Bookmarks menu leads here."));
}

// It stays open beside the walk; a second wish brings it to the front.
void MainWindow::showBookmarks() {
  auto* dialog = findChild<BookmarksDialog*>();
  if (!dialog)
    dialog = new BookmarksDialog(
        m_walk, *m_bookmarks, *m_edits, [this](EventIndex position) { return placeWords(position); }, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
}

void MainWindow::goAlongTrail(int direction) {
  if (m_trail->canGo(direction)) return m_trail->go(direction);
  m_status->hint(direction < 0 ? tr("You have jumped from nowhere else.") : tr("There is no later place."));
}

} // namespace sockwalk
