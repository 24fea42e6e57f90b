// What a stop points at, so that its view marks it:
//
//   member TYPE.MEMBER     in Structure: of the object of that type that is looked at, else of the newest
//   node FUNCTION          of the call path, in what runs at the stop
//   bytes FROM..TO         of the newest sk_buff's buffer, counted from head; the last one is pointed at, too
//   line FILE:N            of the source
//   packet N               as the list of packets numbers it; of a capture, the frame of its file
#pragma once
#include "engine/base/result.h"
#include "engine/scenario/session.h"
#include "engine/tell/lessons/block.h"

namespace sockwalk::tell {

struct Point {
  enum Kind : u8 { None, Member, Node, Bytes, Line, Packet } kind = None;
  std::string name{};   // "tcp_sock.sk_prot", "inet_create"; of a line: its whole path
  u32 from = 0, to = 0; // bytes; from alone: a line, a packet
  Spot spot{};
  explicit operator bool() const { return kind != None; }
};
// What is wrong in itself is a problem: no such member, function, file or line.
Point pointOf(const Written& written, Problems& problems);
const char* viewOf(Point::Kind kind); // "call-path"; in which it is marked

// Where that is at a moment.
struct PointPlace {
  Point::Kind kind = Point::None;
  u64 object = 0;           // member: of which
  u32 offset = 0, size = 0; // member, bytes: in the arena
  std::string name{};       // node: the function; line: its file
  u32 number = 0;           // line, packet
};
// `focus`: the object that is looked at, "tcp_sock#2"; "": none. An error says what the record does not have there.
Result<PointPlace> findPoint(const scenario::Session& session, EventIndex at, const Point& point,
                             const std::string& focus = "");

} // namespace sockwalk::tell
