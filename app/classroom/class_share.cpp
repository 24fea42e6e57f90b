#include "app/classroom/class_share.h"
#include "app/page_export.h"
#include <QFile>
#include <QTemporaryDir>
#include <thread>

namespace sockwalk {

namespace {

// The walk as a session, as a student's window opens it.
Result<std::string> sessionBytes(const Walk& walk, scenario::Session& session) {
  const QTemporaryDir folder;
  const QString path = folder.filePath("class.sockwalk");
  if (!folder.isValid()) return Error{"there is no room for temporary files"};
  if (const auto saved = session.save(path.toStdString(), u32(walk.position()), "{}"); !saved) return saved.error();
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return Error{file.errorString().toStdString()};
  return file.readAll().toStdString();
}

} // namespace

ClassShare::ClassShare(Walk& walk, QObject* parent) : QObject(parent), m_walk(walk) {
  connect(&walk, &Walk::moved, this, &ClassShare::tell);
  connect(&walk, &Walk::opened, this, &ClassShare::stop); // another walk is another class
  connect(&m_counting, &QTimer::timeout, this, &ClassShare::count);
}

ClassShare::~ClassShare() = default; // says good-bye to all who follow

Result<void> ClassShare::start(const QString& title, const share::ClassPlace& place, const tell::PageProgress& goOn) {
  if (!m_walk.isOpen()) return Error{"there is no walk to share"};
  stop();
  auto session = sessionBytes(m_walk, m_walk.session());
  if (!session) return session.error();
  bool stopped = false;
  const auto progress = [&](std::size_t done, std::size_t all) { return !goOn || !(stopped = !goOn(done, all)); };
  auto page = classPage(m_walk.session(), title.toStdString(), progress);
  if (stopped) return Error{"stopped: the walk is not shared"};
  m_forBrowsers = page.ok(); // a walk that is too long for one is followed with Sockwalk; the browser is told so
  auto server = share::ClassServer::open(place, {title.toStdString(), page ? *page : "", std::move(*session)});
  if (!server) return server.error();
  m_server = std::move(*server);
  m_followers = 0;
  m_taken.clear();
  m_counting.start(300);
  tell();
  emit changed();
  return {};
}

void ClassShare::stop() {
  if (!m_server) return;
  m_counting.stop();
  std::thread([server = std::move(m_server)]() mutable { server.reset(); }).detach(); // it waits for the last good-bye
  m_state.question.reset();
  m_followers = 0;
  emit changed();
}

QString ClassShare::address() const {
  return m_server ? QString::fromStdString(m_server->addresses().front()) : QString();
}

void ClassShare::setView(const QString& view) {
  m_state.view = view.toStdString();
  tell();
}

void ClassShare::ask(const std::optional<share::AskedQuestion>& question) {
  m_state.question = question;
  tell();
}

void ClassShare::tell() {
  if (!m_server) return;
  m_state.position = m_walk.position();
  m_server->publish(m_state);
}

void ClassShare::count() {
  const int followers = m_server->followers();
  std::vector<int> taken = m_server->taken();
  if (followers == m_followers && taken == m_taken) return;
  m_followers = followers;
  m_taken = std::move(taken);
  emit counted(m_taken, m_followers);
  emit changed();
}

} // namespace sockwalk
