// The form of netlink messages: a header (nlmsghdr), a structure of the request's kind, attributes (nlattr: length, type,
// value), which may hold attributes. Everything begins at a multiple of 4. Source: include/net/netlink.h, lib/nlattr.c.
#pragma once
#include "engine/kernel/include/linux/netlink.h"
#include <array>

namespace sockwalk::kernel {

constexpr u32 NLMSG_ALIGN(u32 n) { return (n + NLMSG_ALIGNTO - 1) & ~(NLMSG_ALIGNTO - 1); }
constexpr u32 nla_total_size(u32 payload) { return NLMSG_ALIGN(NLA_HDRLEN + payload); }
constexpr u32 nlmsg_msg_size(u32 payload) { return NLMSG_HDRLEN + payload; }
constexpr u32 nlmsg_total_size(u32 payload) { return NLMSG_ALIGN(nlmsg_msg_size(payload)); }

// ---- reading a message
template <class T = u8> const T* nlmsg_data(const nlmsghdr* nlh) {
  return reinterpret_cast<const T*>(reinterpret_cast<const u8*>(nlh) + NLMSG_HDRLEN);
}
inline u32 nlmsg_len(const nlmsghdr* nlh) { return nlh->nlmsg_len - NLMSG_HDRLEN; }
inline const nlmsghdr* nlmsg_hdr(const sk_buff* skb) { return reinterpret_cast<const nlmsghdr*>(skb->data.get()); }
template <class T = u8> const T* nla_data(const nlattr* a) {
  return reinterpret_cast<const T*>(reinterpret_cast<const u8*>(a) + NLA_HDRLEN);
}
inline u32 nla_len(const nlattr* a) { return a->nla_len - NLA_HDRLEN; }
inline u32 nla_type(const nlattr* a) { return a->nla_type & ~u32(NLA_F_NESTED | NLA_F_NET_BYTEORDER); }
template <class T> T nla_get(const nlattr* a) {
  T value;
  std::memcpy(&value, nla_data(a), sizeof value);
  return value;
}

// The attributes of a request by their types; nullptr: not there. Later ones win.
constexpr u32 MostAttributes = 64;
using Attributes = std::array<const nlattr*, MostAttributes>;
struct AttributeRule { // what an attribute must be long
  int type;
  u32 least;
};
struct AttributeRules {
  int highest; // of the attributes that the kernel knows
  std::span<const AttributeRule> rules;
  bool strict; // unknown attributes, and bytes that are none, are mistakes
};
// Reads those behind the first `headLength` bytes of the message. 0, or -EINVAL, -ERANGE with the mistake in `extack`.
int nlmsg_parse(const nlmsghdr* nlh, u32 headLength, Attributes& tb, const AttributeRules& rules,
                const netlink_ext_ack* extack);
int nla_parse_nested(const nlattr* nest, Attributes& tb, const AttributeRules& rules, const netlink_ext_ack* extack);
// Why a request is refused, in words, for senders who asked for them (NETLINK_EXT_ACK).
void NL_SET_ERR_MSG(const netlink_ext_ack* extack, std::string_view text);

// ---- writing one
inline const sk_buff* nlmsg_new(u32 payload, u32 gfp) { return alloc_skb(nlmsg_total_size(payload), gfp); }
const nlmsghdr* __nlmsg_put(const sk_buff* skb, u32 portid, u32 seq, int type, int len, int flags);
const nlmsghdr* nlmsg_put(const sk_buff* skb, u32 portid, u32 seq, int type, int len, int flags); // nullptr: no room
// The same, as the compiler inlined it where it stands itself.
const nlmsghdr* nlmsg_put_inlined(const sk_buff* skb, u32 portid, u32 seq, int type, int len, int flags);
void nlmsg_end(const sk_buff* skb, const nlmsghdr* nlh);
void nlmsg_cancel(const sk_buff* skb, const nlmsghdr* nlh);

// 0, or -EMSGSIZE when the buffer has no room.
int nla_put(const sk_buff* skb, int attrtype, int attrlen, const void* data);
const nlattr* nla_nest_start(const sk_buff* skb, int attrtype); // nullptr: no room
const nlattr* nla_reserve(const sk_buff* skb, int attrtype, int attrlen);
void nla_nest_end(const sk_buff* skb, const nlattr* start);
void nla_nest_cancel(const sk_buff* skb, const nlattr* start);
template <class T> int nla_put_value(const sk_buff* skb, int type, T value) {
  return nla_put(skb, type, sizeof value, &value);
}
inline int nla_put_u8(const sk_buff* skb, int type, u8 v) { return nla_put_value(skb, type, v); }
inline int nla_put_u16(const sk_buff* skb, int type, u16 v) { return nla_put_value(skb, type, v); }
inline int nla_put_u32(const sk_buff* skb, int type, u32 v) { return nla_put_value(skb, type, v); }
int nla_put_string(const sk_buff* skb, int type, const char* text);
inline int nla_put_string(const sk_buff* skb, int type, const u8* text) {
  return nla_put_string(skb, type, reinterpret_cast<const char*>(text));
}

} // namespace sockwalk::kernel
