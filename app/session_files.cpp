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

Result<OpenedSession> openSession(const QString& path, const scenario::OpenOptions& options) {
  using scenario::Session;
  auto file = Session::readFile(path.toStdString(), options);
  if (!file) return file.error();
  OpenedSession opened;
  opened.title = QCoreApplication::translate("Session", "boot + %1").arg(QFileInfo(path).fileName());
  if (scenario::fileKind(path.toStdString()) == scenario::FileKind::Saved) {
    opened.position = static_cast<EventIndex>(file->playhead);
    opened.layout = QString::fromStdString(file->layout);
    opened.title = QFileInfo(path).completeBaseName();
  }
  auto session = Session::open(std::move(file->stimuli), file->setup);
  if (!session) return session.error();
  opened.session = std::move(*session);
  return opened;
}

Result<OpenedSession> openSocketWalk(const scenario::MachineSetup& setup) {
  const QDir root(dataRoot());
  const QString lesson = root.filePath("lessons/01-socket/scenario.pkt");
  if (QFileInfo::exists(lesson)) {
    if (Result<OpenedSession> opened = openSession(lesson, {setup, {}, {}})) return opened;
  }
  auto session = scenario::Session::open({scenario::ScriptStimulus{"socket.pkt", socketWalk}}, setup);
  if (!session) return session.error();
  OpenedSession opened;
  opened.session = std::move(*session);
  opened.title = QCoreApplication::translate("Session", "boot + socket.pkt");
  return opened;
}

} // namespace sockwalk
