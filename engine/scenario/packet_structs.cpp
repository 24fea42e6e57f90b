// Layouts: include/uapi/linux/{if_packet,filter,if_alg,l2tp}.h on x86-64.
#include "engine/scenario/packet_structs.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/memory/constants/socket.h"
#include "engine/scenario/describe.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::scenario {

namespace {

struct PlainField {
  StructKind of;
  std::string_view name;
  u8 at, bytes;
};
constexpr PlainField Fields[] = {
    {StructKind::LinkAddress, "sll_family", 0, 2},    {StructKind::LinkAddress, "sll_protocol", 2, 2},
    {StructKind::LinkAddress, "sll_ifindex", 4, 4},   {StructKind::LinkAddress, "sll_hatype", 8, 2},
    {StructKind::LinkAddress, "sll_pkttype", 10, 1},  {StructKind::LinkAddress, "sll_halen", 11, 1},
    {StructKind::LinkAddress, "sll_addr", 12, 8},     {StructKind::OldAddress, "spkt_family", 0, 2},
    {StructKind::OldAddress, "spkt_device", 2, 14},   {StructKind::OldAddress, "spkt_protocol", 16, 2},
    {StructKind::Membership, "mr_ifindex", 0, 4},     {StructKind::Membership, "mr_type", 4, 2},
    {StructKind::Membership, "mr_alen", 6, 2},        {StructKind::Membership, "mr_address", 8, 8},
    {StructKind::RingRequest, "tp_block_size", 0, 4}, {StructKind::RingRequest, "tp_block_nr", 4, 4},
    {StructKind::RingRequest, "tp_frame_size", 8, 4}, {StructKind::RingRequest, "tp_frame_nr", 12, 4},
    {StructKind::RingRequest, "tp_retire_blk_tov", 16, 4}, {StructKind::RingRequest, "tp_sizeof_priv", 20, 4},
    {StructKind::RingRequest, "tp_feature_req_word", 24, 4},
    {StructKind::PacketCounts, "tp_packets", 0, 4},   {StructKind::PacketCounts, "tp_drops", 4, 4},
    {StructKind::PacketCounts, "tp_freeze_q_cnt", 8, 4},
    {StructKind::AlgAddress, "salg_family", 0, 2},    {StructKind::AlgAddress, "salg_type", 2, 14},
    {StructKind::AlgAddress, "salg_feat", 16, 4},     {StructKind::AlgAddress, "salg_mask", 20, 4},
    {StructKind::AlgAddress, "salg_name", 24, 64},    {StructKind::TunnelAddress, "l2tp_family", 0, 2},
    {StructKind::TunnelAddress, "l2tp_addr", 4, 4},   {StructKind::TunnelAddress, "l2tp_conn_id", 8, 4},
    {StructKind::TunnelAddress, "(padding)", 12, 4},
};
const PlainField& fieldOf(StructKind kind, std::string_view name) {
  return *std::ranges::find_if(Fields, [&](const PlainField& f) { return f.of == kind && f.name == name; });
}

const kernel::task_struct* taskOf(const CallContext& context) {
  const auto found = context.machine.tasks().find(context.task);
  return found == context.machine.tasks().end() ? nullptr : found->second->task;
}

// "eth0": the number of the device in the task's network.
s64 deviceNumber(const std::string& name, Position at, const CallContext& context) {
  const kernel::task_struct* task = taskOf(context);
  const kernel::net_device* dev = task ? kernel::__dev_get_by_name(task->nsproxy->net_ns, name.c_str()) : nullptr;
  if (!dev) throw PlayError{at, "no device is called '" + name + "' here"};
  return dev->ifindex;
}
bool namesDevice(const PlainField& f) { return f.name.ends_with("ifindex"); }

void lay(std::vector<u8>& bytes, const PlainField& f, const Expression& e, const CallContext& context) {
  const auto* text = std::get_if<Text>(&e.value);
  if (text && !namesDevice(f)) {
    if (text->bytes.size() > f.bytes)
      throw PlayError{e.position, std::string(f.name) + " has " + std::to_string(f.bytes) + " bytes only"};
    std::copy(text->bytes.begin(), text->bytes.end(), bytes.begin() + f.at);
    return;
  }
  const s64 value = text ? deviceNumber(text->bytes, e.position, context) : integerOf(e, context.variables);
  for (u32 i = 0; i < f.bytes; ++i) bytes[f.at + i] = static_cast<u8>(static_cast<u64>(value) >> 8 * i);
}

} // namespace

bool isPacketStruct(const Expression& e) {
  const auto* s = std::get_if<Struct>(&e.value);
  return s && std::ranges::any_of(Fields, [&](const PlainField& f) { return f.of == s->kind; });
}

u32 packetStructSize(StructKind kind) {
  u32 size = 0;
  for (const PlainField& f : Fields)
    if (f.of == kind) size = std::max<u32>(size, f.at + f.bytes);
  return size;
}

std::vector<u8> packetBytes(const Struct& s, const CallContext& context) {
  std::vector<u8> bytes(packetStructSize(s.kind));
  for (const Field& field : s.fields) lay(bytes, fieldOf(s.kind, field.name), field.value, context);
  return bytes;
}

void comparePacketStruct(const Struct& expected, ByteView found, const CallContext& context) {
  const std::vector<u8> wanted = packetBytes(expected, context);
  for (const Field& field : expected.fields) {
    const PlainField& f = fieldOf(expected.kind, field.name);
    if (isEllipsis(field.value)) continue;
    const u32 end = std::min<u32>(f.at + f.bytes, static_cast<u32>(found.size()));
    u64 got = 0;
    for (u32 i = f.at; i < end && i < f.at + 8u; ++i) got |= u64(found[i]) << 8 * (i - f.at);
    if (end < f.at + f.bytes || !std::equal(wanted.begin() + f.at, wanted.begin() + end, found.begin() + f.at))
      throw PlayError{field.position,
                      "expected " + field.name + " " + describe(field.value) + ", got " + std::to_string(got)};
  }
}

// ---- filters

namespace {

// What the programs of this socket see of a packet first. A UDP or TCP socket's begin behind the IP header.
FirstHeader firstSeen(const Expression& e, s64 fd, const CallContext& context) {
  const auto enter = kernel::EnterMachine(context.machine);
  const kernel::task_struct* task = taskOf(context);
  const kernel::file* file = task && task->files ? kernel::files_lookup_fd(task->files, static_cast<u32>(fd)) : nullptr;
  const kernel::socket* socket = file ? kernel::sock_from_file(file) : nullptr;
  const kernel::sock* sk = socket ? socket->sk.get() : nullptr;
  const u32 family = sk ? u32{sk->__sk_common.skc_family} : 0, type = sk ? u32{sk->sk_type} : 0;
  if (family == kernel::AF_PACKET) return type == kernel::SOCK_DGRAM ? FirstHeader::Ip : FirstHeader::Ethernet;
  if (family == kernel::AF_INET && type == kernel::SOCK_RAW) return FirstHeader::Ip;
  throw PlayError{e.position,
                  "a filter in words looks at link and IP headers, and the filter of this socket sees a packet "
                  "from the header of its own protocol on: write instructions, {code, jt, jf, k} each"};
}

FilterInstruction instruction(const Expression& e, const CallContext& context) {
  const auto* four = std::get_if<Braces>(&e.value);
  if (!four || four->items.size() != 4)
    throw PlayError{e.position, "expected an instruction, {code, jt, jf, k}; found " + describe(e)};
  const auto part = [&](size_t i) { return static_cast<u64>(integerOf(four->items[i], context.variables)); };
  return {static_cast<u16>(part(0)), static_cast<u8>(part(1)), static_cast<u8>(part(2)), static_cast<u32>(part(3))};
}

} // namespace

bool isFilter(const Expression& e) {
  const auto* list = std::get_if<List>(&e.value);
  return !list || list->items.size() != 1 || !std::holds_alternative<Integer>(list->items[0].value);
}

std::vector<FilterInstruction> filterInstructions(const Expression& e, s64 fd, const CallContext& context) {
  if (const auto* words = std::get_if<Text>(&e.value)) {
    const auto filter = FrameFilter::compile(words->bytes, firstSeen(e, fd, context));
    if (!filter) throw PlayError{e.position, filter.error().message};
    return filter->instructions();
  }
  const auto* list = std::get_if<List>(&e.value);
  if (!list)
    throw PlayError{e.position,
                    "expected a filter: \"udp port 53\", or [{code, jt, jf, k}, ...]; found " + describe(e)};
  std::vector<FilterInstruction> out;
  for (const Expression& item : list->items) out.push_back(instruction(item, context));
  return out;
}

} // namespace sockwalk::scenario
