#include "app/bookmarks.h"
#include "app/document.h"
#include "app/main_window.h"
#include "app/search_box.h"
#include "app/search_members.h"
#include "app/search_packets.h"
#include "app/search_window.h"
#include "app/stage.h"
#include "app/status_line.h"
#include "app/transport_bar.h"
#include "app/until_bar.h"
#include "engine/tell/link.h"
#include "views/packets/packets_view.h"
#include "views/structure/structure_view.h"
#include "views/walk/text.h"
#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenuBar>
#include <QRegularExpression>

namespace sockwalk {

constexpr int Behind = 4; // of what fits by its name

void MainWindow::buildFinding() {
  connect(&m_walk, &Walk::stopped, this, [this](const QString& why) { m_status->hint(why); });
  connect(&m_walk.watches(), &Watches::edited, m_document, &Document::touch);
  addSearchSources();
}

// ---- Ctrl+F

void MainWindow::find() {
  QWidget* at = focusWidget();
  while (at && !qobject_cast<View*>(at)) at = at->parentWidget();
  auto* view = qobject_cast<View*>(at ? at : m_stage->currentView());
  if (!view || !view->find()) m_status->hint(tr("There is nothing to find in here yet."));
}

void MainWindow::findValue(const QString& value) {
  auto* const view = qobject_cast<StructureView*>(m_views.value("structure"));
  if (!view || !m_walk.isOpen()) return m_status->hint(tr("There is nothing to find in here yet."));
  showView("structure");
  view->findValue(value);
}

// ---- Ctrl+P

void MainWindow::addSearchSources() {
  SearchBox& search = m_transport->search();
  const auto files = std::make_shared<KnownFiles>();
  const auto packets = std::make_shared<PacketSearch>();
  connect(&search, &SearchBox::begun, this, [files] { files->read(); });
  connect(&m_walk, &Walk::opened, this, [packets] { packets->forget(); });
  search.addSource([this](const QString& wish, RankedHits& hits) {
    searchCommands(*menuBar(), m_preferences, wish, hits);
    searchBookmarks(wish, hits);
    return true;
  });
  search.addSource([this, files](const QString& wish, RankedHits& hits) {
    files->search(
        {[this](const QString& path) { openPath(path); }, [this](const QString& path) { continueLesson(path); }}, wish,
        hits);
    return true;
  });
  search.addSource([this, packets](const QString& wish, RankedHits& hits) {
    const auto* const view = findChild<PacketsView*>();
    return !view || !m_walk.isOpen() || packets->search(view->rows(), wish, hits);
  });
  const auto members = std::make_shared<MemberHits>();
  connect(&m_walk, &Walk::opened, this, [members] { members->forget(); });
  search.addSource([this, members](const QString& wish, RankedHits& hits) {
    const bool all = members->search(m_walk, wish, hits);
    if (members->isValue() && wish.contains(QRegularExpression("[0-9\"=]"))) {
      SearchHit hit{SearchHit::Kind::Command, tr("Find %1 in all memory").arg(wish), tr("Who holds it, in Structure")};
      hit.act = [this, wish] { findValue(wish); };
      hits.emplace_back(Behind, std::move(hit));
    }
    return all;
  });
  search.addSource([this](const QString& wish, RankedHits& hits) {
    for (const QString& word : {QStringLiteral("until "), tr("until") + ' '}) {
      if (!wish.startsWith(word, Qt::CaseInsensitive)) continue;
      const QString condition = wish.mid(word.size()).trimmed();
      SearchHit hit{SearchHit::Kind::Until, condition, tr("Runs on to where this holds next.")};
      hit.act = [this, condition] { m_until->run(condition); };
      hits.emplace_back(-3, std::move(hit));
      break;
    }
    return true;
  });
}

void MainWindow::searchBookmarks(const QString& wish, RankedHits& hits) {
  for (const Bookmark& bookmark : m_bookmarks->all()) {
    const int rank = rankOf(bookmark.note, wish);
    if (rank < 0 || bookmark.note.isEmpty()) continue;
    hits.emplace_back(
        rank, SearchHit{SearchHit::Kind::Bookmark, bookmark.note, placeWords(bookmark.position), bookmark.position});
  }
}

// ---- links

QString MainWindow::linkHere() const {
  if (!m_walk.isOpen() || m_opened.isEmpty()) return {};
  auto& walk = const_cast<Walk&>(m_walk);
  return QString::fromStdString(
      tell::linkTo(m_walk.journal(), tell::firstMoment(walk.session()), m_walk.position(), m_opened.toStdString()));
}

void MainWindow::copyLink() {
  const QString link = linkHere();
  if (link.isEmpty()) return complain(tr("What is open is in no file yet: save it, and a link can lead to it."));
  QGuiApplication::clipboard()->setText(link);
  m_status->hint(m_document->isModified() ? tr("Copied: %1. What you changed since is not in the file yet.").arg(link)
                                          : tr("Copied: %1").arg(link));
}

void MainWindow::askLink() {
  const QString copied = QGuiApplication::clipboard()->text().trimmed();
  bool ok;
  const QString link =
      QInputDialog::getText(this, tr("Open a link"), tr("A link to a moment, such as sockwalk:two.pkt#step=57:"),
                            QLineEdit::Normal, tell::isLink(copied.toStdString()) ? copied : QString(), &ok);
  if (ok && !link.trimmed().isEmpty()) openLink(link.trimmed());
}

bool MainWindow::openLink(const QString& text) {
  const Result<tell::Link> link = tell::readLink(text.toStdString());
  if (!link) return complain(QString::fromStdString(link.error().message)), false;
  const QString file = QFileInfo(QString::fromStdString(link->file)).absoluteFilePath();
  if (!QFileInfo::exists(file)) return complain(tr("The link leads to a file that is not there: %1").arg(file)), false;
  const bool openAlready = m_walk.isOpen() && QFileInfo(m_opened) == QFileInfo(file);
  if (!openAlready && !openPath(file)) return false;
  if (link->place.empty()) return true;
  // A long session is recorded a slice at a time: the place may come only later, and what is wrong is known at its end.
  seekWhenRecorded([this, link = *link] {
    const EventIndex first = tell::firstMoment(m_walk.session());
    const Result<EventIndex> place = first == NoEvent && m_walk.recording()
                                         ? Result<EventIndex>(NoEvent)
                                         : tell::placeOf(link, m_walk.journal(), first);
    if (place) return *place;
    if (!m_walk.recording())
      complain(tr("The link leads nowhere in this file: %1").arg(QString::fromStdString(place.error().message)));
    return m_walk.recording() ? NoEvent : m_walk.position();
  });
  return true;
}

} // namespace sockwalk
