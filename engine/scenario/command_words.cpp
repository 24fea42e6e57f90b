#include "engine/scenario/command_words.h"
#include "engine/base/whole_number.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/scenario/constants.h"

namespace sockwalk::scenario {

using namespace kernel;

void wrong(const std::string& what) { throw PlayError{{}, what}; }

s64 numberOf(const std::string& text, s64 from, s64 to) {
  const auto n = wholeNumber<s64>(text);
  if (!n || *n < from || *n > to)
    wrong("expected a number from " + std::to_string(from) + " to " + std::to_string(to) + ", found '" + text + "'");
  return *n;
}

std::pair<u32, u8> prefixOf(const std::string& text, u8 otherwise) {
  const size_t slash = text.find('/');
  const auto address = ipv4Address(text.substr(0, slash));
  if (!address) wrong("expected an IPv4 address, found '" + text + "'");
  const u8 length = slash == std::string::npos ? otherwise : static_cast<u8>(numberOf(text.substr(slash + 1), 0, 32));
  return {*address, length};
}

const struct net* netNamed(const std::string& ns) {
  const struct net* net = netns_get(ns.c_str());
  if (!net) wrong("there is no network namespace '" + ns + "'");
  return net;
}
const net_device* deviceNamed(const struct net* net, const std::string& name) {
  const net_device* dev = __dev_get_by_name(net, name.c_str());
  if (!dev) wrong("there is no device '" + name + "' in this namespace");
  return dev;
}

void change(Stage& stage, const std::string& text, const std::function<int()>& body) {
  int result = 0;
  const u32 s = stage.machine.interrupt(text, [&] { result = body(); });
  stage.machine.recorder().finishStimulus(s, result);
  if (result < 0) wrong("'" + text + "' failed: " + std::string(errnoName(result)));
}

} // namespace sockwalk::scenario
