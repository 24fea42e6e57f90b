// Which host the machine is to be, what it needs for that, and what a person has to know before: above all, why there is
// nothing to play, if there is nothing.
#include "engine/scenario/capture_plan.h"
#include <algorithm>
#include <map>

namespace sockwalk::scenario {

namespace {

std::string hostText(const CaptureHost& h) {
  std::string text = macText(h.mac) + (h.addresses.empty() ? "" : " (" + ipv4Text(h.addresses[0].address) + ")");
  if (!h.name.empty()) text += ", " + h.name;
  return text;
}

std::string lowered(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c == '-' ? ':' : c;
  return text;
}

std::optional<size_t> chosen(const CaptureHosts& all, const std::string& host) {
  if (host.empty()) return all.proposed;
  const std::string mac = lowered(host);
  for (size_t i = 0; i < all.hosts.size(); ++i) {
    const CaptureHost& h = all.hosts[i];
    const bool address = std::any_of(h.addresses.begin(), h.addresses.end(),
                                     [&](const HostAddress& a) { return ipv4Text(a.address) == host; });
    if (macText(h.mac) == mac || address) return i;
  }
  return std::nullopt;
}

// Addresses behind a router are reached through it: the gateway is an address of our net with the router's MAC.
void findNeighbours(CapturePlan& plan) {
  const u32 mask = 0xffffff00, net = plan.options.address & mask;
  plan.options.gateway = 0;
  for (size_t i = 0; i < plan.file.size(); ++i) {
    const FrameHeaders h = parseHeaders(plan.file.frame(i).bytes);
    if (!h.ethernet || h.ethernet->source == plan.host.mac) continue;
    const u32 source = h.arp ? h.arp->sender : h.ipv4 ? h.ipv4->source : 0;
    if (!source) continue;
    if ((source & mask) == net) {
      plan.neighbours.emplace(source, h.ethernet->source);
    } else if (h.ethernet->destination == plan.host.mac && !plan.options.gateway) {
      plan.options.gateway = net | (plan.options.address == (net | 1) ? 254 : 1);
      plan.neighbours[plan.options.gateway] = h.ethernet->source;
    }
  }
}

// What the frames of a file carry, by name.
struct Contents {
  std::map<std::string, size_t> kinds;
  size_t ipv6 = 0, arp = 0, ipv4 = 0, all = 0;
};

std::string kindOf(const FrameHeaders& h) {
  if (!h.ethernet) return "frames too short for Ethernet";
  switch (h.ethernet->type) {
  case EtherIpv4: return "IPv4";
  case EtherArp: return "ARP";
  case EtherIpv6: return "IPv6";
  case 0x8863: return "PPPoE discovery";
  case 0x8864: return "PPP over Ethernet (a tunnel)";
  case 0x8847:
  case 0x8848: return "MPLS (a tunnel)";
  case 0x88e5: return "MACsec (encrypted)";
  case 0x88cc: return "LLDP";
  case 0x888e: return "802.1X";
  default: break;
  }
  if (h.ethernet->type < 0x600) return "802.3 frames of bridges and switches (spanning tree, CDP, IS-IS)";
  char text[32];
  std::snprintf(text, sizeof text, "EtherType 0x%04x", h.ethernet->type);
  return text;
}

Contents contentsOf(const CaptureFile& file) {
  Contents found;
  for (size_t i = 0; i < file.size(); ++i) {
    const CapturedFrame frame = file.frame(i);
    if (frame.bytes.empty()) continue;
    const FrameHeaders h = parseHeaders(frame.bytes);
    ++found.kinds[kindOf(h)];
    ++found.all;
    if (!h.ethernet) continue;
    found.ipv4 += h.ethernet->type == EtherIpv4;
    found.arp += h.ethernet->type == EtherArp;
    found.ipv6 += h.ethernet->type == EtherIpv6;
  }
  return found;
}

// No host in it has an IPv4 address: what there is instead, and what would work.
std::string nothingOfIpv4(const CaptureFile& file) {
  const Contents found = contentsOf(file);
  std::string list;
  for (const auto& [kind, count] : found.kinds)
    list += (list.empty() ? "" : ", ") + std::to_string(count) + " of " + kind;
  const std::string met = "there is nothing to play: no host in it has an IPv4 address. Its frames: " + list + ". ";
  if (found.ipv6 == found.all)
    return met +
           "The simulated kernel speaks IPv4 only; make the same traffic over IPv4 (curl -4, ping -4) and capture that";
  if (found.ipv4 || found.arp)
    return met +
           "Those of IPv4 and ARP are damaged, or speak of no address; a longer capture of the same network has some";
  return met +
         "Capture where IPv4 packets travel: on an interface of the host that sends them (tcpdump -i any), inside of "
         "the tunnel and not around it";
}

// Has the host chosen anything to receive? What it sent itself does not come in.
bool receives(const CapturePlan& plan) {
  for (size_t i = 0; i < plan.file.size(); ++i)
    if (plan.arrives(plan.file.frame(i))) return true;
  return false;
}

std::string nothingFor(const CaptureHost& host, const CaptureHosts& all) {
  std::string text = "there is nothing to play: host " + hostText(host) + " received no frame in it, it only sent " +
                     std::to_string(host.framesSent);
  for (const CaptureHost& other : all.hosts)
    if (other.framesReceived && !other.addresses.empty())
      return text + "; choose one that received some, such as " + hostText(other);
  return text;
}

// Jumbo frames of the host, received or sent, tell what its administrator had set; the card has a limit.
void findMtu(CapturePlan& plan) {
  size_t tooLong = 0;
  for (size_t i = 0; i < plan.file.size(); ++i) {
    const CapturedFrame frame = plan.file.frame(i);
    const FrameHeaders h = parseHeaders(frame.bytes);
    if (!frame.facts.jumbo || !h.ipv4 || !h.ethernet) continue;
    if (!plan.arrives(frame) && h.ethernet->source != plan.host.mac) continue;
    const size_t cut = frame.facts.segmentSize ? h.wirePayloadLength - frame.facts.segmentSize : 0;
    const auto length = static_cast<u32>(h.ipv4->totalLength - cut);
    if (length > CapturePlan::LargestMtu) ++tooLong;
    else plan.mtu = std::max(plan.mtu, length);
  }
  const std::string& path = plan.file.path();
  if (plan.mtu > EthernetMtu)
    plan.notices.push_back(path + ": it has frames of up to " + std::to_string(plan.mtu) +
                           " bytes of IP (jumbo frames); the MTU of eth0 is set to that");
  if (tooLong)
    plan.notices.push_back(path + ": " + std::to_string(tooLong) + " frames are longer than any that eth0 can take, " +
                           std::to_string(CapturePlan::LargestMtu) + " bytes of IP; it drops them");
}

// What to say of a choice that works.
void addNotices(CapturePlan& plan) {
  const std::string& path = plan.file.path();
  size_t tagged = 0;
  for (size_t i = 0; i < plan.file.size(); ++i) {
    const CapturedFrame frame = plan.file.frame(i);
    const FrameHeaders h = parseHeaders(frame.bytes);
    tagged += plan.arrives(frame) && h.ethernet && h.ethernet->vlanCount;
  }
  if (tagged)
    plan.notices.push_back(path + ": " + std::to_string(tagged) +
                           " frames bear a VLAN tag; eth0 stands for the interface of that VLAN and gets them without");
  if (plan.host.addresses[0].evidence == AddressEvidence::Chosen && !plan.host.bystander)
    plan.notices.push_back(path + ": no packet tells an address of host " + macText(plan.host.mac) + "; it is " +
                           ipv4Text(plan.options.address) + " here, so that what it was sent arrives");
  if (plan.host.bystander)
    plan.notices.push_back(path + ": no host in it receives anything; the machine is a bystander, " +
                           ipv4Text(plan.options.address) + ", and hears what goes to everybody");
}

} // namespace

// One that bears the host's own address as its sender's, too, was made by somebody else: it arrives.
bool CapturePlan::arrives(const CapturedFrame& frame) const {
  if (frame.bytes.size() < 14) return false;
  if (frame.facts.loopback) return host.loopback;
  const auto to = frame.bytes.begin(), from = to + 6;
  const auto& mac = host.mac;
  return std::equal(mac.begin(), mac.end(), to) || (*to & 1 && !std::equal(mac.begin(), mac.end(), from));
}

std::string stemOf(const std::string& path) {
  const std::string name = path.substr(path.find_last_of('/') + 1);
  return name.substr(0, name.find_last_of('.'));
}

Result<CapturePlan> capturePlan(Result<CaptureFile> file, const std::string& host) {
  if (!file) return file.error();
  const std::string path = file->path();
  const CaptureHosts all = findHosts(*file);
  const auto index = chosen(all, host);
  if (!index && host.empty()) return Error{path + ": " + nothingOfIpv4(*file)};
  if (!index) {
    std::string known;
    for (const CaptureHost& h : all.hosts) known += "\n  " + hostText(h);
    return Error{path + ": no host " + host + " in it; its hosts are:" + known};
  }
  CapturePlan plan{std::move(*file), all.hosts[*index], {}, {}, EthernetMtu, {}};
  if (plan.host.addresses.empty())
    return Error{path + ": host " + macText(plan.host.mac) + " has no IPv4 address in it"};
  if (!receives(plan)) return Error{path + ": " + nothingFor(plan.host, all)};
  plan.options.prefix = 24;
  if (plan.host.loopback) {
    const auto outer = std::ranges::find_if(plan.host.addresses, [](const auto& a) { return a.address >> 24 != 127; });
    plan.options.address = outer == plan.host.addresses.end() ? 0 : outer->address; // 0: it has no other device
    plan.options.gateway = 0;
    return plan;
  }
  std::copy(plan.host.mac.begin(), plan.host.mac.end(), plan.options.mac);
  plan.options.address = plan.host.addresses[0].address;
  if (const auto& a = plan.host.addresses; !host.empty()) { // the address that was asked for, if it has several
    const auto asked = std::ranges::find_if(a, [&](const HostAddress& one) { return ipv4Text(one.address) == host; });
    if (asked != a.end()) plan.options.address = asked->address;
  }
  findNeighbours(plan);
  findMtu(plan);
  addNotices(plan);
  return plan;
}

} // namespace sockwalk::scenario
