// Whether a socket wants a packet: its filter, a program of classic BPF that it has been given.
// Source: include/linux/filter.h, include/uapi/linux/filter.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/memory/constants/packet.h"

namespace sockwalk::kernel {

// ---- instructions: `code` says what to do, `k` is its constant; a jump goes on `jt` or `jf` instructions further
constexpr u16 BPF_CLASS(u16 code) { return code & 0x07; }
constexpr u16 BPF_SIZE(u16 code) { return code & 0x18; }
constexpr u16 BPF_MODE(u16 code) { return code & 0xe0; }
constexpr u16 BPF_OP(u16 code) { return code & 0xf0; }
constexpr u16 BPF_SRC(u16 code) { return code & 0x08; }
constexpr u16 BPF_MISCOP(u16 code) { return code & 0xf8; }
inline u64 instructionBits(const sock_filter& f) { // as notes have it: the eight bytes of the instruction
  return f.code | u64(f.jt) << 16 | u64(f.jf) << 24 | u64(f.k) << 32;
}

// ---- net/core/filter.cpp
int copy_bpf_fprog_from_user(const sock_fprog* dst, u64 src, u32 len);
int sk_attach_filter(const sock_fprog* fprog, const sock* sk);
int sk_detach_filter(const sock* sk);
int sk_get_filter(const sock* sk, u8* optval, u32 len);     // instructions, or a negative error
bool sk_filter_charge(const sock* sk, const sk_filter* fp); // one holder more; false: no room on its account
void sk_filter_uncharge(const sock* sk, const sk_filter* fp);
int sk_filter_trim_cap(const sock* sk, const sk_buff* skb, u32 cap); // 0: the socket wants the packet

// ---- net/core/filter_check.cpp
int bpf_check_classic(const sock_filter* filter, u32 flen);

// ---- net/core/filter_run.cpp: how many bytes of the packet the program wants
u32 bpf_prog_run_pin_on_cpu(const bpf_prog* prog, const sk_buff* skb);

} // namespace sockwalk::kernel
