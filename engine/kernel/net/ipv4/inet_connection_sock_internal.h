// What the parts of inet_connection_sock.c share.
// Source: net/ipv4/inet_connection_sock.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void reqsk_timer_handler(const timer_list* t);

bool __inet_csk_reqsk_queue_drop(const sock* sk, const request_sock* req, bool from_timer); // inet_csk_reqsk.cpp

} // namespace sockwalk::kernel
