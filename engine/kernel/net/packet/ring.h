// The receive ring of a packet socket (PACKET_RX_RING): memory that the program and the kernel share, cut into blocks of
// whole pages. So packets are read without a system call each. Three layouts, by PACKET_VERSION:
//   1, 2  blocks of frames of one size, a packet each; the first word of a frame says whose it is (af_packet_ring.cpp)
//   3     blocks that packets fill one behind the other, and that change hands as a whole (af_packet_blocks.cpp)
// Whose: 0, the kernel's, which may write there; with the bit TP_STATUS_USER, the program's.
// Source: net/packet/af_packet.c, include/uapi/linux/if_packet.h.
#pragma once
#include "engine/kernel/net/packet/internal.h"

namespace sockwalk::kernel {

constexpr u32 TPACKET_ALIGNMENT = 16;
constexpr u32 TPACKET_ALIGN(u32 n) { return (n + TPACKET_ALIGNMENT - 1) & ~(TPACKET_ALIGNMENT - 1); }

// ---- the ring: af_packet_ring.cpp
int packet_set_ring(const sock* sk, const tpacket_req_u* req_u, bool closing, bool tx_ring);
void freeRing(const sock* sk); // when the socket goes
// Of the versions 1 and 2: the frame at this position if its status word is this; else nullptr.
const u8* packet_lookup_frame(const packet_sock* po, u32 position, u64 status);
void giveFrame(const packet_sock* po, const u8* frame, u32 status); // writes that word
bool ringHasRoom(const packet_sock* po, const sk_buff* skb);
// Whether the frame or block that was filled last is still the program's: then it has something to read.
bool ringReadable(const packet_sock* po);

// What the program does, which has the ring mapped: frame or block `index` of it is the kernel's again.
void programGivesBack(const packet_sock* po, u32 index);
u32 ringParts(const packet_sock* po); // frames, or of version 3 blocks

// ---- blocks: af_packet_blocks.cpp
constexpr u32 BlockAlignment = 8;
constexpr u32 blockAligned(u32 n) { return (n + BlockAlignment - 1) & ~(BlockAlignment - 1); }
// Where the packets of a block begin: behind its head, and as many bytes as the program wants for itself.
constexpr u32 firstInBlock(u32 ofProgram) { return u32{sizeof(tpacket_block_desc)} + blockAligned(ofProgram); }
void init_prb_bdqc(const packet_sock* po, const pgv* pg_vec, const tpacket_req3* req);
void stopBlocks(const packet_sock* po);
// Room for so many bytes in the block that is open, or in the next one; nullptr: there is none.
const u8* roomInBlock(const packet_sock* po, const sk_buff* skb, u32 len);
bool blockHasStatus(const packet_sock* po, u32 index, u32 status);
void giveBlock(const packet_sock* po, u32 index, u32 status);

// ---- filling it: af_packet_fill.cpp
s32 tpacket_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev);

} // namespace sockwalk::kernel
