// What the halves of net/ipv4/af_inet.c share.
#pragma once
#include "engine/kernel26/include/net/inet.h"

namespace sockwalk::kernel26 {

extern Global26<list_head[SOCK_MAX_26]> inetsw;
extern Global26<proto_ops> inet_stream_ops, inet_dgram_ops, inet_sockraw_ops;

} // namespace sockwalk::kernel26
