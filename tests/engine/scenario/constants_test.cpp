// The tables against the headers of the system that builds them, where those have the name.
#include "engine/scenario/constants.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/errqueue.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace sockwalk::scenario {

namespace {

const std::pair<const char*, std::int64_t> facts[] = {
#define FACT(name)                                                                                                     \
  { #name, static_cast < std::int64_t>(name) }
    FACT(AF_UNSPEC),
    FACT(AF_UNIX),
    FACT(AF_INET),
    FACT(AF_INET6),
    FACT(AF_NETLINK),
    FACT(AF_PACKET),
    FACT(AF_BLUETOOTH),
    FACT(SOCK_STREAM),
    FACT(SOCK_DGRAM),
    FACT(SOCK_RAW),
    FACT(SOCK_SEQPACKET),
    FACT(IPPROTO_ICMP),
    FACT(IPPROTO_TCP),
    FACT(IPPROTO_UDP),
    FACT(IPPROTO_RAW),
    FACT(SOL_IP),
    FACT(SOL_TCP),
    FACT(SO_EE_ORIGIN_ZEROCOPY),
    FACT(MSG_OOB),
    FACT(MSG_PEEK),
    FACT(MSG_TRUNC),
    FACT(MSG_DONTWAIT),
    FACT(MSG_WAITALL),
    FACT(MSG_ERRQUEUE),
    FACT(MSG_NOSIGNAL),
    FACT(MSG_MORE),
    FACT(MSG_ZEROCOPY),
    FACT(MSG_FASTOPEN),
    FACT(TCP_NODELAY),
    FACT(TCP_CORK),
    FACT(TCP_INFO),
    FACT(TCP_FASTOPEN),
    FACT(TCP_FASTOPEN_CONNECT),
    FACT(TCP_NOTSENT_LOWAT),
    FACT(TCP_USER_TIMEOUT),
    FACT(TCP_INQ),
    FACT(IP_TOS),
    FACT(IP_TTL),
    FACT(IP_MTU_DISCOVER),
    FACT(IP_PMTUDISC_DO),
    FACT(IP_RECVERR),
    FACT(IP_FREEBIND),
    FACT(F_GETFL),
    FACT(F_SETFL),
    FACT(FD_CLOEXEC),
    FACT(SHUT_RDWR),
    FACT(POLLIN),
    FACT(POLLOUT),
    FACT(POLLHUP),
    FACT(POLLERR),
    FACT(POLLRDHUP),
    FACT(EPOLLIN),
    FACT(EPOLLONESHOT),
    FACT(EPOLLEXCLUSIVE),
    FACT(EPOLL_CTL_ADD),
    FACT(EPOLL_CTL_MOD),
    FACT(EPOLL_CTL_DEL),
    FACT(FIONREAD),
    FACT(SIOCINQ),
    FACT(SIOCOUTQ),
    FACT(TCP_ESTABLISHED),
    FACT(TCP_LISTEN),
    FACT(TCP_CA_Open),
    FACT(TCP_CA_Recovery),
#if defined(__x86_64__)
    FACT(SOCK_NONBLOCK),
    FACT(SOCK_CLOEXEC),
    FACT(SOL_SOCKET),
    FACT(SO_REUSEADDR),
    FACT(SO_ERROR),
    FACT(SO_SNDBUF),
    FACT(SO_RCVBUF),
    FACT(SO_LINGER),
    FACT(SO_ZEROCOPY),
    FACT(SO_TIMESTAMPING),
    FACT(SO_MARK),
    FACT(O_RDWR),
    FACT(O_NONBLOCK),
    FACT(O_CREAT),
#endif
#undef FACT
};

TEST(Constants, agreeWithTheSystemHeaders) {
  for (const auto& [name, value] : facts) EXPECT_EQ(constantValue(name), value) << name;
  EXPECT_EQ(constantValue("EPOLLET"), 0x80000000);
  EXPECT_EQ(constantValue("_TCP_CA_CWR"), 2);
  EXPECT_EQ(constantValue("SOCK_NOTHING"), std::nullopt);
  EXPECT_EQ(constantValue(""), std::nullopt);
}

TEST(Constants, errorNamesBothWaysForEveryErrorOfTheSystem) {
  for (int error = 1; error <= EHWPOISON; ++error) {
    const char* name = strerrorname_np(error);
    if (!name) continue;
    EXPECT_EQ(errnoValue(name), error) << name;
    EXPECT_EQ(errnoName(error), name == std::string_view("EOPNOTSUPP") ? "EOPNOTSUPP" : name);
    EXPECT_EQ(errnoName(-error), errnoName(error));
  }
  EXPECT_EQ(errnoValue("EWOULDBLOCK"), EAGAIN);
  EXPECT_EQ(errnoName(512), "ERESTARTSYS");
  EXPECT_EQ(errnoName(0), "");
  EXPECT_EQ(errnoValue("AF_INET"), std::nullopt);
}

TEST(Constants, usualNameOfAValue) {
  EXPECT_EQ(constantName("AF_", 1), "AF_UNIX");
  EXPECT_EQ(constantName("AF_", 16), "AF_NETLINK");
  EXPECT_EQ(constantName("SOCK_", 2), "SOCK_DGRAM");
  EXPECT_EQ(constantName("IPPROTO_", 0), "IPPROTO_IP");
  EXPECT_EQ(constantName("AF_", 12345), "");
}

TEST(Constants, addresses) {
  EXPECT_EQ(ipv4Address("192.0.2.1"), 0xc0000201u);
  for (const char* wrong : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.4 ", "a.b.c.d", "1..2.3", "-1.2.3.4"})
    EXPECT_EQ(ipv4Address(wrong), std::nullopt) << wrong;
}

TEST(Constants, icmpNames) {
  EXPECT_EQ(icmpType("echo_request"), 8);
  EXPECT_EQ(icmpCode(3, "port_unreachable"), 3);
  EXPECT_EQ(icmpCode(5, "port_unreachable"), std::nullopt);
  EXPECT_EQ(icmpType("type_256"), std::nullopt);
  EXPECT_EQ(icmpType("type_255"), 255);
  EXPECT_EQ(icmpTypeName(11), "time_exceeded");
  EXPECT_EQ(icmpType("packet_too_big", true), 2);
}

} // namespace

} // namespace sockwalk::scenario
