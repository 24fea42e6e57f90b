// Packets that come and go in a journal that the test writes itself.
#pragma once
#include "tests/views/sample/recorded_session.h"
#include <string_view>
#include <vector>

namespace sockwalk {

// 10.0.2.2:7777 to 10.0.2.15:53 with "hello"; the checksum is left out (0).
inline std::vector<u8> udpFrame(u16 port = 53) {
  using namespace std::string_view_literals;
  constexpr auto Ethernet = "\x52\x54\x00\x12\x34\x56\x52\x55\x0a\x00\x02\x02\x08\x00"sv;
  constexpr auto Ip = "\x45\x00\x00\x21\x00\x01\x00\x00\x40\x11\x00\x00\x0a\x00\x02\x02\x0a\x00\x02\x0f"sv;
  constexpr auto Udp = "\x1e\x61\x00\x35\x00\x0d\x00\x00hello"sv;
  std::vector<u8> frame;
  for (const std::string_view part : {Ethernet, Ip, Udp}) frame.insert(frame.end(), part.begin(), part.end());
  frame[36] = u8(port >> 8);
  frame[37] = u8(port);
  return frame;
}

inline void arrive(Recorder& recorder, const std::vector<u8>& frame, bool in = true) {
  recorder.packet(in, 2, 0, frame.data(), u32(frame.size()));
}

} // namespace sockwalk
