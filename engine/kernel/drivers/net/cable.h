// An Ethernet cable between two cards of one machine, as between two hosts in namespaces of their own: what one sends
// arrives at the other a while later, if it arrives. All chance comes from a seed of the cable's own, so the same seed
// loses, reorders and doubles the same frames.
#pragma once
#include "engine/kernel/machine/machine.h"
#include <deque>
#include <map>
#include <span>

namespace sockwalk::kernel {

struct CableConditions {
  s64 delay = 10'000;       // ns from one end to the other
  u64 bitsPerSecond = 0;    // 0: as fast as the cards are
  u32 loss = 0;             // frames in a million
  u32 reorder = 0;          // frames in a million that later ones overtake
  u32 duplicate = 0;        // frames in a million that arrive twice
  s64 heldBack = 1'000'000; // ns by which a reordered frame comes later
  s64 gather = 0;           // ns for which the receiving card collects frames before it interrupts
  u64 seed = 1;
};

class Cable {
public:
  // Between the cards with these interface indices; takes over what they send (machine.onTransmit), and passes on what
  // other cards send to whoever was there before. Lives as long as the machine runs.
  Cable(Machine& machine, u32 oneEnd, u32 otherEnd, CableConditions conditions = {});
  void set(const CableConditions& conditions); // from now on; the chance begins anew with its seed
  const CableConditions& conditions() const { return m_conditions; }

  struct Counts {
    u64 sent = 0, delivered = 0, lost = 0, reordered = 0, duplicated = 0;
  };
  const Counts& counts() const { return m_counts; }
  void arrive(u32 to); // the moment has come for the first of the frames that travel to this end

private:
  void transmit(u32 from, std::span<const u8> frame);
  void travel(u32 to, std::span<const u8> frame, s64 arrival);
  void arm(u32 to);
  bool happens(u32 inAMillion);
  s64 serialized(u32 from, u32 size);

  Machine& m_machine;
  u32 m_ends[2];
  CableConditions m_conditions;
  Counts m_counts;
  u64 m_chance;
  u64 m_serial = 0;
  using Frame = std::vector<u8>;
  std::map<u32, std::map<std::pair<s64, u64>, Frame>> m_underway; // to which end; by arrival, then order
  std::map<u32, s64> m_free;                                      // when an end may send its next frame
};

} // namespace sockwalk::kernel
