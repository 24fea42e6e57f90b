// What the cases share whose frames come up from eth0 (record --wire): an order to the peer. The order itself is no part of
// the case; the frame comes LATER_MS milliseconds from then, when the case is blocked in its call, or naps.
#pragma once
#include "harness.h"
#ifndef LATER_MS
#define LATER_MS 400
#define NAP_MS 600
#endif
#ifndef ORDERS
#define ORDERS "" // of which kind they are; see wire_peer.py
#endif
static int teller; // orders frames of the peer
static void order(const char* name, const char* what) {
  char text[200];
  struct sockaddr_in peer = addr4(PEER_IP, 7790);
  snprintf(text, sizeof text, "%s %d " ORDERS "%s", name, LATER_MS, what);
  sendto(teller, text, strlen(text), 0, SA(peer));
  usleep(60000);
}
#define WHILE(name, what, call)                                                                                        \
  do {                                                                                                                 \
    order(name, what);                                                                                                 \
    CASE(name, call);                                                                                                  \
  } while (0)
#define NAP(name, what) WHILE(name, what, (usleep(NAP_MS * 1000), 0))
