// The ring of a packet socket (PACKET_RX_RING): frames in memory that program and kernel share.
// Source: net/packet/af_packet.c, include/uapi/linux/if_packet.h.
#pragma once
#include "engine/kernel/net/packet/internal.h"

namespace sockwalk::kernel {

int packet_set_ring(const sock* sk, const tpacket_req* req, bool closing, bool tx_ring);
void freeRing(const sock* sk); // when the socket goes
s32 tpacket_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev);
// Whether the frame that was filled last is still the program's: then it has something to read.
bool ringReadable(const packet_sock* po);

} // namespace sockwalk::kernel
