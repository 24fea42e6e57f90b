#include "engine/feed/link_types.h"

#include <algorithm>
#include <pcap/pcap.h>

namespace sockwalk {

namespace {

using Packet = std::span<const std::uint8_t>;

constexpr LinkType kLinkTypes[] = {
    {DLT_EN10MB, [](Packet packet) { return packet; }},
};

} // namespace

const LinkType* linkType(int value) {
  const auto* const found = std::ranges::find(kLinkTypes, value, &LinkType::value);
  return found == std::end(kLinkTypes) ? nullptr : found;
}

std::string linkTypeName(int value) {
  const char* name = pcap_datalink_val_to_name(value);
  const char* description = pcap_datalink_val_to_description(value);
  return (name ? name : std::to_string(value)) + (description ? std::string(" (") + description + ")" : "");
}

std::string playableLinkTypes() {
  std::string names;
  for (const LinkType& type : kLinkTypes)
    ((names += names.empty() ? "" : ", ") += pcap_datalink_val_to_description(type.value)) +=
        std::string(" (") + pcap_datalink_val_to_name(type.value) + ")";
  return names;
}

} // namespace sockwalk
