#pragma once
// A network namespace for one test: the host's real kernel, without touching the host's network.
#include <cstdlib>
#include <fcntl.h>
#include <sched.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace sockwalk::testing {

inline bool run(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

/// The thread lives in a network namespace of its own until this goes. reason() is empty if that worked.
class PrivateNetwork {
public:
  PrivateNetwork() : m_before(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC)) {
    if (unshare(CLONE_NEWNET) != 0) m_reason = "a network namespace needs root";
    else if (!run("ip link set lo up")) m_reason = "iproute2 is not installed";
  }
  ~PrivateNetwork() {
    if (setns(m_before, CLONE_NEWNET) != 0 && m_reason.empty()) std::abort(); // later tests must not run in here
    close(m_before);
  }
  const std::string& reason() const { return m_reason; }

private:
  int m_before;
  std::string m_reason;
};

/// What `task` returns when a user without any rights runs it, in a child process; as we are if we are no
/// root.
template <class Task> std::string asNobody(Task task) {
  int ends[2];
  if (pipe(ends) != 0) return "(no pipe)";
  pid_t child = fork();
  if (child == 0) {
    if (geteuid() == 0 && setuid(65534) != 0) _exit(1);
    std::string text = task();
    ssize_t written = write(ends[1], text.data(), text.size());
    _exit(written == static_cast<ssize_t>(text.size()) ? 0 : 1);
  }
  close(ends[1]);
  std::string text(8192, 0);
  ssize_t length = read(ends[0], text.data(), text.size());
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  return status == 0 ? text : "(the child failed)";
}

} // namespace sockwalk::testing
