// What the cases of datagrams share: addresses, messages with control parts, options.
#pragma once
#include "tcp_pair.h"
#include <netinet/udp.h>
#include <sys/timerfd.h>
#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#define UDP_GRO 104
#endif
static struct sockaddr_in* at(const char* ip, int port, int family) {
  static struct sockaddr_in a;
  a = addr4(ip, port), a.sin_family = family;
  return &a;
}
static long receive(int fd, int size, int flags) {
  static char control[1024];
  struct sockaddr_in from;
  struct iovec in = {big, size};
  struct msghdr m = {.msg_name = &from,
                     .msg_namelen = sizeof from,
                     .msg_iov = &in,
                     .msg_iovlen = 1,
                     .msg_control = control,
                     .msg_controllen = sizeof control};
  long n = recvmsg(fd, &m, flags);
  return n;
}
struct part {
  int level, type, size;
  const char* data;
};
static long with(int fd, int size, struct sockaddr_in* to, int flags, struct part* p, int parts) {
  static char control[1024];
  struct iovec out = {buf, size};
  struct msghdr m = {.msg_name = to,
                     .msg_namelen = sizeof *to,
                     .msg_iov = &out,
                     .msg_iovlen = 1,
                     .msg_control = control,
                     .msg_controllen = sizeof control};
  struct cmsghdr* c = CMSG_FIRSTHDR(&m);
  long used = 0;
  memset(control, 0, sizeof control);
  for (int i = 0; i < parts; i++) {
    c->cmsg_level = p[i].level, c->cmsg_type = p[i].type, c->cmsg_len = CMSG_LEN(p[i].size);
    memcpy(CMSG_DATA(c), p[i].data, p[i].size);
    used += CMSG_SPACE(p[i].size), c = (struct cmsghdr*)(control + used);
  }
  m.msg_controllen = used;
  return sendmsg(fd, &m, flags);
}
static long on(int fd, int level, int option, int v) { return setsockopt(fd, level, option, &v, sizeof v); }
static long asked(int fd, int level, int option, socklen_t size) {
  static char value[512];
  return getsockopt(fd, level, option, value, &size);
}
