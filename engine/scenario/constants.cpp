#include "engine/scenario/constants.h"

#include "engine/memory/constants.h"
#include "engine/memory/constants/inet.h"

#include <charconv>
#include <cstdlib>
#include <unordered_map>

namespace sockwalk::scenario {

namespace {

const std::unordered_map<std::string_view, std::int64_t>& byName() {
  static const auto map = [] {
    std::unordered_map<std::string_view, std::int64_t> all;
    for (const ConstantGroup& group : constantGroups())
      if (group.script)
        for (const EnumValue& c : group.values) all.emplace(c.name, c.value);
    return all;
  }();
  return map;
}

constexpr std::string_view kErrorGroups[] = {"errno", "errno_inside"};

constexpr int kTypes = -1; // in place of the type that codes belong to

// The group that packetdrill's words for types, or for the codes of a type, stand in.
const ConstantGroup* icmpGroup(int type, bool version6) {
  struct Codes {
    int type;
    std::string_view group;
  };
  static constexpr Codes kVersion4[] = {{kTypes, "icmp_types"}, {kernel::ICMP_DEST_UNREACH, "icmp_unreach"}};
  static constexpr Codes kVersion6[] = {
      {kTypes, "icmpv6_types"}, {1, "icmpv6_unreach"}, {3, "icmpv6_exceeded"}, {4, "icmpv6_parameter"}};
  for (const Codes& c : version6 ? std::span<const Codes>(kVersion6) : std::span<const Codes>(kVersion4))
    if (c.type == type) return constantGroup(c.group);
  return nullptr;
}

std::span<const EnumValue> icmpWords(int type, bool version6) {
  const ConstantGroup* group = icmpGroup(type, version6);
  return group ? group->words : std::span<const EnumValue>();
}

std::optional<std::uint8_t> icmpNumber(int type, std::string_view name, std::string_view numbered, bool version6) {
  for (const EnumValue& word : icmpWords(type, version6))
    if (word.name == name) return static_cast<std::uint8_t>(word.value);
  if (!name.starts_with(numbered)) return std::nullopt;
  name.remove_prefix(numbered.size());
  std::uint8_t number = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != name.data() + name.size()) return std::nullopt;
  return number;
}

std::string_view icmpName(int type, int number, bool version6) {
  for (const EnumValue& word : icmpWords(type, version6))
    if (word.value == number) return word.name;
  return {};
}

} // namespace

std::optional<std::int64_t> constantValue(std::string_view name) {
  if (name.starts_with("_TCP_")) name.remove_prefix(1);
  const auto found = byName().find(name);
  return found == byName().end() ? std::nullopt : std::optional(found->second);
}

std::string_view constantName(std::string_view prefix, std::int64_t value) {
  for (const ConstantGroup& group : constantGroups())
    if (group.script)
      for (const EnumValue& c : group.values)
        if (c.value == value && c.name.starts_with(prefix)) return c.name;
  return {};
}

std::optional<int> errnoValue(std::string_view name) {
  for (std::string_view group : kErrorGroups)
    for (const EnumValue& c : constantGroup(group)->values)
      if (c.name == name) return static_cast<int>(c.value);
  return std::nullopt;
}

std::string_view errnoName(int error) {
  for (std::string_view group : kErrorGroups)
    for (const EnumValue& c : constantGroup(group)->values)
      if (c.value == error || -c.value == error) return c.name;
  return {};
}

std::optional<std::uint32_t> ipv4Address(std::string_view text) {
  std::uint32_t address = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int i = 0; i < 4; ++i) {
    std::uint8_t byte = 0;
    if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
    const auto parsed = std::from_chars(at, end, byte);
    if (parsed.ec != std::errc()) return std::nullopt;
    at = parsed.ptr;
    address = address << 8 | byte;
  }
  return at == end ? std::optional(address) : std::nullopt;
}

std::optional<std::array<std::uint8_t, 6>> hardwareAddress(std::string_view text) {
  std::array<std::uint8_t, 6> mac{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::uint8_t& byte : mac) {
    if (&byte != &mac[0] && (at == end || *at++ != ':')) return std::nullopt;
    const auto parsed = std::from_chars(at, end, byte, 16);
    if (parsed.ec != std::errc()) return std::nullopt;
    at = parsed.ptr;
  }
  return at == end ? std::optional(mac) : std::nullopt;
}

std::optional<std::uint8_t> icmpType(std::string_view name, bool version6) {
  return icmpNumber(kTypes, name, "type_", version6);
}
std::optional<std::uint8_t> icmpCode(std::uint8_t type, std::string_view name, bool version6) {
  return icmpNumber(type, name, "code_", version6);
}
std::string_view icmpTypeName(std::uint8_t type, bool version6) { return icmpName(kTypes, type, version6); }
std::string_view icmpCodeName(std::uint8_t type, std::uint8_t code, bool version6) {
  return icmpName(type, code, version6);
}

} // namespace sockwalk::scenario
