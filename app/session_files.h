// From a file to a session: which kind of file it is, and where in the walk a person wants to begin.
#pragma once
#include "engine/scenario/session.h"
#include <functional>
#include <memory>
#include <QString>

namespace sockwalk {

struct OpenedSession {
  std::unique_ptr<scenario::Session> session;
  QString title;                 // "socket_tcp.pkt"
  QString path;                  // of a saved session; "" if it is none
  EventIndex position = NoEvent; // where a saved session stood; NoEvent: at the first call or frame
  QString layout;                // what the window kept about itself; "" if not saved
};
// Errors name file, line and what was expected.
Result<OpenedSession> openSession(const QString& path, const scenario::OpenOptions& options = {});
// The socket() walk that the program opens on.
Result<OpenedSession> openSocketWalk(const scenario::MachineSetup& setup = {});

} // namespace sockwalk
