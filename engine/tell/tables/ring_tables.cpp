// The rings that a network card and its driver share: descriptors in a circle, and for each side how far it is.
#include "engine/journal/reflection.h"
#include "engine/memory/constants/e1000.h"
#include "engine/tell/tables/queue.h"
#include <cstring>

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

// The driver's own structure stands behind its device.
const e1000_adapter* adapterOf(const net_device& dev) {
  const DataSymbol* ops = Symbols::get().dataNamed("e1000_netdev_ops");
  if (!ops || dev.netdev_ops.value != Arena::addressOf(ops->offset)) return nullptr;
  return reinterpret_cast<const e1000_adapter*>(reinterpret_cast<const u8*>(&dev) + ((sizeof dev + 31) & ~31ull));
}

u32 registerOf(const e1000_adapter& card, u32 which) {
  u32 value = 0;
  if (const u8* registers = card.hw.hw_addr) std::memcpy(&value, registers + which, sizeof value);
  return value;
}

// Slots from one index round to another.
u32 between(u32 from, u32 to, u32 count) { return to >= from ? to - from : to + count - from; }

struct Rings {
  const Reader& r;
  KernelTable& table;
  int rings = 0, filled = 0;

  template <class Ring> TableRow ringRow(const net_device& dev, const Ring& ring, Text kind) {
    TableRow row;
    row.address = Arena::address(&ring);
    row.within = Arena::address(&dev);
    row.place = std::move(kind);
    row.key = r.device(&dev);
    row.object = r.name(&ring);
    row.mark = r.mark(r.step.born(&ring), r.step.wrote(&ring.next_to_use, 8));
    row.space = r.space(dev.nd_net.net.get());
    ++rings;
    return row;
  }

  template <class Ring> TableRow slotRow(const net_device& dev, const Ring& ring, u32 slot, const void* descriptor) {
    TableRow row;
    row.address = Arena::address(&ring);
    row.within = Arena::address(descriptor);
    row.indent = 1;
    row.place = inBrackets(slot);
    row.space = r.space(dev.nd_net.net.get());
    ++filled;
    return row;
  }

  void transmit(const net_device& dev, const e1000_adapter& card, const e1000_tx_ring& ring) {
    TableRow row = ringRow(dev, ring, say("transmit"));
    if (!ring.desc.value) return row.state = say("not set up"), append(table, std::move(row));
    const u32 used = between(ring.next_to_clean, ring.next_to_use, ring.count);
    row.state = say("%1 of %2 filled", used, ring.count);
    row.detail = say("next_to_use %1, next_to_clean %2; the device reads at %3 (TDH), up to %4 (TDT)", ring.next_to_use,
                     ring.next_to_clean, registerOf(card, E1000_TDH), registerOf(card, E1000_TDT));
    append(table, std::move(row));
    for (u32 n = 0; n < used; ++n) sent(dev, ring, (ring.next_to_clean + n) % ring.count);
  }

  // A descriptor of what is to be sent, or was. The driver keeps the buffer with the last one of its packet.
  void sent(const net_device& dev, const e1000_tx_ring& ring, u32 slot) {
    const auto& descriptor = static_cast<const e1000_tx_desc*>(ring.desc.get())[slot];
    TableRow row = slotRow(dev, ring, slot, &descriptor);
    const u32 lower = descriptor.lower.data;
    const bool context = lower & E1000_TXD_CMD_DEXT && !(lower & E1000_TXD_DTYP_D);
    row.key = context ? say("how to sum and cut up the next packet") : bytes(lower & 0xffff);
    if (const e1000_tx_buffer* info = ring.buffer_info) {
      // Between its end and the driver's own "there is none" it has no name.
      if (const u64 skb = info[slot].skb.value; skb && objectAt(r.at, skb)) row.address = skb, row.object = r.name(skb);
      row.mark = r.mark(r.step.wrote(&info[slot].time_stamp, 8), r.step.wrote(&descriptor, sizeof descriptor));
    }
    const bool last = lower & E1000_TXD_CMD_EOP, done = descriptor.upper.data & E1000_TXD_STAT_DD;
    row.state = done ? say("sent") : context || !last ? Text() : say("to be sent");
    if (last && !context) row.detail = say("the end of its packet");
    append(table, std::move(row));
  }

  void receive(const net_device& dev, const e1000_adapter& card, const e1000_rx_ring& ring) {
    TableRow row = ringRow(dev, ring, say("receive"));
    if (!ring.desc.value) return row.state = say("not set up"), append(table, std::move(row));
    const auto* descriptors = static_cast<const e1000_rx_desc*>(ring.desc.get());
    u32 ready = 0;
    while (ready < ring.count && descriptors[(ring.next_to_clean + ready) % ring.count].status & E1000_RXD_STAT_DD)
      ++ready;
    row.state = say("%1 of %2 filled", ready, ring.count);
    row.detail = say("next_to_use %1, next_to_clean %2; the device writes at %3 (RDH), up to %4 (RDT)",
                     ring.next_to_use, ring.next_to_clean, registerOf(card, E1000_RDH), registerOf(card, E1000_RDT));
    append(table, std::move(row));
    for (u32 n = 0; n < ready; ++n) {
      const u32 slot = (ring.next_to_clean + n) % ring.count;
      const e1000_rx_desc& descriptor = descriptors[slot];
      TableRow frame = slotRow(dev, ring, slot, &descriptor);
      frame.key = bytes(descriptor.length);
      frame.state = say("came in");
      frame.detail = say("until the driver's poll takes it");
      frame.mark = r.mark(r.step.wrote(&descriptor.status, 1), false);
      append(table, std::move(frame));
    }
  }
};

} // namespace

KernelTable rings(const Reader& r) {
  KernelTable t =
      tableOf("rings", say("Rings of network cards"), "e1000_adapter.tx_ring, rx_ring",
              say("What driver and card share: a circle of descriptors in memory. The driver fills slots at "
                  "next_to_use and takes them back at next_to_clean; registers of the card say how far it "
                  "is. To send, the driver gives frames; to receive, it gives empty buffers."));
  Rings all{r, t};
  r.eachDevice([&](const net_device& dev) {
    const e1000_adapter* card = adapterOf(dev);
    if (!card) return;
    if (const e1000_tx_ring* ring = card->tx_ring) all.transmit(dev, *card, *ring);
    if (const e1000_rx_ring* ring = card->rx_ring) all.receive(dev, *card, *ring);
  });
  t.summary = !all.rings ? say("empty: no device here has rings")
                         : say("%1, %2", counted("1 ring", "%1 rings", all.rings),
                               all.filled ? counted("1 slot filled", "%1 slots filled", all.filled)
                                          : say("nothing in them waits"));
  return t;
}

} // namespace sockwalk::tell::tables
