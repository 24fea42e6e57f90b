// Who is on the links: addresses and the hardware addresses at which they are.
#include "engine/base/bytes.h"
#include "engine/memory/constants/neighbour.h"
#include "engine/tell/tables/reader.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

// An entry without an address cannot be asked at it: the kernel's counter begins behind those questions. One that lost
// its address counts from 0.
int timesAsked(const neighbour& n) {
  const int counted = n.probes.counter, skipped = n.parms.value ? n.parms->data[NEIGH_VAR_UCAST_PROBES] : 0;
  const bool began = n.nud_state == NUD_INCOMPLETE || (n.nud_state != NUD_PROBE && counted > skipped);
  return began ? std::max(counted - skipped, 0) : counted;
}

Text neighbourDetail(const neighbour& n) {
  const bool known = n.nud_state & ~(NUD_INCOMPLETE | NUD_FAILED);
  const u32 queued = n.arp_queue.qlen;
  const int probes = timesAsked(n);
  return Text::list(
      ", ", {known && n.dev.value ? say("at %1", toHex({n.ha, std::min<u32>(n.dev->addr_len, 32)}, ':')) : Text(),
             queued ? counted("1 packet waits", "%1 packets wait", queued) : Text(),
             probes ? counted("asked once", "asked %1 times", probes) : Text()});
}

TableRow neighbourRow(const Reader& r, const neighbour& n, Text place) {
  TableRow row;
  row.address = Arena::address(&n);
  row.place = std::move(place);
  u32 key;
  std::memcpy(&key, n.primary_key, 4);
  row.key = say("%1 on %2", ipv4(key), r.device(n.dev));
  row.object = r.name(&n);
  row.state = constantOf("neighbour", "nud_state", n.nud_state);
  row.detail = neighbourDetail(n);
  if (n.dev.value) row.space = r.space(n.dev->nd_net.net.get());
  row.mark = r.mark(r.step.born(&n) || r.step.wrote(&n.dead, 1),
                    r.step.wrote(&n.nud_state, 1) || r.step.wrote(n.ha, 32) || r.step.wrote(&n.arp_queue.qlen, 4) ||
                        r.step.wrote(&n.probes, 4));
  return row;
}

} // namespace

KernelTable neighbours(const Reader& r) {
  KernelTable t =
      tableOf("neighbours", say("Neighbours"), "arp_tbl.nht",
              say("By address and device: at which hardware address somebody on the link is, how fresh that "
                  "knowledge is, and what waits for an answer."));
  const auto* table = r.at.global<neigh_table>("arp_tbl");
  const neigh_hash_table* nht = table ? table->nht.get() : nullptr;
  const u32 buckets = nht && nht->hash_buckets.value ? 1u << std::min(nht->hash_shift, 20u) : 0;
  Counted found;
  for (u32 i = 0; i < buckets; ++i) {
    int place = 0;
    for (const neighbour* n = r.at.object<kptr<neighbour>>(nht->hash_buckets.value)[i]; n && place < LongestChain;
         n = n->next)
      append(t, neighbourRow(r, *n, bucketPlace(i, ++place)));
    found.chain(place);
  }
  t.summary = bucketSummary("1 neighbour", "%1 neighbours", found, buckets);
  return t;
}

} // namespace sockwalk::tell::tables
