// The player on the real kernel: each section is a process in a network namespace of its own. Runs as root in the guest
// that `differential` boots.
#include "player.h"
#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <linux/if_tun.h>
#include <net/if.h>
#include <net/route.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

using differential::Bytes;

const std::map<std::string, long> Numbers = {
    {"accept4", SYS_accept4},
    {"bind", SYS_bind},
    {"close", SYS_close},
    {"connect", SYS_connect},
    {"dup", SYS_dup},
    {"epoll_create1", SYS_epoll_create1},
    {"epoll_ctl", SYS_epoll_ctl},
    {"epoll_wait", SYS_epoll_wait},
    {"fcntl", SYS_fcntl},
    {"getpeername", SYS_getpeername},
    {"getsockname", SYS_getsockname},
    {"getsockopt", SYS_getsockopt},
    {"ioctl", SYS_ioctl},
    {"listen", SYS_listen},
    {"poll", SYS_poll},
    {"read", SYS_read},
    {"recvfrom", SYS_recvfrom},
    {"recvmsg", SYS_recvmsg},
    {"sendmsg", SYS_sendmsg},
    {"sendto", SYS_sendto},
    {"setsockopt", SYS_setsockopt},
    {"shutdown", SYS_shutdown},
    {"socket", SYS_socket},
    {"write", SYS_write},
};

void link(int fd, const char* name, const char* address) {
  ifreq r{};
  std::strcpy(r.ifr_name, name);
  auto* in = reinterpret_cast<sockaddr_in*>(&r.ifr_addr);
  in->sin_family = AF_INET;
  const auto give = [&](const char* text, unsigned long what) {
    inet_pton(AF_INET, text, &in->sin_addr);
    if (ioctl(fd, what, &r)) std::perror("give");
  };
  if (address) give(address, SIOCSIFADDR), give("255.255.0.0", SIOCSIFNETMASK);
  ioctl(fd, SIOCGIFFLAGS, &r);
  r.ifr_flags = static_cast<short>(r.ifr_flags | IFF_UP);
  ioctl(fd, SIOCSIFFLAGS, &r);
}

void put(const char* file, const char* value) { std::ofstream(file) << value << std::flush; }

class Guest : public differential::System {
public:
  Guest() {
    put("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
    put("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
    put("/proc/sys/net/ipv4/ping_group_range", "0 2147483647"); // as systemd has it
    m_trace = open("/sys/kernel/tracing/trace_pipe", O_RDONLY | O_NONBLOCK);
    const int fd = socket(AF_INET, SOCK_DGRAM, 0);
    link(fd, "lo", nullptr);
    close(fd);
    forget();
  }
  void tun() override {
    const int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
    ifreq r{};
    std::strcpy(r.ifr_name, "tun0");
    r.ifr_flags = IFF_TUN | IFF_NO_PI;
    if (ioctl(fd, TUNSETIFF, &r)) std::perror("tun");
    ioctl(fd, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4);
    const int s = socket(AF_INET, SOCK_DGRAM, 0);
    link(s, "tun0", "192.168.0.1");
    rtentry route{};
    const auto at = [](sockaddr& a, const char* text) {
      auto& in = reinterpret_cast<sockaddr_in&>(a);
      in.sin_family = AF_INET, inet_pton(AF_INET, text, &in.sin_addr);
    };
    at(route.rt_dst, "0.0.0.0"), at(route.rt_genmask, "0.0.0.0"), at(route.rt_gateway, "192.168.0.2");
    route.rt_flags = RTF_UP | RTF_GATEWAY;
    if (ioctl(s, SIOCADDRT, &route)) std::perror("route");
    close(s);
    m_tun = dup2(fd, 90), close(fd);
    usleep(20000), sent(), forget();
  }
  long call(const std::string& name, const std::vector<uint64_t>& given) override {
    std::vector<uint64_t> a = given;
    a.resize(6);
    alarm(2);
    const long result = syscall(Numbers.at(name), a[0], a[1], a[2], a[3], a[4], a[5]);
    const int error = errno;
    alarm(0);
    return result >= 0 ? result : error == EINTR ? differential::Blocks : -error;
  }
  uint64_t room(size_t size) override { return reinterpret_cast<uint64_t>(std::calloc(1, size + 64)); }
  uint8_t* bytes(uint64_t at) override { return reinterpret_cast<uint8_t*>(at); }
  void fill(uint64_t at, const Bytes& b) override { std::memcpy(bytes(at), b.data(), b.size()); }
  void inject(const Bytes& packet) override {
    if (write(m_tun, packet.data(), packet.size()) < 0 && errno != EINVAL) std::perror("inject");
  }
  void wait(long ms) override { usleep(static_cast<useconds_t>(ms * 1000)); }
  std::vector<Bytes> sent() override {
    std::vector<Bytes> all;
    uint8_t buffer[70000];
    if (m_tun < 0) return all;
    for (ssize_t n; (n = read(m_tun, buffer, sizeof buffer)) > 0;) all.emplace_back(buffer, buffer + n);
    return all;
  }
  std::vector<std::string> drops() override {
    static const std::string Word = "reason: ";
    std::vector<std::string> reasons;
    char buffer[8192];
    for (ssize_t n; (n = read(m_trace, buffer, sizeof buffer)) > 0;) m_text.append(buffer, static_cast<size_t>(n));
    for (size_t end; (end = m_text.find('\n')) != std::string::npos; m_text.erase(0, end + 1)) {
      const size_t at = m_text.substr(0, end).find(Word);
      if (at != std::string::npos) reasons.push_back(m_text.substr(at + Word.size(), end - at - Word.size()));
    }
    return reasons;
  }

  // The sockets go, at once and without a word to come.
  void leave() {
    constexpr int Most = 80; // below tun0's
    const struct linger now = {1, 0};
    for (int fd = 3; fd < Most; ++fd) setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now), close(fd);
    close(m_trace);
    usleep(25000); // what frees them waits for readers (RCU)
  }

private:
  void forget() { drops(); }
  int m_trace = -1, m_tun = -1;
  std::string m_text;
};

// It does not end: with its tun0 it would take away the way by which what is left of its connections is sent, and what is
// dropped for that would be heard in the sections behind it.
[[noreturn]] void section(const std::vector<std::string>& lines, unsigned first, int done) {
  if (unshare(CLONE_NEWNET)) std::perror("unshare");
  std::signal(SIGPIPE, SIG_IGN);
  struct sigaction wake {};
  wake.sa_handler = [](int) {};
  sigaction(SIGALRM, &wake, nullptr);
  Guest guest;
  differential::Player player(guest, stdout);
  for (size_t i = 0; i < lines.size(); ++i) player.line(lines[i], first + static_cast<unsigned>(i));
  std::fflush(stdout);
  guest.leave();
  if (write(done, "", 1) < 0) std::perror("done");
  for (;;) pause();
}

} // namespace

int main(int, char** argv) {
  std::ifstream list(argv[1]);
  std::vector<std::string> lines;
  unsigned number = 0, first = 1;
  const auto play = [&] {
    std::fflush(stdout);
    if (lines.empty()) return;
    int ends[2];
    if (pipe(ends)) std::perror("pipe");
    if (!fork()) close(ends[0]), section(lines, first, dup2(ends[1], 91));
    close(ends[1]);
    char done;
    if (read(ends[0], &done, 1) <= 0) std::printf("! section before line %u ended early\n", number);
    close(ends[0]);
    lines.clear();
  };
  for (std::string text; std::getline(list, text);) {
    ++number;
    if (text.rfind("section ", 0) != 0) {
      lines.push_back(text);
      continue;
    }
    play();
    std::printf("%s\n", text.c_str());
    first = number + 1;
  }
  play();
  std::printf("@@DONE\n");
}
