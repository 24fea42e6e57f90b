#include "app/autosave.h"
#include <algorithm>
#include <QDir>
#include <QStandardPaths>
#include <QUuid>

namespace sockwalk {
namespace {

// ms between a change and its being written, and so many times what writing takes.
constexpr int AfterALine = 400, AfterAMove = 1000, MostAfterALine = 1000;
constexpr int MovesShareOfTime = 9;
const QString Suffix = QStringLiteral(".sockwalk"), LockSuffix = QStringLiteral(".lock");

std::unique_ptr<QLockFile> lockOf(const QString& path) {
  auto lock = std::make_unique<QLockFile>(path.chopped(Suffix.size()) + LockSuffix);
  lock->setStaleLockTime(0); // a lock does not grow old: it is dead when its program is
  return lock;
}

bool somebodyTyped(const scenario::SessionStimulus& stimulus) {
  return std::holds_alternative<scenario::CallStimulus>(stimulus) ||
         std::holds_alternative<scenario::LimitStimulus>(stimulus);
}

} // namespace

QString autosaveFolder() { return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/autosave"; }

std::vector<KeptFile> filesOfTheDead() {
  std::vector<KeptFile> found;
  const QDir folder(autosaveFolder());
  const auto ours = [&folder](const QString& name) {
    KeptFile file{folder.filePath(name), lockOf(folder.filePath(name))};
    return file.lock->tryLock(0) ? std::move(file) : KeptFile();
  };
  for (const QString& name : folder.entryList({"*" + Suffix}, QDir::Files, QDir::Time))
    if (KeptFile file = ours(name); file.lock) found.push_back(std::move(file));
  for (const QString& name : folder.entryList({"*" + LockSuffix}, QDir::Files)) // died before it wrote anything
    if (const QString session = name.chopped(LockSuffix.size()) + Suffix; !folder.exists(session))
      if (KeptFile file = ours(session); file.lock) forget(file);
  return found;
}

void forget(KeptFile& file) {
  if (!file.lock) return;
  QFile::remove(file.path);
  QFile::remove(file.path + ".new"); // half written when its program died
  file.lock->unlock();
  file = {};
}

Autosave::Autosave(Walk& walk, std::function<QString()> layout, QObject* parent)
    : QObject(parent), m_walk(walk), m_layout(std::move(layout)) {
  m_thread.setMaxThreadCount(1);
  m_next.setSingleShot(true);
  connect(&m_next, &QTimer::timeout, this, &Autosave::write);
  connect(&walk, &Walk::opened, this, &Autosave::opened);
  connect(&walk, &Walk::recorded, this, &Autosave::grew);
}

Autosave::~Autosave() { m_thread.waitForDone(); }

void Autosave::begin() {
  if (active()) return;
  QDir().mkpath(autosaveFolder());
  KeptFile file{autosaveFolder() + "/" + QUuid::createUuid().toString(QUuid::WithoutBraces) + Suffix, nullptr};
  file.lock = lockOf(file.path);
  if (!file.lock->tryLock(0)) {
    emit failed(tr("%1 cannot be written, so what you do is not kept as you work.").arg(autosaveFolder()));
    return;
  }
  m_kept = std::move(file);
}

void Autosave::moved() { due(std::max(AfterAMove, m_took * MovesShareOfTime)); }
void Autosave::touch() { due(std::clamp(m_took, AfterALine, MostAfterALine)); }

void Autosave::end() {
  m_next.stop();
  m_wanted = false;
  m_thread.waitForDone();
  forget(m_kept);
}

void Autosave::takeOver(KeptFile file) {
  m_thread.waitForDone();
  forget(m_kept);
  m_kept = std::move(file);
  due(AfterALine);
}

void Autosave::opened() {
  m_another = true;
  m_took = 0;
  m_known = m_walk.session().stimuli().size();
  if (active() && QFile::exists(m_kept.path)) due(AfterAMove); // what is there is of another session
}

void Autosave::grew() {
  if (m_writing || !active()) return; // which looks when it is through
  const auto& stimuli = m_walk.session().stimuli();
  if (stimuli.size() <= m_known) return;
  const auto first = stimuli.begin() + std::ptrdiff_t(m_known);
  const bool typed = std::any_of(first, stimuli.end(), somebodyTyped);
  typed ? touch() : moved();
}

// The sooner of what is wanted and what was.
void Autosave::due(int ms) {
  if (!active()) return;
  m_wanted = true;
  if (!m_writing && (!m_next.isActive() || m_next.remainingTime() > ms)) m_next.start(ms);
}

void Autosave::write() {
  if (!active() || !m_walk.isOpen() || m_writing) return;
  const auto& stimuli = m_walk.session().stimuli();
  if (m_another || m_session.stimuli.size() > stimuli.size()) m_session.stimuli.clear();
  m_another = false;
  m_session.stimuli.insert(m_session.stimuli.end(), stimuli.begin() + std::ptrdiff_t(m_session.stimuli.size()),
                           stimuli.end());
  m_known = stimuli.size();
  m_session.setup = m_walk.session().setup();
  m_session.playhead = m_walk.position();
  m_session.layout = m_layout().toStdString();
  m_writing = true;
  m_wanted = false;
  m_clock.start();
  m_thread.start([this, path = m_kept.path.toStdString()] {
    Result<void> result = scenario::saveSession(m_session, path);
    QMetaObject::invokeMethod(
        this, [this, result = std::move(result)] { written(result); }, Qt::QueuedConnection);
  });
}

void Autosave::written(const Result<void>& result) {
  m_writing = false;
  m_took = int(m_clock.elapsed());
  if (!result && !std::exchange(m_complained, true)) emit failed(QString::fromStdString(result.error().message));
  if (m_wanted) moved();
  if (m_walk.isOpen()) grew();
}

} // namespace sockwalk
