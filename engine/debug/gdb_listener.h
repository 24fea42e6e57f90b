// Waits for one gdb at a port of this computer, and of no other.
#pragma once
#include "engine/base/result.h"
#include "engine/base/types.h"

namespace sockwalk::debug {

class GdbListener {
public:
  // `port` 0: any that is free. Errors: the port is taken, or not for everybody.
  static Result<GdbListener> open(u16 port);
  GdbListener(GdbListener&& other) noexcept : m_socket(other.m_socket), m_port(other.m_port) { other.m_socket = -1; }
  GdbListener& operator=(GdbListener&&) = delete;
  ~GdbListener();
  u16 port() const { return m_port; }
  int accept(); // the connection's descriptor, which the caller closes; -1: it failed

private:
  GdbListener(int socket, u16 port) : m_socket(socket), m_port(port) {}
  int m_socket;
  u16 m_port;
};

} // namespace sockwalk::debug
