// What the readers of the single tables share: words for objects, addresses and places.
#pragma once
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include "views/tables/table_rows.h"
#include "views/walk/text.h"
#include <QCoreApplication>
#include <QHash>

namespace sockwalk::tables {

inline QString words(const char* text) { return QCoreApplication::translate("TablesView", text); }
QString addressText(u32 networkOrder);                     // "127.0.0.1"
QString endpointText(u32 networkOrder, u16 portHostOrder); // "127.0.0.1:8080"; "*:8080" for any address
QString bucketText(u32 bucket, int placeInChain);          // "[4711]", "[4711] 2nd"
QString constantText(const char* structure, const char* member, s64 value, const char* orElse);

constexpr int MostRows = 1000;     // of one table
constexpr int LongestChain = 4096; // a chain that is longer is no chain: memory at that moment is not one yet

// The object that a list entry is a part of.
template <class T> const T* holder(const void* entry, u32 memberOffset) {
  return reinterpret_cast<const T*>(static_cast<const u8*>(entry) - memberOffset);
}

struct Reader {
  const Playhead& at;
  const LiveObjects& live;
  const StepChanges& step;
  QHash<u64, QString> owners; // "fd 3", or "pid 100 fd 3", of each struct socket

  QString name(u64 address) const; // "tcp_sock #2"
  QString name(const void* object) const { return name(Arena::address(object)); }
  RowMark mark(bool isNew, bool changed) const {
    return isNew ? RowMark::New : changed ? RowMark::Changed : RowMark::None;
  }
  bool born(const void* object) const { return step.born(Arena::offsetOf(object)); }
  QString device(const kernel::net_device* dev) const; // "eth0"
  QString space(u64 net) const; // a namespace as `ip netns` names it: "server"; "init_net" for the first
  void findOwners();
};
// Appends, or counts what there is no room for.
void append(KernelTable& table, TableRow row);
// "3 sockets in 2 of 256 buckets", "empty: 256 buckets"
QString bucketSummary(const char* one, const char* many, int entries, int used, u64 buckets);

KernelTable tcpConnections(const Reader& r);
KernelTable tcpListeners(const Reader& r);
KernelTable tcpPorts(const Reader& r);
KernelTable tcpAddresses(const Reader& r);
KernelTable udpPorts(const Reader& r);
KernelTable udpAddresses(const Reader& r);
KernelTable rawSockets(const Reader& r);
KernelTable pingSockets(const Reader& r);
KernelTable routes(const Reader& r);
KernelTable routeExceptions(const Reader& r);
KernelTable neighbours(const Reader& r);
KernelTable netfilterHooks(const Reader& r);
KernelTable openFiles(const Reader& r);

} // namespace sockwalk::tables
