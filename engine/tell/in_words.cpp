#include "engine/tell/in_words.h"
#include <array>
#include <charconv>

namespace sockwalk::tell {

Text layerText(Layer layer) {
  static constexpr std::array<Words, layerCount> Names{Words("user"), Words("VFS"),       Words("socket"),
                                                       Words("inet"), Words("transport"), Words("IP"),
                                                       Words("link"), Words("device")};
  return say(Names[static_cast<size_t>(layer)]);
}

Text contextText(Context::Kind kind, const std::string& name) {
  switch (kind) {
  case Context::Boot: return say("boot");
  case Context::Softirq: return say("softirq");
  case Context::Idle: return say("interrupt");
  case Context::Task: break;
  }
  return name;
}
Text contextText(const Context& context) { return contextText(context.kind, context.name); }

namespace {

// Takes `words` from the front of `text`.
bool takes(std::string_view& text, std::string_view words) {
  if (!text.starts_with(words)) return false;
  text.remove_prefix(words.size());
  return true;
}
// Takes what stands before `end`, and `end`.
std::string_view upTo(std::string_view& text, std::string_view end) {
  const size_t at = text.find(end);
  if (at == text.npos) return {};
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + end.size());
  return taken;
}
u64 number(std::string_view& text) {
  u64 value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value).ptr;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return value;
}

} // namespace

// As scenario/wire.cpp and the machine's timers write them.
Text stimulusText(const std::string& recorded) {
  std::string_view rest = recorded;
  if (recorded == "boot") return say("boot");
  if (recorded == "timer") return say("timer");
  if (recorded == "frames arrive") return say("frames arrive");
  if (takes(rest, "kworker: ")) return say("kworker: %1", rest);
  if (const bool frame = takes(rest, "frame on "); frame || takes(rest, "packet on ")) {
    const std::string_view device = upTo(rest, ", ");
    if (device.empty() && rest.find(' ') == rest.npos)
      return frame ? say("frame on %1", rest) : say("packet on %1", rest);
    const u64 size = number(rest);
    if (device.empty() || !takes(rest, " bytes: ")) return recorded;
    return frame ? say("frame on %1, %2 bytes: %3", device, size, rest)
                 : say("packet on %1, %2 bytes: %3", device, size, rest);
  }
  const u64 count = number(rest);
  if (!count) return recorded;
  const bool frames = takes(rest, " frames on ");
  if (!frames && !takes(rest, " packets on ")) return recorded;
  const std::string_view device = upTo(rest, ", the first: ");
  if (device.empty() && rest.find(' ') == rest.npos)
    return frames ? say("%1 frames on %2", count, rest) : say("%1 packets on %2", count, rest);
  if (device.empty()) return recorded;
  return frames ? say("%1 frames on %2, the first: %3", count, device, rest)
                : say("%1 packets on %2, the first: %3", count, device, rest);
}

} // namespace sockwalk::tell
