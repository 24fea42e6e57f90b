// A selection by its name, and in words.
#include "engine/base/whole_number.h"
#include "engine/feed/decode.h"
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/fields.h"
#include "engine/tell/selector.h"
#include "engine/tell/source/source_files.h"
#include <functional>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

ByteView frameOf(const Journal& j, const PacketList& packets, int packet) {
  return j.frame(j[packets.eventOf(packet)]);
}

Text range(u32 from, u32 size, const Text& of) {
  return size == 1 ? say("byte %1 of %2", from, of) : say("bytes %1 to %2 of %3", from, from + size - 1, of);
}

Result<Selection> inFrame(Selector& selector, const Playhead& at, const PacketList& packets, const std::string& name,
                          std::optional<u32> offset) {
  const int packet = packets.before(at.position());
  if (packet < 0) return Error{"'" + name + "': no packet has come or gone before this moment"};
  const ByteView frame = frameOf(at.journal(), packets, packet);
  if (offset && *offset >= frame.size())
    return Error{"'" + name + "': the frame has " + std::to_string(frame.size()) + " bytes"};
  const auto [from, size] = offset ? fieldAround(frame, *offset) : fieldNamed(frame, name);
  if (!size) return Error{"'" + name + "': the packet that came or went last has no such member in its headers"};
  return selector.ofFrame(packet, from, size);
}

Result<Selection> inBuffer(Selector& selector, const Playhead& at, const PacketList& packets, u32 offset) {
  for (const int life : packets.lives().aliveAt(at.position(), ~size_t(0))) {
    const BufferShape shape = readShape(at.memory().at(packets.lives().life(life).offset));
    if (!shape.head || offset >= shape.end) continue;
    BufferJourneys journeys;
    const auto& journey = journeys.of(at.journal(), packets.lives(), life);
    u32 from = offset, size = 1;
    for (const FrameField& header : pictureOf(at, packets.lives(), journey, life, at.position()).fields)
      for (const FrameField& field : header.children)
        if (offset >= field.offset && offset < field.offset + field.length)
          from = static_cast<u32>(field.offset), size = static_cast<u32>(field.length);
    return selector.ofBytes(at.position(), static_cast<u32>(shape.head) + from, size);
  }
  return Error{"no buffer that lives at this moment has a byte " + std::to_string(offset)};
}

Result<Selection> inSource(Selector& selector, const Playhead& at, const std::string& name, std::string_view file,
                           int line) {
  for (const SourceFile& source : sourceFiles()) {
    if (source.path != file && !source.path.ends_with("/" + std::string(file))) continue;
    if (const Selection found = selector.ofLine(at.position(), source.path, line)) return found;
  }
  return Error{"'" + name + "': no such line has written anything before this moment"};
}

// Fields without fields in them, smallest of those that share a byte.
void visit(const std::vector<FrameField>& fields, const std::function<void(const FrameField&)>& each) {
  for (const FrameField& field : fields) {
    each(field);
    visit(field.children, each);
  }
}

} // namespace

std::pair<u32, u32> fieldAround(ByteView frame, u32 offset) {
  std::pair<u32, u32> best{offset, 0};
  visit(decodeFrame(frame), [&](const FrameField& f) {
    const bool has = offset >= f.offset && offset < f.offset + f.length;
    if (has && (!best.second || f.length <= best.second)) best = {u32(f.offset), u32(f.length)};
  });
  return best.second ? best : std::pair<u32, u32>{offset, 1};
}

std::pair<u32, u32> fieldNamed(ByteView frame, std::string_view member) {
  const std::string_view structure = member.substr(0, member.find('.'));
  const std::string_view path = member.substr(std::min(member.size(), structure.size() + 1));
  for (const FrameField& header : decodeFrame(frame)) {
    if (headerStructure(header.layer) != structure) continue;
    const Field field = fieldAt(structure, path);
    if (field) return {u32(header.offset) + field.offset(), field.member->size};
  }
  return {0, 0};
}

Result<Selection> selectionNamed(Selector& selector, const Playhead& at, const PacketList& packets,
                                 const std::string& name) {
  const size_t colon = name.rfind(':');
  if (colon == name.npos) return inFrame(selector, at, packets, name, std::nullopt);
  const std::string_view what = std::string_view(name).substr(0, colon);
  const auto number = wholeNumber<u32>(std::string_view(name).substr(colon + 1));
  if (!number) return Error{"'" + name + "': a number is expected behind the colon"};
  if (what == "frame") return inFrame(selector, at, packets, name, number);
  if (what == "byte") return inBuffer(selector, at, packets, *number);
  return inSource(selector, at, name, what, static_cast<int>(*number));
}

Text wireWords(const SelectionTold& t) {
  const Selection& s = t.selection;
  if (s.packet < 0) return say("no frame has these bytes");
  return range(s.inFrame, s.size, say("packet %1", s.packet + 1));
}

Text bufferWords(const SelectionTold& t) {
  const Selection& s = t.selection;
  if (!s.offset) return say("no buffer has these bytes: the card has made them, or they are gone");
  if (s.life < 0) return say("%1 bytes at %2", s.size, addressText(Arena::addressOf(s.offset)));
  const BufferLife& life = t.packets->lives().life(s.life);
  const std::string name = bufferName(life);
  if (s.inPage) return say("%1 bytes in a page of %2", s.size, name);
  return range(s.inBuffer, s.size, say("the buffer of %1", name));
}

Text memberWords(const SelectionTold& t) {
  const Selection& s = t.selection;
  if (s.member.empty())
    return s.layout ? say("in struct %1", std::string(s.layout->name)) : say("no structure lies over them");
  return s.copiedFrom.empty() ? Text(s.member) : say("%1, copied from %2", s.member, s.copiedFrom);
}

Text sourceWords(const SelectionTold& t) {
  const Selection& s = t.selection;
  if (s.written == NoEvent) return say("nobody that the record knows has written them");
  return say("written by %1(), %2 line %3", s.function, s.file, s.line);
}

std::vector<std::string> lines(const SelectionTold& t) {
  return {spoken(wireWords(t)), spoken(bufferWords(t)), spoken(memberWords(t)), spoken(sourceWords(t))};
}

nlohmann::json json(const SelectionTold& t) {
  const Selection& s = t.selection;
  nlohmann::json out{{"size", s.size}, {"member", s.member}, {"copied_from", s.copiedFrom}};
  if (s.packet >= 0) out["wire"] = {{"packet", s.packet + 1}, {"offset", s.inFrame}};
  if (s.offset) out["memory"] = {{"address", addressText(Arena::addressOf(s.offset))}};
  if (s.life >= 0 && !s.inPage) out["buffer"] = {{"life", s.life}, {"offset", s.inBuffer}};
  if (s.written != NoEvent)
    out["source"] = {{"event", s.written}, {"function", s.function}, {"file", s.file}, {"line", s.line}};
  return out;
}

} // namespace sockwalk::tell
