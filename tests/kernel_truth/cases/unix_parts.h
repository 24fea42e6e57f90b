// What the programs of AF_UNIX share: addresses, pairs, listeners, messages with control data.
#pragma once
#include "tcp_pair.h"
#include <linux/capability.h>
#include <stddef.h>
#include <sys/syscall.h>

static socklen_t unix_length;                       // of the address that named() made last
static struct sockaddr_un named(const char* name) { // "@x" is abstract: a name without a file
  struct sockaddr_un a = {.sun_family = AF_UNIX};
  strcpy(a.sun_path, name);
  unix_length = offsetof(struct sockaddr_un, sun_path) + strlen(name) + (*name != '@');
  if (*name == '@') a.sun_path[0] = 0;
  return a;
}
static int bind_to(int fd, const char* name) {
  struct sockaddr_un a = named(name);
  return bind(fd, (struct sockaddr*)&a, unix_length);
}
static int connect_to(int fd, const char* name) {
  struct sockaddr_un a = named(name);
  return connect(fd, (struct sockaddr*)&a, unix_length);
}
static int send_to(int fd, const void* data, int length, const char* name) {
  struct sockaddr_un a = named(name);
  return sendto(fd, data, length, 0, (struct sockaddr*)&a, unix_length);
}
static int unix_socket(int type) { return socket(AF_UNIX, type, 0); }
static int unix_at(int type, const char* name) {
  int fd = unix_socket(type);
  if (bind_to(fd, name)) perror("! bind");
  return fd;
}
static int unix_listener(int type, const char* name, int backlog) {
  int fd = unix_at(type, name);
  if (listen(fd, backlog)) perror("! listen");
  return fd;
}
static int unix_client(int type, const char* name) {
  int fd = unix_socket(type);
  if (connect_to(fd, name)) perror("! connect");
  return fd;
}
static void unix_pair(int type, int v[2]) {
  if (socketpair(AF_UNIX, type, 0, v)) perror("! socketpair");
}

// One message with `bytes` of data and, if `type`, one control message.
static char control[2048];
static int send_control(int fd, int bytes, int type, const void* data, int length) {
  struct iovec v = {buf, bytes};
  struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE(length)};
  struct cmsghdr* c = (struct cmsghdr*)control;
  memset(control, 0, sizeof control);
  c->cmsg_level = SOL_SOCKET, c->cmsg_type = type, c->cmsg_len = CMSG_LEN(length);
  memcpy(CMSG_DATA(c), data, length);
  return sendmsg(fd, &m, 0);
}
static int send_fds(int fd, int bytes, const int* fds, int n) {
  return send_control(fd, bytes, SCM_RIGHTS, fds, n * sizeof(int));
}
static int take(int fd, int bytes, int room, int flags) { // recvmsg with so much room for control messages
  struct iovec v = {big, bytes};
  struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control, .msg_controllen = room};
  return recvmsg(fd, &m, flags);
}
static int got(void) { // the first descriptor that came
  int fd;
  memcpy(&fd, CMSG_DATA((struct cmsghdr*)control), sizeof fd);
  return fd;
}
