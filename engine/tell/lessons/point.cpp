#include "engine/tell/lessons/point.h"
#include "engine/base/era.h"
#include "engine/base/whole_number.h"
#include "engine/tell/buffers/buffer_shape.h"
#include "engine/tell/calls/call_path.h"
#include "engine/tell/lessons/formula.h"
#include "engine/tell/packets/packet_rows.h"
#include "engine/tell/source/source_files.h"
#include "engine/tell/structures/member_path.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

const std::vector<std::string> Kinds{"member", "node", "bytes", "line", "packet"}; // as Point::Kind, from Member

bool isNumber(std::string_view text, u32& value) {
  const auto number = wholeNumber<u32>(text);
  value = number.value_or(0);
  return number.has_value();
}

class PointReader {
public:
  PointReader(const Written& written, Problems& problems) : m_written(written), m_problems(problems) {}

  Point read() {
    const auto words = wordsOf(m_written.text);
    const auto kind = words.empty() ? Kinds.end() : std::ranges::find(Kinds, words[0]);
    if (kind == Kinds.end() || words.size() != 2) return nothing(words.empty() ? "" : words[0]);
    Point p{static_cast<Point::Kind>(kind - Kinds.begin() + 1), words[1], 0, 0, m_written.spot};
    switch (p.kind) {
    case Point::Member: return member(p);
    case Point::Node: return node(p);
    case Point::Bytes: return bytes(p);
    case Point::Line: return line(p);
    default: return packet(p);
    }
  }

private:
  Point wrong(Text what, Text remedy) {
    m_problems.add(m_written.spot, std::move(what), std::move(remedy));
    return {};
  }
  Point nothing(const std::string& kind) {
    const bool known = std::ranges::find(Kinds, kind) != Kinds.end();
    return wrong(say("'%1' is nothing that can be pointed at", m_written.text),
                 known || kind.empty() ? forExample() : nearestOf(kind, Kinds));
  }
  static Text forExample() {
    return say("for example %1",
               "'member tcp_sock.sk_prot', 'node inet_create', 'bytes 16..35', 'line socket.cpp:120' or 'packet 3'");
  }

  Point member(const Point& p) {
    const auto dot = dotOf(p.name);
    if (dot != p.name.npos && hasMember(p.name.substr(0, dot), p.name.substr(dot + 1))) return p;
    return wrong(say("'%1' is nothing that can be pointed at", m_written.text),
                 say("for example %1", "'member tcp_sock.sk_prot'"));
  }
  Point node(const Point& p) {
    if (Symbols::get().functionNamed(p.name)) return p;
    return wrong(say("this kernel has no function '%1'", p.name), nearestOf(p.name, functionNamesOfKernel()));
  }
  Point bytes(Point p) {
    const auto dots = p.name.find("..");
    if (dots != p.name.npos && isNumber(p.name.substr(0, dots), p.from) && isNumber(p.name.substr(dots + 2), p.to) &&
        p.from <= p.to)
      return p;
    return wrong(say("'%1' is no range of bytes", p.name), say("for example %1", "'bytes 16..35', counted from head"));
  }
  Point line(Point p) {
    const auto colon = p.name.rfind(':');
    const std::string file = p.name.substr(0, colon);
    std::vector<std::string> names, found; // found: whole paths
    for (const SourceFile& source : sourceFiles()) {
      const std::string path(source.path);
      names.push_back(path.substr(path.rfind('/') + 1));
      if (path == file || path.ends_with("/" + file)) found.push_back(path);
    }
    // By a name that both eras have the file of 6.1 is meant: 2.6 is asked for by its path.
    const auto isOld = [](const std::string& path) { return eraOfFile(path) == Era::Linux26; };
    if (!std::ranges::all_of(found, isOld)) std::erase_if(found, isOld);
    if (found.empty()) return wrong(say("the kernel's source has no file '%1'", file), nearestOf(file, names));
    if (found.size() > 1)
      return wrong(say("the kernel's source has several files '%1'", file),
                   say("there are %1", Text::list(", ", {found.begin(), found.end()})));
    const size_t lines = sourceLines(found.front())->size();
    if (colon == p.name.npos || !isNumber(p.name.substr(colon + 1), p.from) || !p.from || p.from > lines)
      return wrong(say("'%1' is no line of that file", p.name), say("it has the lines 1 to %1", lines));
    p.name = found.front();
    return p;
  }
  Point packet(Point p) {
    if (isNumber(p.name, p.from) && p.from) return p;
    return wrong(say("'%1' is no number of a packet", p.name), say("packets are counted from 1"));
  }

  const Written& m_written;
  Problems& m_problems;
};

using Found = Result<PointPlace>;

// Of the one that is looked at, if that is one, or holds one, and the point names no other.
std::optional<u64> inFocus(const Playhead& at, const std::string& object, const std::string& focus) {
  const LayoutInfo *wanted = layoutNamed(typeAndOrdinal(object).first),
                   *looked = layoutNamed(typeAndOrdinal(focus).first);
  if (!wanted || !looked || object.find('#') != object.npos) return std::nullopt;
  const u64 address = newestObject(at, focus);
  const auto places = placesOf(*wanted, *looked);
  return address && !places.empty() ? std::optional(address + places.front()) : std::nullopt;
}

Found member(const Playhead& at, const Point& point, const std::string& focus) {
  Formula f{Formula::Member, point.name};
  const auto dot = dotOf(point.name);
  f.words = {point.name.substr(0, dot), point.name.substr(dot + 1)};
  const auto own = inFocus(at, f.words[0], focus);
  const MemberPlace place =
      own ? memberNamed(*layoutNamed(typeAndOrdinal(f.words[0]).first), f.words[1], static_cast<u32>(*own))
          : memberAt(at, f);
  if (!place) return Error{"no " + f.words[0] + " is alive there"};
  return PointPlace{point.kind, own ? newestObject(at, focus) : newestObject(at, f.words[0]), place.offset(),
                    place.member.size};
}

Found node(const Playhead& at, const Point& point) {
  const int stimulus = stimulusAt(at);
  const CallPath path = stimulus < 0 ? CallPath() : CallPath(at.journal(), stimulus);
  if (std::ranges::find(path.nodes(), point.name, &PathNode::name) == path.nodes().end())
    return Error{point.name + " is not called in what runs there"};
  return PointPlace{point.kind, 0, 0, 0, point.name};
}

Found bytes(const Playhead& at, const Point& point) {
  const u64 skb = newestObject(at, "sk_buff");
  if (!skb) return Error{"no sk_buff is alive there"};
  const BufferShape shape = readShape(at.memory().at(static_cast<u32>(skb)));
  if (point.to >= shape.end) return Error{"the buffer has " + std::to_string(shape.end) + " bytes there"};
  return PointPlace{point.kind, skb, static_cast<u32>(shape.head) + point.from, point.to - point.from + 1};
}

Found packet(const scenario::Session& session, const Point& point) {
  PacketRows rows;
  rows.open(session);
  rows.update();
  for (int row = 0; row < rows.size(); ++row)
    if (rows.number(row) == point.from) return PointPlace{point.kind, 0, 0, 0, "", point.from};
  return Error{"there is no packet " + point.name + ", there are " + std::to_string(rows.size())};
}

} // namespace

Point pointOf(const Written& written, Problems& problems) { return PointReader(written, problems).read(); }

const char* viewOf(Point::Kind kind) {
  switch (kind) {
  case Point::Node: return "call-path";
  case Point::Bytes: return "buffer";
  case Point::Line: return "source";
  case Point::Packet: return "packets";
  default: return "structure";
  }
}

Result<PointPlace> findPoint(const scenario::Session& session, EventIndex position, const Point& point,
                             const std::string& focus) {
  if (point.kind == Point::Line) return PointPlace{point.kind, 0, 0, 0, point.name, point.from};
  if (point.kind == Point::Packet) return packet(session, point);
  Playhead at(session.journal());
  at.seek(position);
  return point.kind == Point::Member ? member(at, point, focus)
         : point.kind == Point::Node ? node(at, point)
                                     : bytes(at, point);
}

} // namespace sockwalk::tell
