// What the TCP programs share: a listener, and a client with the server's end of its connection.
#pragma once
#include "harness.h"
#include <netinet/ip_icmp.h>
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/time.h>
#include <sys/wait.h>

static char big[300000]; // to read into
static const int one = 1, zero = 0;

// A call that was thought to return and does not is interrupted after a while, so that the others are recorded.
static void nothing(int signal) {}
__attribute__((constructor)) static void watch(void) {
  struct sigaction a = {.sa_handler = nothing};
  struct itimerval t = {{20, 0}, {20, 0}};
  sigaction(SIGALRM, &a, 0), setitimer(ITIMER_REAL, &t, 0);
}

static int listener(int port, int backlog) {
  int l = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = addr4("127.0.0.1", port);
  setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(l, SA(a)) || listen(l, backlog)) perror("! listener");
  return l;
}
static int client(int port) {
  int c = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = addr4("127.0.0.1", port);
  if (connect(c, SA(a))) perror("! client");
  return c;
}
struct pair {
  int c, s;
};
static struct pair pair(int l, int port) {
  struct pair p = {client(port), -1};
  p.s = accept(l, 0, 0);
  return p;
}
static void drain(int fd) {
  while (recv(fd, big, sizeof big, MSG_DONTWAIT) > 0) {}
}
static char* sized(const char* what, int size) {
  static char name[8][80];
  static int turn;
  char* to = name[turn++ % 8];
  sprintf(to, "%s_%d", what, size);
  return to;
}
// Another task, which acts after 300 ms, when the case's call is blocked; it lives on until the case is over.
#define LATER(act)                                                                                                     \
  do {                                                                                                                 \
    if (!fork()) {                                                                                                     \
      usleep(300000);                                                                                                  \
      act;                                                                                                             \
      usleep(700000);                                                                                                  \
      _exit(0);                                                                                                        \
    }                                                                                                                  \
  } while (0)
static void reaped(void) {
  while (wait(0) > 0) {}
}
