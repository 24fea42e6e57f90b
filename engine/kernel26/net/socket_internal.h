// What the two halves of net/socket.c share.
#pragma once
#include "engine/kernel26/include/linux/net.h"

namespace sockwalk::kernel26 {

extern Global26<kptr32<net_proto_family>[NPROTO_26]> net_families;

void net_family_read_lock();
void net_family_read_unlock();
const socket* sock_alloc(); // nullptr: no memory

} // namespace sockwalk::kernel26
