#include "app/session_files.h"
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace sockwalk {
namespace {

// The walk of last resort, should the lesson's file be missing.
const char* const socketWalk = R"(// A stream socket, made and closed.
//@case socket_tcp
0 socket(AF_INET, SOCK_STREAM, 0) = 3
//@case close_tcp_unconnected
+0 close(3) = 0
)";

bool hasData(const QDir& dir) { return dir.exists("assets/layout"); }

} // namespace

QString dataRoot() {
  static const QString root = [] {
    const QString wish = qEnvironmentVariable("SOCKWALK_ROOT");
    if (!wish.isEmpty()) return wish;
    QDir dir(QCoreApplication::applicationDirPath()); // build/dev/app in the repository
    for (int up = 0; up < 6; ++up) {
      if (hasData(dir)) return dir.absolutePath();
      if (hasData(QDir(dir.filePath("share/sockwalk")))) return dir.filePath("share/sockwalk");
      if (!dir.cdUp()) break;
    }
    return QString(SOCKWALK_SOURCE_ROOT);
  }();
  return root;
}

FileKind fileKind(const QString& path) {
  QFile file(path);
  if (file.open(QIODevice::ReadOnly)) {
    const QByteArray head = file.read(16);
    for (const char* magic :
         {"\xa1\xb2\xc3\xd4", "\xd4\xc3\xb2\xa1", "\xa1\xb2\x3c\x4d", "\x4d\x3c\xb2\xa1", "\x0a\x0d\x0d\x0a"})
      if (head.startsWith(QByteArray(magic, 4))) return FileKind::Capture;
    if (head.startsWith("sockwalk-session")) return FileKind::Saved;
  }
  const QString suffix = QFileInfo(path).suffix().toLower();
  if (suffix == "pcap" || suffix == "pcapng" || suffix == "cap") return FileKind::Capture;
  return suffix == "sockwalk" ? FileKind::Saved : FileKind::Script;
}

Result<OpenedSession> openSession(const QString& path, const QString& host) {
  using scenario::Session;
  using scenario::Source;
  OpenedSession opened;
  opened.title = QCoreApplication::translate("Session", "boot + %1").arg(QFileInfo(path).fileName());
  Result<std::unique_ptr<Session>> session = Error{};
  switch (fileKind(path)) {
  case FileKind::Script: session = Session::openFile(path.toStdString()); break;
  case FileKind::Capture:
    session = Session::open({Source{Source::Kind::Capture, path.toStdString(), "", host.toStdString()}});
    break;
  case FileKind::Saved: {
    Result<Session::Saved> saved = Session::readSaved(path.toStdString());
    if (!saved) return saved.error();
    opened.position = saved->position;
    opened.layout = QString::fromStdString(saved->layout);
    opened.title = QFileInfo(path).completeBaseName();
    session = Session::open(std::move(saved->sources));
    break;
  }
  }
  if (!session) return session.error();
  opened.session = std::move(*session);
  return opened;
}

Result<OpenedSession> openSocketWalk() {
  const QDir root(dataRoot());
  const QString lesson = root.filePath("lessons/01-socket/scenario.pkt");
  if (QFileInfo::exists(lesson)) {
    if (Result<OpenedSession> opened = openSession(lesson)) return opened;
  }
  using scenario::Source;
  auto session = scenario::Session::open({Source{Source::Kind::Script, "socket.pkt", socketWalk, ""}});
  if (!session) return session.error();
  OpenedSession opened;
  opened.session = std::move(*session);
  opened.title = QCoreApplication::translate("Session", "boot + socket.pkt");
  return opened;
}

EventIndex firstMoment(const scenario::Session& session) {
  const auto& stimuli = session.journal().stimuli();
  const auto& sources = session.sources();
  const bool capture = !sources.empty() && sources.front().kind == scenario::Source::Kind::Capture;
  EventIndex first = NoEvent;
  for (const Stimulus& s : stimuli) {
    if (s.name == "boot") continue;
    const bool frame = s.text.find("on eth0") != std::string::npos; // "frame on eth0, ...", "3 frames on eth0, ..."
    if (capture ? frame : !s.name.empty()) return s.event + 1;
    if (first == NoEvent && session.journal().contextAt(s.event).kind != Context::Boot) first = s.event + 1;
  }
  return session.pending() ? NoEvent : first; // the better one may be still to come
}

} // namespace sockwalk
