// What the readers of the single tables share: names for objects, addresses and places, and walks along lists.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/memory/constants.h"
#include "engine/memory/structures.h"
#include "engine/tell/tables/tables.h"
#include "engine/tell/values.h"
#include <unordered_map>

namespace sockwalk::tell::tables {

constexpr int MostRows = 1000;     // of one table
constexpr int LongestChain = 4096; // a chain that is longer is no chain: memory at that moment is not one yet

std::string endpoint(u32 networkOrder, u16 portHostOrder); // "127.0.0.1:8080"; "*:8080" for any address
std::string grouped(u64 number);                           // "16,384"
std::string inBrackets(u64 index);                         // "[4711]"
Text bucketPlace(u32 bucket, int placeInChain);            // "[4711]", "[4711] 2nd"
Text ordinal(int place);                                   // "1st", "2nd", "3rd", "4th"
// The name of a member's value; where it has none, the member's own name with the number.
Text constantOf(const char* structure, const char* member, s64 value);
// A constant as the tools of the command line write it: "local" for RTN_LOCAL.
std::string plainWord(std::string_view group, std::string_view begins, u64 value);

// The object that a list entry is a part of.
template <class T> const T* holder(const void* entry, u32 memberOffset) {
  return reinterpret_cast<const T*>(static_cast<const u8*>(entry) - memberOffset);
}

// The nodes of a chain in order. An hlist ends with NULL, a "nulls" list with an odd number that names its bucket.
template <class Node, class Each> int eachOf(const kptr<Node>& first, Each&& each) {
  int place = 0;
  const kptr<Node>* link = &first;
  while (link->value && !(link->value & 1) && place < LongestChain) {
    const Node* node = link->get();
    each(*node, ++place);
    link = &node->next;
  }
  return place;
}
// The entries of a list_head, which is a ring through its head. One that was never laid out is all zero.
template <class Each> int eachOf(const kernel::list_head& head, Each&& each) {
  int place = 0;
  for (const kernel::list_head* at = head.next; at && at != &head && place < LongestChain; at = at->next)
    each(*at, ++place);
  return place;
}

struct Reader {
  const Playhead& at;
  const LiveObjects& live;
  const StepChanges& step;
  std::unordered_map<u64, Text> owners; // "fd 3", or "pid 100 fd 3", of each struct socket
  bool inWords = true;                  // false: rows say which object they are of and what the step did, no more
  std::vector<u32> slots{};             // of tables of functions, by which the open calls were made: their offsets

  std::string name(u64 address) const { return addressName(at, address); } // "tcp_sock #2"
  std::string name(const void* object) const { return name(Arena::address(object)); }
  RowMark mark(bool isNew, bool changed) const {
    return isNew ? RowMark::New : changed ? RowMark::Changed : RowMark::None;
  }
  // A list entry has come onto its list: both its pointers were written. (A neighbour's coming or going writes one.)
  template <class Node> bool linked(const Node& node) const {
    if constexpr (requires { node.pprev; })
      return step.wrote(&node.next, sizeof node.next) && step.wrote(&node.pprev, sizeof node.pprev);
    else return step.wrote(&node.next, sizeof node.next) && step.wrote(&node.prev, sizeof node.prev);
  }
  std::string device(const kernel::net_device* dev) const; // "eth0"
  bool manySpaces = false;                                 // namespaces
  // A namespace as `ip netns` names it, "server"; "init_net" for the first; "" where there is no other.
  std::string space(u64 net) const;
  std::string space(const kernel::net* net) const { return net ? space(Arena::address(net)) : std::string(); }
  std::vector<u64> namespaces() const { return live.namespaces(at.position()); }
  // The devices of every namespace, each in the order in which they registered.
  template <class Each> void eachDevice(Each&& each) const {
    for (u64 net : namespaces())
      eachOf(at.object<kernel::net>(net)->dev_base_head, [&](const kernel::list_head& node, int) {
        each(*holder<kernel::net_device>(&node, offsetof(kernel::net_device, dev_list)));
      });
  }
  void findOwners();
  void findSlots();
  bool taken(const void* table, u32 size) const; // one of its slots
};

// A table without entries yet.
KernelTable tableOf(const char* id, Text title, const char* symbol, Text about);
// Appends, or counts what there is no room for.
void append(KernelTable& table, TableRow row);
// "3 sockets in 2 of 256 buckets", "empty: 256 buckets". `many` has a place for the number.
struct Counted {
  int entries = 0, used = 0; // used: chains that are not empty
  void chain(int length) {
    entries += length;
    used += length > 0;
  }
};
Text bucketSummary(Words one, Words many, const Counted& counted, u64 buckets);
Text counted(Words one, Words many, s64 count); // "1 hook", "3 hooks"

// A socket's ends as tables of sockets have them: "127.0.0.1:8080 ↔ 127.0.0.1:40000".
std::string connection(const kernel::sock_common& c);

KernelTable tcpConnections(const Reader& r);
KernelTable tcpListeners(const Reader& r);
KernelTable tcpPorts(const Reader& r);
KernelTable tcpAddresses(const Reader& r);
KernelTable udpPorts(const Reader& r);
KernelTable udpAddresses(const Reader& r);
KernelTable rawSockets(const Reader& r);
KernelTable pingSockets(const Reader& r);
KernelTable queues(const Reader& r);
KernelTable routes(const Reader& r);
KernelTable routeExceptions(const Reader& r);
KernelTable neighbours(const Reader& r);
KernelTable netfilterHooks(const Reader& r);
KernelTable openFiles(const Reader& r);
KernelTable rings(const Reader& r);
KernelTable packetRings(const Reader& r);
KernelTable families(const Reader& r);
KernelTable protocols(const Reader& r);
KernelTable protocolArray(const Reader& r);
KernelTable protoOps(const Reader& r);
KernelTable protos(const Reader& r);
KernelTable twoHops(const Reader& r);

} // namespace sockwalk::tell::tables
