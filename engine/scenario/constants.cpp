#include "engine/scenario/constants.h"

#include "engine/scenario/constants_table.h"

#include <charconv>
#include <cstdlib>
#include <unordered_map>

namespace sockwalk::scenario {

namespace {

const std::unordered_map<std::string_view, std::int64_t>& byName() {
  static const auto map = [] {
    std::unordered_map<std::string_view, std::int64_t> all;
    for (const auto& table : constantTables())
      for (const Constant& c : table) all.emplace(c.name, c.value);
    for (const Constant& c : errnoTable()) all.emplace(c.name, c.value);
    return all;
  }();
  return map;
}

// Rows of the ICMP tables; type -1: a type's own row, else a code of that type.
struct IcmpName {
  int type;
  int number;
  std::string_view name;
};

// RFC 792, RFC 950, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1.
constexpr IcmpName kIcmp[] = {{-1, 0, "echo_reply"},
                              {-1, 3, "unreachable"},
                              {-1, 4, "source_quench"},
                              {-1, 5, "redirect"},
                              {-1, 8, "echo_request"},
                              {-1, 11, "time_exceeded"},
                              {-1, 12, "parameter_problem"},
                              {-1, 13, "timestamp_request"},
                              {-1, 14, "timestamp_reply"},
                              {-1, 15, "information_request"},
                              {-1, 16, "information_reply"},
                              {-1, 17, "address_mask_request"},
                              {-1, 18, "address_mask_reply"},
                              {3, 0, "net_unreachable"},
                              {3, 1, "host_unreachable"},
                              {3, 2, "protocol_unreachable"},
                              {3, 3, "port_unreachable"},
                              {3, 4, "frag_needed"},
                              {3, 5, "source_route_failed"},
                              {3, 6, "net_unknown"},
                              {3, 7, "host_unknown"},
                              {3, 8, "source_host_isolated"},
                              {3, 9, "net_prohibited"},
                              {3, 10, "host_prohibited"},
                              {3, 11, "net_unreachable_for_tos"},
                              {3, 12, "host_unreachable_for_tos"},
                              {3, 13, "packet_filtered"},
                              {3, 14, "precedence_violation"},
                              {3, 15, "precedence_cutoff"}};

// RFC 4443.
constexpr IcmpName kIcmp6[] = {{-1, 1, "unreachable"},
                               {-1, 2, "packet_too_big"},
                               {-1, 3, "time_exceeded"},
                               {-1, 4, "parameter_problem"},
                               {-1, 128, "echo_request"},
                               {-1, 129, "echo_reply"},
                               {1, 0, "no_route"},
                               {1, 0, "net_unreachable"},
                               {1, 1, "admin_prohibited"},
                               {1, 2, "not_neighbour"},
                               {1, 3, "address_unreachable"},
                               {1, 4, "port_unreachable"},
                               {3, 0, "exceeded_hop_limit"},
                               {3, 1, "exceeded_frag_time"},
                               {4, 0, "header_field"},
                               {4, 1, "unknown_next_header"},
                               {4, 2, "unknown_option"}};

std::span<const IcmpName> icmpNames(bool version6) {
  return version6 ? std::span<const IcmpName>(kIcmp6) : std::span<const IcmpName>(kIcmp);
}

std::optional<std::uint8_t> icmpNumber(int type, std::string_view name, std::string_view numbered, bool version6) {
  for (const IcmpName& row : icmpNames(version6))
    if (row.type == type && row.name == name) return static_cast<std::uint8_t>(row.number);
  if (!name.starts_with(numbered)) return std::nullopt;
  name.remove_prefix(numbered.size());
  std::uint8_t number = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != name.data() + name.size()) return std::nullopt;
  return number;
}

std::string_view icmpName(int type, int number, bool version6) {
  for (const IcmpName& row : icmpNames(version6))
    if (row.type == type && row.number == number) return row.name;
  return {};
}

} // namespace

std::optional<std::int64_t> constantValue(std::string_view name) {
  if (name.starts_with("_TCP_")) name.remove_prefix(1);
  const auto found = byName().find(name);
  return found == byName().end() ? std::nullopt : std::optional(found->second);
}

std::string_view constantName(std::string_view prefix, std::int64_t value) {
  for (const auto& table : constantTables())
    for (const Constant& c : table)
      if (c.value == value && c.name.starts_with(prefix)) return c.name;
  return {};
}

std::optional<int> errnoValue(std::string_view name) {
  for (const Constant& c : errnoTable())
    if (c.name == name) return static_cast<int>(c.value);
  return std::nullopt;
}

std::string_view errnoName(int error) {
  for (const Constant& c : errnoTable())
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

std::optional<std::uint8_t> icmpType(std::string_view name, bool version6) {
  return icmpNumber(-1, name, "type_", version6);
}
std::optional<std::uint8_t> icmpCode(std::uint8_t type, std::string_view name, bool version6) {
  return icmpNumber(type, name, "code_", version6);
}
std::string_view icmpTypeName(std::uint8_t type, bool version6) { return icmpName(-1, type, version6); }
std::string_view icmpCodeName(std::uint8_t type, std::uint8_t code, bool version6) {
  return icmpName(type, code, version6);
}

} // namespace sockwalk::scenario
