#include "engine/tell/values.h"
#include "engine/feed/headers.h"
#include "engine/feed/summary.h"
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include "engine/scenario/constants.h"
#include <cstdio>
#include <cstring>

namespace sockwalk::tell {
namespace {

std::string orNumber(const std::string& name, u64 value) { return name.empty() ? std::to_string(s64(value)) : name; }

std::string_view errorName(s64 value) {
  return value < 0 && value >= -4095 ? scenario::errnoName(int(value)) : std::string_view();
}

std::string scaled(double value, int decimals, const char* unit) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*f %s", decimals, value, unit);
  return text;
}

} // namespace

// A socket and its inode are born as one struct socket_alloc; people speak of the two. There are other inodes, numbered by
// themselves.
std::string addressName(const Playhead& at, u64 address) {
  const std::string name = pointerText(at, address);
  constexpr std::string_view inode = "vfs_inode of socket_alloc ", both = "socket_alloc ";
  if (name.starts_with(inode)) return "inode of socket " + name.substr(inode.size());
  return name.starts_with(both) ? "socket " + name.substr(both.size()) : name;
}

// Where simulated memory lies (engine/memory/arena.h).
bool isAddress(u64 v) {
  const u64 high = v >> 32;
  return high == 0xffff8880 || high == 0xffffc900 || high == 0xffffea00 || high == 0x7f00 ||
         (high == 0xffffffff && u32(v) >= Arena::TextBegin && u32(v) < Arena::DataEnd);
}

std::string constantName(std::string_view groups, u64 value) { return orNumber(constantText(groups, value), value); }

std::string dropReason(u32 reason) { return orNumber(std::string(enumText("skb_drop_reason", reason)), reason); }

// The names stand for files in /run/netns: an array of names, and beside it the namespaces.
std::string networkName(const Playhead& at, u64 net) {
  const DataSymbol *names = Symbols::get().dataNamed("run_netns_names"), *nets = Symbols::get().dataNamed("run_netns");
  for (u32 i = 0; names && nets && i < nets->count; ++i) {
    u64 named;
    std::memcpy(&named, at.memory().at(nets->offset + 8 * i), 8);
    const char* name = reinterpret_cast<const char*>(at.memory().at(names->offset + 16 * i));
    if (named == net && named) return {name, strnlen(name, 16)};
  }
  return {};
}

std::string spaceName(const Playhead& at, u64 net) {
  const std::string name = networkName(at, net);
  return name.empty() ? addressName(at, net) : name;
}

std::string nameOf(const kernel::net_device& device) {
  const char* chars = reinterpret_cast<const char*>(device.name);
  return {chars, strnlen(chars, sizeof device.name)};
}

std::string deviceName(const Playhead& at, const Event& packet) {
  std::string name, space;
  if (Journal::deviceOf(packet)) {
    const auto* device = at.object<kernel::net_device>(Arena::addressOf(Journal::deviceOf(packet)));
    name = nameOf(*device);
    space = networkName(at, device->nd_net.net.value);
  }
  if (name.empty()) return "device " + std::to_string(packet.b);
  return space.empty() ? name : space + ' ' + name;
}

std::string ipv4(u32 networkOrder) { return ipv4Text(__builtin_bswap32(networkOrder)); }

std::string resultName(const Playhead& at, u64 value) {
  if (isAddress(value)) return addressName(at, value);
  const std::string_view error = errorName(s64(value));
  return error.empty() ? std::to_string(s64(value))
                       : '-' + std::string(error) + " (" + std::to_string(-s64(value)) + ')';
}

std::string systemResult(s64 value) {
  const std::string_view error = errorName(value);
  return error.empty() ? std::to_string(value) : "-1 " + std::string(error) + " (" + std::to_string(-value) + ')';
}

Text bytes(s64 count) { return count == 1 ? say("1 byte") : say("%1 bytes", count); }

std::string duration(s64 ns) {
  const double v = double(ns);
  if (ns < 1000) return std::to_string(ns) + " ns";
  if (ns < 1000000) return scaled(v / 1e3, v < 1e4 ? 2 : 1, "µs");
  if (ns < 1000000000) return scaled(v / 1e6, v < 1e7 ? 2 : 1, "ms");
  return scaled(v / 1e9, 2, "s");
}

std::string time(s64 ns) {
  char text[48];
  std::snprintf(text, sizeof text, "%lld.%03lld %03lld %03lld s", static_cast<long long>(ns / 1000000000),
                static_cast<long long>(ns / 1000000 % 1000), static_cast<long long>(ns / 1000 % 1000),
                static_cast<long long>(ns % 1000));
  return text;
}

} // namespace sockwalk::tell
