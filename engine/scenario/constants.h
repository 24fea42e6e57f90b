// The names that scripts and the console use for numbers, with the values Linux gives them on x86-64.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sockwalk::scenario {

/// Value of AF_INET, SO_REUSEADDR, EPOLLET, EINVAL, ...; `_TCP_CA_Open` is another spelling of `TCP_CA_Open`.
std::optional<std::int64_t> constantValue(std::string_view name);

/// The usual name of a value among those that begin with `prefix` ("AF_", 2 gives AF_INET); "" if there is
/// none.
std::string_view constantName(std::string_view prefix, std::int64_t value);

/// Positive error number of a name such as EAGAIN.
std::optional<int> errnoValue(std::string_view name);
/// Name of an error number of either sign (-11 and 11 give EAGAIN); "" if there is none.
std::string_view errnoName(int error);

/// "192.0.2.1" as a number in host byte order; nothing but four decimal bytes is taken.
std::optional<std::uint32_t> ipv4Address(std::string_view text);

/// "52:54:00:12:34:56".
std::optional<std::array<std::uint8_t, 6>> hardwareAddress(std::string_view text);

/// ICMP types and codes as scripts name them (`unreachable`, `frag_needed`), also type_N and code_N.
/// `version6` chooses ICMPv6's numbers. A name is "" where the number has none.
std::optional<std::uint8_t> icmpType(std::string_view name, bool version6 = false);
std::optional<std::uint8_t> icmpCode(std::uint8_t type, std::string_view name, bool version6 = false);
std::string_view icmpTypeName(std::uint8_t type, bool version6 = false);
std::string_view icmpCodeName(std::uint8_t type, std::uint8_t code, bool version6 = false);

} // namespace sockwalk::scenario
