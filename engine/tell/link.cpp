#include "engine/tell/link.h"
#include "engine/base/bytes.h"
#include "engine/base/data.h"
#include "engine/base/whole_number.h"
#include <algorithm>
#include <filesystem>
#include <map>

namespace sockwalk::tell {

namespace {

Error wrong(std::string_view link, const std::string& why) {
  return Error{"'" + std::string(link) + "' is no link to a moment: " + why};
}

std::optional<u8> hexDigits(std::string_view two) { return two.size() == 2 ? wholeNumber<u8>(two, 16) : std::nullopt; }

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const auto byte = hexDigits(text.substr(i + 1, 2));
    if (!byte || !*byte) return std::nullopt;
    out += static_cast<char>(*byte);
    i += 2;
  }
  return out;
}

std::string encoded(std::string_view text) {
  constexpr std::string_view Plain = "-._~/";
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || Plain.find(c) != Plain.npos) out += c;
    else out += '%' + toHex({reinterpret_cast<const u8*>(&c), 1}, ' ');
  }
  return out;
}

// sockwalk:two.pkt, sockwalk:/tmp/two.pkt, and as browsers may write that, sockwalk:///tmp/two.pkt.
std::string fileIn(const std::string& path) {
  const std::string plain = path.starts_with("///") ? path.substr(2) : path;
  if (std::filesystem::exists(plain)) return plain;
  const auto known = plain.starts_with('/') ? std::filesystem::path() : dataFile(plain);
  return known.empty() ? plain : known.string();
}

// What comes with the program lies elsewhere on another machine, and has the same name there.
std::string nameInData(const std::string& file) {
  std::error_code none;
  const std::string path = std::filesystem::weakly_canonical(file, none).string();
  for (const char* folder : {"lessons", "walks", "failures", "captures"})
    for (const auto& entry : dataEntries(folder)) {
      const std::string known = std::filesystem::weakly_canonical(entry, none).string();
      if (!known.empty() && (path == known || path.starts_with(known + "/")))
        return std::string(folder) + "/" + entry.filename().string() + path.substr(known.size());
    }
  return file;
}

bool isNumber(const std::string& text) {
  return !text.empty() && text.size() < 10 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "step=57&stimulus=3" as its parts.
Result<std::map<std::string, std::string>> partsOf(std::string_view link, std::string_view fragment) {
  std::map<std::string, std::string> parts;
  while (!fragment.empty()) {
    const std::string_view part = fragment.substr(0, fragment.find('&'));
    fragment.remove_prefix(std::min(fragment.size(), part.size() + 1));
    const size_t equals = std::min(part.find('='), part.size());
    const std::string name(part.substr(0, equals)), value(part.substr(std::min(part.size(), equals + 1)));
    if (name != "step" && name != "event" && name != "stimulus")
      return wrong(link, "expected step=N, event=N or stimulus=N behind the #, not '" + std::string(part) + "'");
    if (!isNumber(value)) return wrong(link, "'" + value + "' is no number for " + name + "=");
    if (!parts.emplace(name, value).second) return wrong(link, name + " is said twice");
  }
  return parts;
}

} // namespace

std::string plainPath(const std::string& word) {
  constexpr std::string_view Scheme = "file://";
  const size_t slash =
      word.starts_with(Scheme) ? word.find('/', Scheme.size()) : word.npos; // a host may stand before it
  const auto path = slash == word.npos ? std::nullopt : decoded(std::string_view(word).substr(slash));
  return path.value_or(word);
}

bool isLink(std::string_view text) {
  return text.starts_with(LinkScheme) && text.size() > LinkScheme.size() && text[LinkScheme.size()] == ':';
}

Result<Link> readLink(std::string_view text) {
  if (!isLink(text)) return wrong(text, "it does not begin with sockwalk:");
  const std::string_view rest = text.substr(LinkScheme.size() + 1);
  const size_t hash = std::min(rest.find('#'), rest.size());
  const auto path = decoded(rest.substr(0, hash));
  if (!path) return wrong(text, "behind a % two hexadecimal digits are expected");
  if (path->empty()) return wrong(text, "it names no file");
  const auto parts = partsOf(text, rest.substr(std::min(rest.size(), hash + 1)));
  if (!parts) return parts.error();
  Link link{fileIn(*path), {}};
  if (parts->contains("event") && parts->size() > 1) return wrong(text, "event=N stands alone");
  for (const char* name : {"event", "stimulus", "step"})
    if (const auto part = parts->find(name); part != parts->end())
      link.place += (link.place.empty() ? "" : " ") + part->first + ' ' + part->second;
  return link;
}

std::string linkTo(const Journal& j, EventIndex first, EventIndex position, const std::string& file) {
  const int stimulus = position ? j.stimulusAt(position - 1) : -1;
  const Steps steps = stepsOf(j, stimulus, Unit::Call);
  const int step = steps.before(position);
  const bool exact = (step ? steps.ends[static_cast<size_t>(step) - 1] : steps.begin) == position;
  std::string place = "event=" + std::to_string(position); // between two steps, or before the first call
  if (exact && stimulus >= 0) {
    const bool opensThere = first != NoEvent && first && j.stimulusAt(first - 1) == stimulus;
    place = (opensThere ? "" : "stimulus=" + std::to_string(stimulus) + "&") + "step=" + std::to_string(step);
  }
  return std::string(LinkScheme) + ':' + encoded(nameInData(file)) + '#' + place;
}

Result<EventIndex> placeOf(const Link& link, const Journal& j, EventIndex first) {
  return link.place.empty() ? Result<EventIndex>(first) : positionNamed(j, first, link.place);
}

} // namespace sockwalk::tell
