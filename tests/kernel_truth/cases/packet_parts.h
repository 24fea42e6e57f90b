// What the cases of packet sockets and socket filters share: link-layer addresses, frames, programs.
#pragma once
#include "udp_parts.h"
#include <linux/filter.h>
#include <linux/if_ether.h>
// The numbers of the devices, asked for before a case begins: asking is a system call or two.
static int known(const char* device) {
  static int lo, eth0;
  if (!lo) lo = if_nametoindex("lo"), eth0 = if_nametoindex("eth0");
  return !strcmp(device, "lo") ? lo : !strcmp(device, "eth0") ? eth0 : 0;
}
__attribute__((constructor)) static void ask(void) { known("lo"); }
static struct sockaddr_ll* link_at(const char* device, int protocol) {
  static struct sockaddr_ll a;
  memset(&a, 0, sizeof a);
  a.sll_family = AF_PACKET, a.sll_protocol = htons(protocol), a.sll_ifindex = known(device);
  return &a;
}
#define LL(a) ((struct sockaddr*)(a)), sizeof(struct sockaddr_ll)
static int tap(int type, const char* device, int protocol) {
  int fd = socket(AF_PACKET, type, 0);
  if (bind(fd, LL(link_at(device, protocol)))) perror("! bind");
  return fd;
}
static void empty(int fd) {
  while (recv(fd, big, sizeof big, MSG_DONTWAIT) >= 0) {}
}
static long taken(int fd, struct sock_filter* code, int count) { // SO_ATTACH_FILTER
  struct sock_fprog program = {count, code};
  return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}
#define ATTACH(fd, code) taken(fd, code, sizeof(code) / sizeof *(code))
