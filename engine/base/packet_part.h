// The parts of a packet. What a part looks like is the theme's business (views/theme).
#pragma once

namespace sockwalk {

enum class PacketPart { Ethernet, Arp, Ipv4, Transport, Payload, SharedInfo };

} // namespace sockwalk
