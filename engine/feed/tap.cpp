#include "engine/feed/tap.h"
#include "engine/feed/host_link.h"
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace sockwalk {

namespace {

constexpr std::size_t MaxFrame = 65535 + 18; // the largest MTU, an Ethernet header and a VLAN tag

/// Names go into commands that a person is to paste into a shell: only harmless ones are taken.
bool isInterfaceName(const std::string& name) {
  return !name.empty() && name.size() < IFNAMSIZ && name[0] != '-' && name[0] != '.' &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '_' || c == '-' || c == '.'); });
}

Error deviceFileProblem(const TapOptions& options, int reason) {
  const std::string& path = options.devicePath;
  if (reason == ENOENT || reason == ENODEV || reason == ENXIO)
    return {path + ": the TUN/TAP device is missing. To have it, type:\nsudo modprobe tun\n"
                   "and in a container that has no such file:\n"
                   "sudo mkdir -p /dev/net && sudo mknod /dev/net/tun c 10 200 && sudo chmod 666 /dev/net/tun"};
  if (reason == EACCES || reason == EPERM)
    return {path + ": no right to open the TUN/TAP device. To grant it once, type:\nsudo chmod 666 " + path};
  return {path + ": cannot open the TUN/TAP device: " + std::strerror(reason)};
}

Error attachProblem(const TapOptions& options, int reason) {
  const std::string& name = options.interface;
  switch (reason) {
  case EPERM:
    return {name + ": the interface belongs to somebody else. To make it yours, type:\nsudo ip link del " + name +
            "\n" + Tap::setupCommands(options)};
  case EBUSY: return {name + ": another program holds the interface; expected a TAP device that is free"};
  case EINVAL:
    return {name + ": the interface is not a single-queue TAP device. To make one of another name, type:\n" +
            Tap::setupCommands({"sockwalk1", options.hostAddress, options.devicePath})};
  default: return {name + ": cannot attach to the TAP device: " + std::strerror(reason)};
  }
}

} // namespace

std::string Tap::setupCommands(const TapOptions& options) {
  const std::string& name = options.interface;
  return "sudo ip tuntap add dev " + name + " mode tap user $USER\n" + "sudo ip addr add " + options.hostAddress +
         " dev " + name + "\n" + "sudo ip link set " + name + " up";
}

Result<Tap> Tap::open(const TapOptions& options) {
  const std::string& name = options.interface;
  if (!isInterfaceName(name))
    return Error{"\"" + name +
                 "\" cannot be the name of an interface; expected 1 to 15 letters, digits, '_', '-' or '.'"};
  int fd = ::open(options.devicePath.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return deviceFileProblem(options, errno);
  Tap tap(fd, options);
  // With root's rights TUNSETIFF would make an interface here, which nobody brings up and which goes with us.
  if (if_nametoindex(name.c_str()) == 0)
    return Error{name + ": there is no such interface. To make it once, type:\n" + setupCommands(options)};
  ifreq request{};
  std::strncpy(request.ifr_name, name.c_str(), IFNAMSIZ - 1);
  request.ifr_flags = IFF_TAP | IFF_NO_PI; // whole frames, no four bytes of packet information before them
  if (ioctl(fd, TUNSETIFF, &request) != 0) return attachProblem(options, errno);
  tap.m_missedBefore = hostLink(name).notSent;
  return tap;
}

Tap::Tap(Tap&& other) noexcept
    : m_fd(std::exchange(other.m_fd, -1)), m_options(std::move(other.m_options)), m_missedBefore(other.m_missedBefore) {
}

Tap& Tap::operator=(Tap&& other) noexcept {
  std::swap(m_fd, other.m_fd);
  std::swap(m_options, other.m_options);
  std::swap(m_missedBefore, other.m_missedBefore);
  return *this;
}

Tap::~Tap() {
  if (m_fd >= 0) close(m_fd);
}

Result<bool> Tap::read(std::vector<std::uint8_t>& frame) {
  frame.resize(MaxFrame);
  ssize_t length;
  do length = ::read(m_fd, frame.data(), frame.size());
  while (length < 0 && errno == EINTR);
  const int reason = errno;
  frame.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  if (length >= 0) return length > 0;
  if (reason == EAGAIN) return false;
  if (reason == EBADFD) return gone();
  return Error{interface() + ": the TAP device gives no more frames: " + std::strerror(reason)};
}

Result<bool> Tap::write(ByteView frame) {
  ssize_t length;
  do length = ::write(m_fd, frame.data(), frame.size());
  while (length < 0 && errno == EINTR);
  if (length >= 0) return true;
  if (errno == EAGAIN || errno == ENOBUFS) return false;
  if (errno == EBADFD) return gone();
  if (errno == EIO) return Error{downSentence()};
  return Error{interface() + ": the TAP device takes no frame of " + std::to_string(frame.size()) +
               " bytes: " + std::strerror(errno)};
}

std::string Tap::downSentence() const {
  return interface() + ": the interface is down. To bring it up, type:\nsudo ip link set " + interface() + " up";
}
Error Tap::gone() const {
  return {interface() + ": the interface is gone: somebody has removed it. To make it again, type:\n" +
          setupCommands(m_options)};
}

std::uint32_t Tap::missed() const { return hostLink(interface()).notSent - m_missedBefore; }

Result<void> Tap::check() const {
  const HostLink link = hostLink(interface());
  if (!link.exists) return gone();
  if (!link.up) return Error{downSentence()};
  return {};
}

std::vector<std::string> Tap::warnings() const {
  std::vector<std::string> found;
  const HostLink link = hostLink(interface());
  if (!link.up) found.push_back(downSentence());
  if (!link.hasIpv4)
    found.push_back(interface() + ": the host has no IPv4 address there. To give it one, type:\nsudo ip addr add " +
                    m_options.hostAddress + " dev " + interface());
  return found;
}

} // namespace sockwalk
