#include "app/document.h"
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <variant>

namespace sockwalk {
namespace {

// On a TAP time passes by itself, and is kept; elsewhere it passes because somebody said `wait`.
bool somebodyDidThat(const scenario::SessionStimulus& stimulus, bool timePassesByItself) {
  return !timePassesByItself || !std::holds_alternative<scenario::TimeStimulus>(stimulus);
}

bool hangsOnTap(const std::vector<scenario::SessionStimulus>& stimuli) {
  return !stimuli.empty() && std::holds_alternative<scenario::TapStimulus>(stimuli.front());
}

} // namespace

QString fileTitle(const QString& path) {
  const QFileInfo file(path);
  const bool everyFolderHasOne = file.fileName() == "scenario.pkt" || file.fileName() == "lesson.md";
  return everyFolderHasOne ? file.absoluteDir().dirName() + "/" + file.fileName() : file.fileName();
}

Document::Document(Walk& walk, QObject* parent) : QObject(parent), m_walk(walk) {
  connect(&walk, &Walk::recorded, this, &Document::look);
}

void Document::begin(const QString& title, const QString& path) {
  m_title = title;
  m_path = path.isEmpty() ? path : QFileInfo(path).absoluteFilePath(); // another program may find it in a kept file
  m_modified = false;
  m_seen = m_walk.session().stimuli().size();
  emit changed();
}

void Document::putBack(const QString& title, const QString& path, bool modified) {
  begin(title, path);
  if (modified) touch();
}

void Document::touch() {
  if (m_modified || !m_walk.isOpen()) return;
  m_modified = true;
  emit changed();
}

void Document::saved(const QString& path) { begin(fileTitle(path), path); }

QString Document::proposedPath() const {
  if (!m_path.isEmpty()) return m_path;
  QString name = m_title.section('/', 0, 0);
  name = QFileInfo(name).completeBaseName();
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  return (folder.isEmpty() ? QString() : folder + "/") + (name.isEmpty() ? "walk" : name) + ".sockwalk";
}

// Stimuli are only ever added. A live capture that grew is opened anew, with what was typed meanwhile at the same places.
void Document::look() {
  if (m_modified) return;
  const auto& stimuli = m_walk.session().stimuli();
  const bool tap = hangsOnTap(stimuli);
  for (; m_seen < stimuli.size() && !m_modified; ++m_seen) m_modified = somebodyDidThat(stimuli[m_seen], tap);
  if (m_modified) emit changed();
}

} // namespace sockwalk
