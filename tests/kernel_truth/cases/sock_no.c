// Calls that a family does not have: the slots of its proto_ops that hold sock_no_*().
#include "harness.h"
#include <sys/mman.h>
#include <sys/sendfile.h>
static long mapped(int fd) { return mmap(0, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED ? -1 : 0; }
int main(void) {
  harness_init();
  int two[2], udp = socket(AF_INET, SOCK_DGRAM, 0), tcp = socket(AF_INET, SOCK_STREAM, 0);
  int raw = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), stream = socket(AF_UNIX, SOCK_STREAM, 0);
  int dgram = socket(AF_UNIX, SOCK_DGRAM, 0), packet = socket(AF_PACKET, SOCK_RAW, 0);
  int netlink = socket(AF_NETLINK, SOCK_RAW, 0);
  struct sockaddr_in to = addr4("127.0.0.1", 5650);
  CASE("no_socketpair_udp", socketpair(AF_INET, SOCK_DGRAM, 0, two));
  CASE("no_socketpair_tcp", socketpair(AF_INET, SOCK_STREAM, 0, two));
  CASE("no_socketpair_raw", socketpair(AF_INET, SOCK_RAW, IPPROTO_ICMP, two));
  CASE("no_socketpair_packet", socketpair(AF_PACKET, SOCK_RAW, 0, two));
  CASE("no_socketpair_netlink", socketpair(AF_NETLINK, SOCK_RAW, 0, two));
  CASE("no_listen_udp", listen(udp, 1));
  CASE("no_listen_raw", listen(raw, 1));
  CASE("no_listen_unix_dgram", listen(dgram, 1));
  CASE("no_listen_packet", listen(packet, 1));
  CASE("no_listen_netlink", listen(netlink, 1));
  CASE("no_accept_udp", accept(udp, 0, 0));
  CASE("no_accept_raw", accept(raw, 0, 0));
  CASE("no_accept_unix_dgram", accept(dgram, 0, 0));
  CASE("no_accept_packet", accept(packet, 0, 0));
  CASE("no_accept_netlink", accept(netlink, 0, 0));
  CASE("no_connect_packet", connect(packet, SA(to)));
  CASE("no_shutdown_packet", shutdown(packet, 2));
  CASE("no_shutdown_netlink", shutdown(netlink, 2));
  CASE("no_mmap_udp", mapped(udp));
  CASE("no_mmap_raw", mapped(raw));
  CASE("no_mmap_unix_stream", mapped(stream));
  CASE("no_mmap_unix_dgram", mapped(dgram));
  CASE("no_mmap_netlink", mapped(netlink));
  CASE("no_ioctl_netlink", ioctl(netlink, 0x541b, &to));
  int f = open("/tmp/f", O_RDWR | O_CREAT, 0600);
  write(f, buf, 100);
  bind(netlink, (void*)&(struct sockaddr_nl){AF_NETLINK}, sizeof(struct sockaddr_nl));
  connect(raw, SA(to));
  lseek(f, 0, SEEK_SET);
  CASE("no_sendpage_raw", sendfile(raw, f, 0, 30));
  int pair[2];
  socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
  lseek(f, 0, SEEK_SET);
  CASE("no_sendpage_unix_dgram", sendfile(pair[0], f, 0, 30));
  int one = 10;
  CASE("rcvlowat_tcp", setsockopt(tcp, SOL_SOCKET, SO_RCVLOWAT, &one, 4));
  CASE("rcvlowat_udp", setsockopt(udp, SOL_SOCKET, SO_RCVLOWAT, &one, 4));
  one = 0;
  CASE("rcvlowat_unix_0_is_1", setsockopt(stream, SOL_SOCKET, SO_RCVLOWAT, &one, 4));
  one = -1;
  CASE("rcvlowat_netlink_negative", setsockopt(netlink, SOL_SOCKET, SO_RCVLOWAT, &one, 4));
  CASE("sock_packet_first", socket(AF_INET, SOCK_PACKET, 0));
  CASE("sock_packet_second", socket(AF_INET, SOCK_PACKET, 0));
  return 0;
}
