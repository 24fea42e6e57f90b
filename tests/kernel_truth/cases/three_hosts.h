// Three network namespaces on a line, joined by veth: client (this one), router, server; and what the cases in them use.
#pragma once
#include "harness.h"
#include <linux/icmp.h>
#include <netinet/ip.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/time.h>
#include <sys/wait.h>
static int here, router, server;
static pid_t children[2];

static void enter(int ns) {
  if (setns(ns, CLONE_NEWNET)) perror("setns");
}
static int make(pid_t* child) {
  int ready[2];
  pipe(ready);
  if (!(*child = fork())) {
    unshare(CLONE_NEWNET);
    write(ready[1], "x", 1);
    for (;;) pause();
  }
  read(ready[0], buf, 1);
  memset(buf, 'x', sizeof buf);
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/ns/net", *child);
  return open(path, O_RDONLY);
}
static void sh(const char* format, ...) {
  char text[300];
  va_list a;
  va_start(a, format);
  vsnprintf(text, sizeof text, format, a);
  va_end(a);
  if (system(text)) printf("! %s\n", text);
}
static int udp(int ns, const char* ip, int port) {
  enter(ns);
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  struct timeval patience = {2, 0};
  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  struct sockaddr_in a = addr4(ip ? ip : "0.0.0.0", port);
  if (port && bind(s, SA(a))) perror("bind");
  enter(here);
  return s;
}
static void setint(int s, int level, int name, int v) {
  if (setsockopt(s, level, name, &v, sizeof v)) perror("setsockopt");
}
static long errqueue(int s) {
  static char data[2000], control[512];
  struct sockaddr_in from;
  struct iovec iov = {data, sizeof data};
  struct msghdr m = {&from, sizeof from, &iov, 1, control, sizeof control, 0};
  return recvmsg(s, &m, MSG_ERRQUEUE | MSG_DONTWAIT);
}

static void three_hosts(void) {
  harness_init();
  here = open("/proc/self/ns/net", O_RDONLY);
  router = make(&children[0]);
  server = make(&children[1]);
  sh("ip link set eth0 down");
  sh("echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip link add cl0 type veth; ip link set veth0 netns %d; ip "
     "addr add 10.9.1.1/24 dev cl0; ip link set cl0 up",
     children[0]);
  enter(router);
  sh("echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip link set lo up; ip addr add 10.9.1.2/24 dev veth0; ip link "
     "set veth0 up; ip link add rt1 type veth");
  sh("ip link set rt1 mtu 1000; ip addr add 10.9.2.1/24 dev rt1; ip link set rt1 up; ip link set veth1 netns %d; echo "
     "1 > /proc/sys/net/ipv4/ip_forward",
     children[1]);
  enter(server);
  sh("echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip link set lo up; ip link set veth1 mtu 1000; ip addr add "
     "10.9.2.2/24 dev veth1; ip link set veth1 up; ip route add default via 10.9.2.1");
  enter(here);
  sh("ip route add 10.9.2.0/24 via 10.9.1.2; ip route add 10.9.9.0/24 via 10.9.1.2; ping -c 1 10.9.2.2 > /dev/null");
  usleep(500000);
}
