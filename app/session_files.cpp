#include "app/session_files.h"
#include "app/document.h"
#include "engine/base/data.h"
#include "engine/tell/lessons/lesson_file.h"

namespace sockwalk {
namespace {

// The walk of last resort, should the lesson's file be missing.
const char* const socketWalk = R"(// A stream socket, made and closed.
//@case socket_tcp
0 socket(AF_INET, SOCK_STREAM, 0) = 3
//@case close_tcp_unconnected
+0 close(3) = 0
)";

} // namespace

Result<OpenedSession> openSession(const QString& path, const scenario::OpenOptions& options) {
  using scenario::Session;
  const auto played = tell::playedFile(path.toStdString(), options);
  if (!played) return played.error();
  auto file = Session::readFile(played->path, played->options);
  if (!file) return file.error();
  OpenedSession opened;
  opened.title = fileTitle(path);
  if (scenario::fileKind(path.toStdString()) == scenario::FileKind::Saved) {
    opened.position = static_cast<EventIndex>(file->playhead);
    opened.layout = QString::fromStdString(file->layout);
    opened.path = path;
  }
  auto session = Session::open(std::move(file->stimuli), file->setup);
  if (!session) return session.error();
  opened.session = std::move(*session);
  return opened;
}

Result<OpenedSession> openSocketWalk(const scenario::MachineSetup& setup) {
  const std::string lesson = dataFile("lessons/03-socket/scenario.pkt").string();
  if (!lesson.empty())
    if (Result<OpenedSession> opened = openSession(QString::fromStdString(lesson), {setup, {}, {}})) return opened;
  auto session = scenario::Session::open({scenario::ScriptStimulus{"socket.pkt", socketWalk}}, setup);
  if (!session) return session.error();
  OpenedSession opened;
  opened.session = std::move(*session);
  opened.title = "socket.pkt";
  return opened;
}

} // namespace sockwalk
