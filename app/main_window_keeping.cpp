#include "app/autosave.h"
#include "app/banner.h"
#include "app/bookmarks.h"
#include "app/document.h"
#include "app/main_window.h"
#include "app/preferences_dialog.h"
#include "app/rescue.h"
#include "app/status_line.h"
#include "app/tour.h"
#include <QCloseEvent>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageBox>
#include <QPushButton>

namespace sockwalk {
namespace {

QJsonObject objectOf(const QString& json) { return QJsonDocument::fromJson(json.toUtf8()).object(); }

} // namespace

void MainWindow::buildKeeping() {
  connect(m_document, &Document::changed, this, &MainWindow::showDocument);
  m_autosave = new Autosave(
      m_walk, [this] { return keptState(); }, this);
  connect(m_bookmarks, &Bookmarks::changed, m_autosave, &Autosave::touch);
  connect(&m_walk.watches(), &Watches::edited, m_autosave, &Autosave::touch);
  connect(m_autosave, &Autosave::failed, this, &MainWindow::complain);
  m_rescue = new Rescue(
      *m_offer, [this](KeptFile& file) { return openKept(file); }, this);
  showDocument();
}

bool MainWindow::keepSafe() {
  m_autosave->begin();
  return m_rescue->look();
}

void MainWindow::showDocument() {
  QString title = m_document->title();
  m_status->setSession(title);
  title.replace("[*]", "[*][*]"); // such a name is not Qt's mark
  setWindowTitle(title.isEmpty() ? tr("Sockwalk[*]") : tr("%1[*] — Sockwalk").arg(title));
  setWindowFilePath(m_document->path());
  setWindowModified(m_document->isModified());
}

// ---- while one works, and after a crash

QString MainWindow::sessionState() const {
  QJsonObject o = objectOf(layoutState());
  if (!m_bookmarks->all().empty()) o["bookmarks"] = m_bookmarks->json();
  if (const Watches& watches = m_walk.watches(); !watches.all().empty()) o["watches"] = watches.json();
  return QString::fromUtf8(QJsonDocument(o).toJson(QJsonDocument::Compact));
}

QString MainWindow::keptState() const {
  QJsonObject o = objectOf(sessionState());
  o["document"] = QJsonObject{{"title", m_document->title()},
                              {"path", m_document->path()},
                              {"modified", m_document->isModified()},
                              {"recent", m_recent},
                              {"host", m_recentHost}};
  return QString::fromUtf8(QJsonDocument(o).toJson(QJsonDocument::Compact));
}

bool MainWindow::openKept(KeptFile& file) {
  if (!mayLeave()) return false;
  Result<OpenedSession> opened = openSession(file.path, {m_open.setup, {}, {}});
  if (!opened) return complain(QString::fromStdString(opened.error().message)), false;
  const QJsonObject document = objectOf(opened->layout)["document"].toObject();
  opened->title = document["title"].toString();
  opened->path = document["path"].toString();
  adopt(std::move(opened));
  if (document["modified"].toBool()) m_document->touch();
  beginRecent(document["recent"].toString(), document["host"].toString(), true);
  m_autosave->takeOver(std::move(file));
  return true;
}

// ---- at the end

bool MainWindow::save() { return m_document->path().isEmpty() ? askAndSave() : saveSession(m_document->path()); }

bool MainWindow::mayLeave() {
  if (!m_document->isModified()) return true;
  QMessageBox box(QMessageBox::NoIcon, tr("Sockwalk"),
                  tr("“%1” has changes that are in no file yet.").arg(m_document->title()),
                  QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
  box.setInformativeText(
      tr("What you typed on the console, what you marked and what a TAP brought is lost unless you save the session."));
  box.button(QMessageBox::Save)->setText(tr("&Save"));
  box.button(QMessageBox::Discard)->setText(tr("&Don't save"));
  box.button(QMessageBox::Cancel)->setText(tr("Cancel"));
  box.setDefaultButton(QMessageBox::Save);
  const int chosen = box.exec();
  return chosen == QMessageBox::Save ? save() : chosen == QMessageBox::Discard;
}

void MainWindow::closeEvent(QCloseEvent* event) {
  m_tour->leave();
  if (!mayLeave()) return event->ignore();
  noteRecent();
  writeSettings();
  m_autosave->end();
  event->accept();
}

void MainWindow::showPreferences() { PreferencesDialog(m_preferences, autosaveFolder(), this).exec(); }

} // namespace sockwalk
