// What the programs that speak netlink share: a request put together piece by piece, and answers read and shown.
#pragma once
#include "harness.h"
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#ifndef SOL_NETLINK
#define SOL_NETLINK 270
#endif
static char question[8192];
static struct nlmsghdr* asked = (struct nlmsghdr*)question; // the request at hand; `question` may hold several

static void ask(int type, int flags, const void* head, int length) {
  memset(question, 0, sizeof question);
  asked = (struct nlmsghdr*)question;
  *asked = (struct nlmsghdr){NLMSG_LENGTH(length), type, flags, 1, 0};
  memcpy(NLMSG_DATA(asked), head, length);
}
static void with(int type, const void* data, int length) {
  struct rtattr* a = (struct rtattr*)((char*)asked + NLMSG_ALIGN(asked->nlmsg_len));
  *a = (struct rtattr){RTA_LENGTH(length), type};
  memcpy(RTA_DATA(a), data, length);
  asked->nlmsg_len = NLMSG_ALIGN(asked->nlmsg_len) + RTA_LENGTH(length);
}
static void with_u32(int type, unsigned v) { with(type, &v, 4); }
static void with_ip(int type, const char* ip) { with_u32(type, inet_addr(ip)); }
static long tell(int s) { return send(s, question, asked->nlmsg_len, 0); }
static long hear(int s) { return recv(s, buf, sizeof buf, MSG_DONTWAIT); }
static void drain(int s) {
  while (hear(s) > 0)
    ;
}
// A case that reads, and what it read, for whoever wants the bytes: the console's log keeps them.
#define HEAR(name, s)                                                                                                  \
  do {                                                                                                                 \
    CASE(name, hear(s));                                                                                               \
    printf("@@BYTES %s ", name);                                                                                       \
    for (long i_ = 0; i_ < last; ++i_) printf("%02x", (unsigned char)buf[i_]);                                         \
    printf("\n");                                                                                                      \
  } while (0)
#define TELL(name, s) CASE(name, tell(s))

static int routing(unsigned groups) { // a socket that is bound, and listens to these groups
  int s = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  struct sockaddr_nl a = {AF_NETLINK, 0, 0, groups};
  if (bind(s, SA(a))) perror("bind");
  return s;
}
static struct sockaddr_nl address(unsigned pid, unsigned groups) {
  return (struct sockaddr_nl){AF_NETLINK, 0, pid, groups};
}
static void option(int s, int name, int v) {
  if (setsockopt(s, SOL_NETLINK, name, &v, sizeof v)) perror("setsockopt");
}
