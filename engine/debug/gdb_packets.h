// The packets of gdb's remote serial protocol ("$data#checksum"; the appendix of gdb's manual describes it) over a pair of
// file descriptors: a pipe, a socket.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sockwalk::debug {

class GdbPackets {
public:
  GdbPackets(int in, int out) : m_in(in), m_out(out) {}
  std::optional<std::string> next();  // what gdb says; nothing once it has hung up
  bool send(std::string_view packet); // false: it has hung up
  void withoutAcknowledgement() { m_acknowledges = false; }

private:
  int byte(); // -1: there is no more
  bool write(std::string_view bytes);
  int m_in, m_out;
  bool m_acknowledges = true;
  std::string m_read;
  std::size_t m_taken = 0;
};

// Bytes that are no text: some stand behind a brace.
std::string gdbEscaped(std::string_view bytes);

} // namespace sockwalk::debug
