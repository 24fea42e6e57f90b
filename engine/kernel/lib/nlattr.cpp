// The attributes of netlink messages: reading those of a request, and putting them behind an answer.
#include "engine/kernel/include/net/netlink.h"

namespace sockwalk::kernel {

// ---- explanations
static Global<char[128]> extack_text{"netlink_ext_ack text"}; // the kernel has each text in its own image

static void do_trace_netlink_extack(const char* msg) { KFUNC(do_trace_netlink_extack, msg); }
void NL_SET_ERR_MSG(const netlink_ext_ack* extack, std::string_view text) {
  char bytes[128] = {};
  std::memcpy(bytes, text.data(), std::min(text.size(), sizeof bytes - 1));
  setBytes(extack_text.get(), bytes, static_cast<u32>(std::min(text.size() + 1, sizeof bytes)));
  do_trace_netlink_extack(extack_text.get());
  if (extack) set(extack->_msg, extack_text.get());
}

// ---- reading
static int ruleFor(const AttributeRules& rules, u32 type) {
  for (const AttributeRule& r : rules.rules)
    if (static_cast<u32>(r.type) == type) return static_cast<int>(r.least);
  return 0;
}

// An attribute that is shorter than what it must hold is a mistake at any time; one that the kernel does not know, and
// bytes behind the last, only for who asked for strictness: programs may be newer than the kernel.
static int parse(const u8* at, u32 left, Attributes& tb, const AttributeRules& rules, const netlink_ext_ack* extack) {
  tb.fill(nullptr);
  while (left >= NLA_HDRLEN) {
    const auto* a = reinterpret_cast<const nlattr*>(at);
    if (a->nla_len < NLA_HDRLEN || a->nla_len > left) break;
    const u32 type = nla_type(a);
    if (type > static_cast<u32>(rules.highest)) {
      if (rules.strict) return set(extack->bad_attr, a), NL_SET_ERR_MSG(extack, "Unknown attribute type"), -EINVAL;
    } else {
      const auto least = static_cast<u32>(ruleFor(rules, type));
      if (nla_len(a) < least) {
        set(extack->bad_attr, a);
        NL_SET_ERR_MSG(extack, "Attribute failed policy validation");
        return rules.strict ? -EINVAL : -ERANGE;
      }
      tb[type] = a;
    }
    const u32 step = std::min<u32>(NLMSG_ALIGN(a->nla_len), left);
    at += step, left -= step;
  }
  if (left && rules.strict) return NL_SET_ERR_MSG(extack, "bytes leftover after parsing attributes"), -EINVAL;
  return 0;
}

int nlmsg_parse(const nlmsghdr* nlh, u32 headLength, Attributes& tb, const AttributeRules& rules,
                const netlink_ext_ack* extack) {
  tb.fill(nullptr);
  const u32 head = NLMSG_ALIGN(headLength), whole = nlmsg_len(nlh);
  if (whole < headLength) return NL_SET_ERR_MSG(extack, "Invalid header length"), -EINVAL;
  return whole > head ? parse(nlmsg_data(nlh) + head, whole - head, tb, rules, extack) : 0;
}
int nla_parse_nested(const nlattr* nest, Attributes& tb, const AttributeRules& rules, const netlink_ext_ack* extack) {
  return parse(nla_data(nest), nla_len(nest), tb, rules, extack);
}

// ---- writing
static const nlmsghdr* putHeader(const sk_buff* skb, u32 portid, u32 seq, int type, int len, int flags) {
  const u32 size = nlmsg_msg_size(static_cast<u32>(len)), padded = NLMSG_ALIGN(size);
  const auto* nlh = reinterpret_cast<const nlmsghdr*>(skb_put(skb, padded));
  set(nlh->nlmsg_type, type);
  set(nlh->nlmsg_len, size);
  set(nlh->nlmsg_flags, flags);
  set(nlh->nlmsg_pid, portid);
  set(nlh->nlmsg_seq, seq);
  fillBytes(nlmsg_data(nlh), 0, padded - NLMSG_HDRLEN);
  return nlh;
}
static bool hasRoom(const sk_buff* skb, int len) {
  return skb_tailroom(skb) >= nlmsg_total_size(static_cast<u32>(len));
}
const nlmsghdr* __nlmsg_put(const sk_buff* skb, u32 portid, u32 seq, int type, int len, int flags) {
  KFUNC(__nlmsg_put, skb, portid, seq, type, len, flags);
  return call.result(putHeader(skb, portid, seq, type, len, flags));
}
const nlmsghdr* nlmsg_put(const sk_buff* skb, u32 portid, u32 seq, int type, int len, int flags) {
  return hasRoom(skb, len) ? __nlmsg_put(skb, portid, seq, type, len, flags) : nullptr;
}
const nlmsghdr* nlmsg_put_inlined(const sk_buff* skb, u32 portid, u32 seq, int type, int len, int flags) {
  return hasRoom(skb, len) ? putHeader(skb, portid, seq, type, len, flags) : nullptr;
}
// How long the message became, with its attributes.
void nlmsg_end(const sk_buff* skb, const nlmsghdr* nlh) {
  set(nlh->nlmsg_len, static_cast<u32>(skb_tail_pointer(skb) - reinterpret_cast<const u8*>(nlh)));
}
static void nlmsg_trim(const sk_buff* skb, const void* mark) {
  skb_trim(skb, static_cast<u32>(static_cast<const u8*>(mark) - skb->data.get()));
}
void nlmsg_cancel(const sk_buff* skb, const nlmsghdr* nlh) { nlmsg_trim(skb, nlh); }

const nlattr* nla_reserve(const sk_buff* skb, int attrtype, int attrlen) {
  const u32 whole = nla_total_size(static_cast<u32>(attrlen));
  if (skb_tailroom(skb) < whole) return nullptr;
  const u8* room = skb_put(skb, whole);
  const auto* a = reinterpret_cast<const nlattr*>(room);
  const u32 used = NLA_HDRLEN + static_cast<u32>(attrlen);
  set(a->nla_type, attrtype);
  set(a->nla_len, used);
  if (used < whole) fillBytes(room + used, 0, whole - used);
  return a;
}

int nla_put(const sk_buff* skb, int attrtype, int attrlen, const void* data) {
  const nlattr* a = nla_reserve(skb, attrtype, attrlen);
  if (!a) return -EMSGSIZE;
  setBytes(nla_data(a), data, static_cast<u32>(attrlen));
  return 0;
}
int nla_put_string(const sk_buff* skb, int type, const char* text) {
  return nla_put(skb, type, static_cast<int>(std::strlen(text)) + 1, text);
}

// An attribute of attributes: its length is known when all of them are there.
const nlattr* nla_nest_start(const sk_buff* skb, int attrtype) { return nla_reserve(skb, attrtype, 0); }
void nla_nest_end(const sk_buff* skb, const nlattr* start) {
  set(start->nla_len, static_cast<u16>(skb_tail_pointer(skb) - reinterpret_cast<const u8*>(start)));
}
void nla_nest_cancel(const sk_buff* skb, const nlattr* start) { nlmsg_trim(skb, start); }

} // namespace sockwalk::kernel
