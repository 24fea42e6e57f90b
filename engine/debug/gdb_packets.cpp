#include "engine/debug/gdb_packets.h"
#include "engine/base/bytes.h"
#include "engine/base/types.h"
#include <cerrno>
#include <unistd.h>

namespace sockwalk::debug {

namespace {

std::string checksumOf(std::string_view packet) {
  u8 sum = 0;
  for (const char c : packet) sum = static_cast<u8>(sum + static_cast<u8>(c));
  return toHex({&sum, 1});
}

} // namespace

std::string gdbEscaped(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const bool special = c == '#' || c == '$' || c == '}' || c == '*';
    if (special) out += '}';
    out += special ? static_cast<char>(c ^ 0x20) : c;
  }
  return out;
}

int GdbPackets::byte() {
  if (m_taken == m_read.size()) {
    char buffer[4096];
    ssize_t got;
    do got = ::read(m_in, buffer, sizeof buffer);
    while (got < 0 && errno == EINTR);
    if (got <= 0) return -1;
    m_read.assign(buffer, static_cast<std::size_t>(got));
    m_taken = 0;
  }
  return static_cast<unsigned char>(m_read[m_taken++]);
}

bool GdbPackets::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(m_out, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

// What stands between packets, acknowledgements and an interrupt while nothing runs, asks for nothing.
std::optional<std::string> GdbPackets::next() {
  for (;;) {
    int c = byte();
    while (c >= 0 && c != '$') c = byte();
    std::string packet;
    for (c = byte(); c >= 0 && c != '#'; c = byte()) packet += static_cast<char>(c);
    std::string sum;
    for (int i = 0; i < 2 && c >= 0; ++i) sum += static_cast<char>(c = byte());
    if (c < 0) return std::nullopt;
    const bool whole = sum == checksumOf(packet);
    if (m_acknowledges && !write(whole ? "+" : "-")) return std::nullopt;
    if (whole) return packet;
  }
}

bool GdbPackets::send(std::string_view packet) { return write("$" + std::string(packet) + "#" + checksumOf(packet)); }

} // namespace sockwalk::debug
