#include "app/ask_name.h"
#include "app/bookmarks.h"
#include "app/document.h"
#include "app/film_dialog.h"
#include "app/film_sink.h"
#include "app/main_window.h"
#include "app/page_export.h"
#include "app/picture.h"
#include "app/picture_dialog.h"
#include "app/progress.h"
#include "app/stage.h"
#include "app/status_line.h"
#include "app/table_panel.h"
#include "app/view_factory.h"
#include "engine/base/whole_file.h"
#include "engine/debug/core_file.h"
#include "engine/tell/packets/packet_export.h"
#include "views/lesson/lesson_panel.h"
#include "views/packets/packets_view.h"
#include "views/walk/selecting.h"
#include "views/walk/view.h"
#include <nlohmann/json.hpp>
#include <QAction>
#include <QFileInfo>

namespace sockwalk {

// ---- pictures

bool MainWindow::exportPicture(const QString& path) { return exportPicture(path, m_stage->current(), false); }

bool MainWindow::exportPicture(const QString& path, const QString& name, bool whole) {
  constexpr double Sharp = 2; // device pixels a px
  QWidget* const view = m_views.value(name);
  Result<void> drawn;
  bool cut = false;
  if (!view) {
    drawn = drawPicture(*this, path, Sharp);
  } else {
    const BareView bare(*view, whole);
    cut = bare.isCut();
    drawn = drawPicture(*view, path, Sharp, bare.area());
  }
  if (!drawn) complain(QString::fromStdString(drawn.error().message));
  else if (cut)
    m_status->hint(
        tr("Drawn in %1, up to %2 px: the whole is larger.").arg(QFileInfo(path).fileName()).arg(BareView::Largest));
  else m_status->hint(tr("Drawn in %1").arg(QFileInfo(path).fileName()));
  return drawn.ok();
}

void MainWindow::askAndExport(const QString& wanted) {
  QList<std::pair<QString, QString>> views;
  for (const QString& name : viewNames())
    if (const QWidget* view = m_views.value(name); view && view->isVisible()) views << std::pair(name, viewTitle(name));
  views << std::pair(QString(), tr("The window"));
  PictureDialog dialog(views, wanted.isEmpty() ? m_stage->current() : wanted, this);
  if (dialog.exec() != QDialog::Accepted) return;
  const QString title = dialog.view().isEmpty() ? tr("The window") : viewTitle(dialog.view());
  const QString path = askName(this, tr("Export picture of %1").arg(title),
                               (dialog.view().isEmpty() ? QStringLiteral("window") : dialog.view()) + ".svg",
                               tr("SVG (*.svg);;PDF (*.pdf);;PNG (*.png)"), "svg");
  if (!path.isEmpty()) exportPicture(path, dialog.view(), dialog.whole());
}

// In the menu of each view, and of each picture and list in it that has a menu of its own.
void MainWindow::offerExport() {
  for (auto it = m_views.constBegin(); it != m_views.constEnd(); ++it) {
    auto* command = new QAction(tr("Export &picture…"), it.value());
    connect(command, &QAction::triggered, this, [this, name = it.key()] { askAndExport(name); });
    it.value()->addAction(command);
    it.value()->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (QWidget* part : it.value()->findChildren<QWidget*>())
      if (const auto own = part->actions(); std::ranges::any_of(own, [this](const QAction* action) {
            return action->parent() == m_table; // "Show as table"
          }))
        part->addAction(command);
  }
}

// ---- films

void MainWindow::askAndFilm() {
  if (!m_walk.isOpen()) return complain(tr("Open something first: a film is a stretch of a walk."));
  if (m_walk.recording() || m_walk.session().pending())
    return complain(tr("The walk is still being recorded; a film can be made of it then."));
  m_walk.pause();
  std::vector<EventIndex> marks;
  for (const Bookmark& bookmark : m_bookmarks->all()) marks.push_back(bookmark.position);
  FilmDialog dialog(m_walk, m_stage->current(), marks, this);
  if (dialog.exec() != QDialog::Accepted) return;
  const FilmWish wish = dialog.wish();
  const QString folder = tr("Folder of PNG pictures (*)");
  const QString kinds = ffmpeg().isEmpty() ? folder : tr("MP4 (*.mp4);;GIF (*.gif)") + ";;" + folder;
  const QString path = askName(this, tr("Export film of %1").arg(viewTitle(wish.view)),
                               wish.view + (ffmpeg().isEmpty() ? "" : ".mp4"), kinds, {});
  if (path.isEmpty()) return;
  const QSize size = wish.size.isEmpty() ? viewSize(wish.view) : wish.size;
  auto sink = openFilm(path, size, wish.picturesASecond, true); // the dialog has asked whether it may be replaced
  if (!sink) return complain(QString::fromStdString(sink.error().message));
  const Result<bool> drawn = drawFilm(m_walk, wish, **sink, this);
  if (!drawn) return complain(QString::fromStdString(drawn.error().message));
  m_status->hint(*drawn ? tr("The film is in %1").arg(QFileInfo(path).fileName()) : tr("The film was stopped."));
}

// ---- what is selected in four views at once

void MainWindow::tellSelection() {
  if (const QString words = Selecting::of(m_walk).words(); !words.isEmpty()) m_status->hint(words);
}

// ---- packets

bool MainWindow::exportPackets(const QString& path) {
  const auto* const view = findChild<PacketsView*>();
  if (!view || !m_walk.isOpen()) return false;
  const tell::PacketRows& rows = view->rows();
  const std::vector<int> listed = view->listed();
  const bool asJson = path.endsWith(QLatin1String(".json"));
  const std::string bytes =
      asJson ? tell::packetsAsJson(rows, listed).dump(1) + "\n" : tell::packetsAsPcapng(rows, listed);
  if (const auto written = writeWholeFile(path.toStdString(), bytes); !written)
    return complain(QString::fromStdString(written.error().message)), false;
  m_status->hint(tr("%1 in %2").arg(view->countOf(int(listed.size())), QFileInfo(path).fileName()));
  return true;
}

void MainWindow::askAndExportPackets() {
  const auto* const view = findChild<PacketsView*>();
  if (!view) return;
  const QString path = askName(this, tr("Export %1").arg(view->countOf(int(view->listed().size()))),
                               QStringLiteral("packets.pcapng"), tr("Captures (*.pcapng);;JSON (*.json)"), "pcapng");
  if (!path.isEmpty()) exportPackets(path);
}

// ---- the walk as a page

bool MainWindow::exportPage(const QString& path) {
  if (!m_walk.isOpen()) return complain(tr("There is nothing to show yet: open a walk or start a lesson.")), false;
  if (m_walk.recording()) return complain(tr("The walk is still being recorded; export it when it is whole.")), false;
  const auto* const panel = findChild<LessonPanel*>();
  const std::string file = panel && panel->inLesson() ? panel->lesson().file : m_document->title().toStdString();
  Progress progress(tr("Writing the page…"), tr("Stop"), this);
  const auto written = sockwalk::exportPage(m_walk.session(), file, {}, path.toStdString(), std::ref(progress));
  if (!written) return complain(QString::fromStdString(written.error().message)), false;
  m_status->hint(tr("%n steps in %1", nullptr, int(*written)).arg(QFileInfo(path).fileName()));
  return true;
}

void MainWindow::askAndExportPage() {
  const QString path = askName(this, tr("Export the walk as a page"), QStringLiteral("walk.html"),
                               tr("A page for any browser (*.html);;For a learning system, SCORM 1.2 (*.zip)"), "html");
  if (!path.isEmpty()) exportPage(path);
}

// ---- the moment as a core file

bool MainWindow::exportCore(const QString& path) {
  if (!m_walk.isOpen()) return complain(tr("There is nothing to show yet: open a walk or start a lesson.")), false;
  const auto types = debug::writeCore(m_walk.playhead(), path.toStdString());
  if (!types) return complain(QString::fromStdString(types.error().message)), false;
  const QString line = QStringLiteral("gdb %1 %2").arg(QString::fromStdString(types->filename().string()));
  m_status->hint(tr("This moment is written; to open it: %1").arg(line.arg(QFileInfo(path).fileName())));
  return true;
}

void MainWindow::askAndExportCore() {
  const QString path = askName(this, tr("Export this moment as a core file"), QStringLiteral("moment.core"),
                               tr("Core files for gdb and drgn (*.core)"), "core");
  if (!path.isEmpty()) exportCore(path);
}

} // namespace sockwalk
