// Tables by protocol number: who receives, who cuts and gathers, what socket() makes.
// Source: include/net/protocol.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// ---- sockets of IPv4
extern Global<kptr<net_protocol>[256]> inet_protos;
void inet_register_protosw(const inet_protosw* p);
void inet_unregister_protosw(const inet_protosw* p);
int inet_add_protocol(const net_protocol* prot, u8 protocol);
int inet_del_protocol(const net_protocol* prot, u8 protocol);

// ---- sent by icmp_output.cpp: net/ipv4/icmp.c's other half
extern Global<kptr<net_offload>[256]> inet_offloads;
int inet_add_offload(const net_offload* prot, u8 protocol);

} // namespace sockwalk::kernel
