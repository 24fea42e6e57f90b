#include "engine/tell/buffers/buffer_picture.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

static nlohmann::json bandsJson(const BufferPicture& p) {
  auto out = nlohmann::json::array();
  for (const BufferBand& b : p.bands)
    out.push_back({{"name", english(b.name)}, {"from", b.from}, {"to", b.to}, {"pulled", b.pulled}});
  return out;
}

static nlohmann::json fragmentsJson(const BufferPicture& p) {
  auto out = nlohmann::json::array();
  for (const BufferFragment& f : p.fragments) out.push_back({{"page", f.page}, {"offset", f.offset}, {"size", f.size}});
  return out;
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
          {"data", s.data},
          {"tail", s.tail},
          {"end", s.end},
          {"len", s.len},
          {"data_len", s.dataLen},
          {"users", s.users},
          {"truesize", s.truesize},
          {"headers", flags},
          {"bands", bandsJson(p)},
          {"fragments", fragmentsJson(p)},
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
