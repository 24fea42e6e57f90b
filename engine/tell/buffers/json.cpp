#include "engine/tell/buffers/buffer_picture.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

static nlohmann::json bandsJson(const BufferPicture& p) {
  auto out = nlohmann::json::array();
  for (const BufferBand& b : p.bands)
    out.push_back(
        {{"name", english(b.name)}, {"from", b.from}, {"to", b.to}, {"pulled", b.pulled}, {"written", b.written}});
  return out;
}

static nlohmann::json fragmentsJson(const BufferPicture& p) {
  auto out = nlohmann::json::array();
  for (const BufferFragment& f : p.fragments) out.push_back({{"page", f.page}, {"offset", f.offset}, {"size", f.size}});
  return out;
}

static nlohmann::json writtenJson(const BufferPicture& p) {
  auto out = nlohmann::json::array();
  for (const ByteRange& r : p.written.all()) out.push_back({{"from", r.from}, {"to", r.to}});
  return out;
}

static nlohmann::json sharersJson(const BufferPicture& p) {
  auto out = nlohmann::json::array();
  for (const BufferSharer& s : p.sharers)
    out.push_back({{"id", "buffer-" + std::to_string(s.life)},
                   {"name", s.name},
                   {"data", s.data},
                   {"tail", s.tail},
                   {"len", s.len}});
  return out;
}

static nlohmann::json partsJson(const BufferPicture& p) {
  auto out = nlohmann::json::array();
  for (const BufferPart& part : p.parts)
    out.push_back({{"id", "buffer-" + std::to_string(part.life)}, {"name", part.name}, {"len", part.len}});
  return out;
}

static nlohmann::json breachJson(const BufferBreach& b) {
  if (b.kind == BufferBreach::None) return nullptr;
  return {{"asked", b.asked}, {"there", b.there}, {"what", english(b.what)}, {"kernel", b.kernelSays}};
}

static nlohmann::json storyJson(const BufferPicture& p) {
  auto out = nlohmann::json::array();
  for (const Text& t : p.story) out.push_back(english(t));
  return out;
}

nlohmann::json json(const BufferPicture& p) {
  const BufferShape& s = p.shape;
  nlohmann::json flags = nlohmann::json::object();
  for (const BufferFlag& f : p.flags) flags[std::string(f.member)] = f.offset;
  return {{"id", "buffer-" + std::to_string(p.life)},
          {"name", p.title},
          {"address", hexText(p.address)},
          {"head", hexText(s.head)},
          {"data", s.dataFromHead()},
          {"tail", s.tail},
          {"end", s.end},
          {"len", s.len},
          {"data_len", s.dataLen},
          {"users", s.users},
          {"truesize", s.truesize},
          {"headers", flags},
          {"bands", bandsJson(p)},
          {"written", writtenJson(p)},
          {"fragments", fragmentsJson(p)},
          {"frag_list", partsJson(p)},
          {"dataref", p.dataref},
          {"sharers", sharersJson(p)},
          {"gso_size", p.gsoSize},
          {"checksum", english(p.checksum)},
          {"breach", breachJson(p.breach)},
          {"about", english(p.subtitle)},
          {"family", english(p.family)},
          {"fate", english(p.fate)},
          {"last", english(p.sentence)},
          {"story", storyJson(p)}};
}

nlohmann::json json(const Buffers& buffers) {
  auto out = nlohmann::json::array();
  for (const BufferPicture& p : buffers.alive) out.push_back(json(p));
  return out;
}

} // namespace sockwalk::tell
