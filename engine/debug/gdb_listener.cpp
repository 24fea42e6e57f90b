#include "engine/debug/gdb_listener.h"
#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sockwalk::debug {

Result<GdbListener> GdbListener::open(u16 port) {
  GdbListener listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), port);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  const int one = 1;
  ::setsockopt(listener.m_socket, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  auto* const where = reinterpret_cast<sockaddr*>(&address);
  const bool listens = ::bind(listener.m_socket, where, size) == 0 && ::listen(listener.m_socket, 1) == 0 &&
                       ::getsockname(listener.m_socket, where, &size) == 0;
  if (!listens) return Error{"port " + std::to_string(port) + " cannot be listened at: " + std::strerror(errno)};
  listener.m_port = ntohs(address.sin_port);
  return listener;
}

GdbListener::~GdbListener() {
  if (m_socket >= 0) ::close(m_socket);
}

int GdbListener::accept() {
  int got;
  do got = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
  while (got < 0 && errno == EINTR);
  const int one = 1;
  if (got >= 0) ::setsockopt(got, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one); // packets are small, and each is awaited
  return got;
}

} // namespace sockwalk::debug
