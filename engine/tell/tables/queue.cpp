#include "engine/tell/tables/queue.h"
#include "engine/feed/summary.h"
#include "engine/journal/reflection.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/socket.h"
#include "engine/scenario/constants.h"
#include "engine/tell/fields.h"
#include "engine/tell/segments.h"
#include <cstring>

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

constexpr int DeepestTree = 64;
constexpr u16 NoHeader = 0xffff; // skb->network_header before there is one

template <class T> const T& controlBlock(const sk_buff& skb) { return *reinterpret_cast<const T*>(skb.cb); }

std::string portAt(const u8* at) { return ':' + std::to_string(at[0] << 8 | at[1]); }

// "10.0.2.2:4000 → 10.0.2.15:80"; "" while the buffer has no IP header.
std::string packetEnds(const sk_buff& skb) {
  if (!skb.head.value || skb.network_header == NoHeader || skb.network_header + sizeof(iphdr) > skb.end) return {};
  const u8* header = skb.head.get() + skb.network_header;
  const auto* iph = reinterpret_cast<const iphdr*>(header);
  const u32 length = (header[0] & 15) * 4u;
  if (header[0] >> 4 != 4 || length < sizeof(iphdr)) return {};
  const bool first = !(__builtin_bswap16(iph->frag_off) & IP_OFFSET);
  const bool ports = first && (iph->protocol == IPPROTO_TCP || iph->protocol == IPPROTO_UDP) &&
                     skb.network_header + length + 4 <= skb.end;
  return ipv4(iph->saddr) + (ports ? portAt(header + length) : "") + " → " + ipv4(iph->daddr) +
         (ports ? portAt(header + length + 2) : "");
}

Text packetKey(const sk_buff& skb) {
  std::string ends = packetEnds(skb);
  if (!ends.empty()) return ends;
  if (auto protocol = memberConstant("sk_buff", "protocol", skb.protocol)) return std::move(*protocol);
  return say("no header yet");
}

void sayError(TableRow& row, const sock_exterr_skb& message) {
  const sock_extended_err& ee = message.ee;
  const std::string_view error = scenario::errnoName(int(ee.ee_errno));
  row.key = error.empty() ? say("no error") : Text(error);
  row.state = constantName("extended_errors", ee.ee_origin);
  if (ee.ee_origin == SO_EE_ORIGIN_ICMP) row.detail = icmpName(ee.ee_type, ee.ee_code);
  if (ee.ee_origin == SO_EE_ORIGIN_ZEROCOPY)
    row.detail = say("the pages of sends %1 to %2 are free again", ee.ee_info, ee.ee_data);
}

} // namespace

Queue::Queue(const Reader& reader, const void* head, u32 headSize, const void* owner) : m_reader(reader) {
  row.address = Arena::address(owner);
  row.within = Arena::address(head);
  row.mark = reader.mark(false, reader.step.wrote(head, headSize));
}

void Queue::title(Text kind, Text key) {
  row.place = std::move(kind);
  row.key = std::move(key);
  row.object = m_reader.name(row.address);
}

// A queue that is being laid out, or copied with the object that it is in, leads anywhere: only buffers are listed.
bool Queue::isBuffer(u64 address) const {
  static const TypeId single = typeNamed("sk_buff"), pair = typeNamed("sk_buff_fclones");
  const ObjectRef object = objectAt(m_reader.at, address);
  return object && (object.type == single || object.type == pair);
}

void Queue::describe(TableRow& waits, const sk_buff& skb, Holds holds) const {
  waits.place = entries() + 1;
  waits.object = m_reader.name(&skb);
  waits.state = tell::bytes(skb.len);
  if (holds == Holds::Packets) waits.key = packetKey(skb);
  if (holds == Holds::Errors) sayError(waits, controlBlock<sock_exterr_skb>(skb));
  if (holds == Holds::Segments) {
    const auto& cb = controlBlock<tcp_skb_cb>(skb);
    waits.key = Text::list(" ", {"seq", sequenceRange(cb.seq, cb.end_seq), segmentFlags(cb)});
    waits.detail = segmentMarks(cb);
  }
}

void Queue::add(const sk_buff& skb, Holds holds, bool isNew) {
  const Reader& r = m_reader;
  TableRow waits;
  waits.address = Arena::address(&skb);
  waits.within = row.within;
  waits.indent = 1;
  if (r.inWords) describe(waits, skb, holds);
  waits.mark = r.mark(isNew || r.step.born(&skb), r.step.wrote(&skb.len, 4) || r.step.wrote(skb.cb, sizeof skb.cb));
  m_bytes += skb.len;
  m_waiting.push_back(std::move(waits));
}

Queue& Queue::list(const sk_buff_head& head, Holds holds) {
  const u64 end = Arena::address(&head);
  for (const kptr<sk_buff>* link = &head.next; link->value && link->value != end && entries() < LongestChain;) {
    if (!isBuffer(link->value)) break;
    const sk_buff& skb = *link->get();
    add(skb, holds, m_reader.step.wrote(&skb.next, 8) && m_reader.step.wrote(&skb.prev, 8));
    link = &skb.next;
  }
  return *this;
}

// Who comes onto the end of a chain is pointed at, and points at nobody: both are written.
Queue& Queue::chain(const kptr<sk_buff>& first, Holds holds) {
  for (const kptr<sk_buff>* link = &first; link->value && entries() < LongestChain;) {
    if (!isBuffer(link->value)) break;
    const sk_buff& skb = *link->get();
    add(skb, holds, m_reader.step.wrote(link, 8) && m_reader.step.wrote(&skb.next, 8));
    link = &skb.next;
  }
  return *this;
}

void Queue::addTree(const rb_node* node, Holds holds, int depth) {
  if (!node || depth > DeepestTree || entries() >= LongestChain || !isBuffer(Arena::address(node))) return;
  addTree(node->rb_left, holds, depth + 1);
  add(*holder<sk_buff>(node, offsetof(sk_buff, rbnode)), holds,
      m_reader.step.wrote(&node->rb_left, 8) && m_reader.step.wrote(&node->rb_right, 8));
  addTree(node->rb_right, holds, depth + 1);
}
Queue& Queue::tree(const rb_root& root, Holds holds) { return addTree(root.rb_node, holds, 0), *this; }

void Queue::describe(TableRow& waits, const request_sock& request) const {
  waits.place = entries() + 1;
  waits.key = connection(request.__req_common);
  waits.object = m_reader.name(&request);
  if (const sock* child = request.sk) {
    waits.state = constantOf("sock_common", "skc_state", child->__sk_common.skc_state);
    waits.detail = say("its socket is %1", m_reader.name(child));
  }
}

// Connections that nobody has accepted yet: each stands there as the request that it came of.
Queue& Queue::requests(const kptr<request_sock>& first) {
  const Reader& r = m_reader;
  for (const kptr<request_sock>* link = &first; link->value && entries() < LongestChain;) {
    const ObjectRef object = objectAt(r.at, link->value);
    const LayoutInfo* layout = object ? layoutOf(object.type) : nullptr;
    if (!layout || !beginsWith(*layout, "request_sock")) break;
    const request_sock& request = *link->get();
    TableRow waits;
    waits.address = Arena::address(&request);
    waits.within = row.within;
    waits.indent = 1;
    if (r.inWords) describe(waits, request);
    waits.mark = r.mark(r.step.wrote(link, 8) && r.step.wrote(&request.dl_next, 8), false);
    m_waiting.push_back(std::move(waits));
    link = &request.dl_next;
  }
  return *this;
}

void Queue::appendTo(KernelTable& table) {
  append(table, row);
  for (TableRow& waits : m_waiting) {
    waits.space = row.space;
    append(table, std::move(waits));
  }
  m_waiting.clear();
}

} // namespace sockwalk::tell::tables
