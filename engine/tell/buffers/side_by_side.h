// Several packets at one moment, or one packet at several, to be laid beside one another: with what two neighbours have in
// common, or what became different from one to the next.
#pragma once
#include "engine/tell/buffers/buffer_journey.h"
#include "engine/tell/buffers/buffer_picture.h"
#include <span>

namespace sockwalk::tell {

struct BesideRow {
  int life = -1;
  EventIndex position = 0;
  std::string name; // "sk_buff #7"
  Text where;       // of one packet at several moments: "step 57", "in ip_rcv()"
  BufferPicture picture;
  bool there() const { return picture.present && picture.shape.head; }
  bool gone() const { return !picture.fate.empty(); }
};
// Between a row and the next one.
struct BesideJoint {
  enum Kind : u8 {
    None,      // they have nothing in common
    SameBytes, // two sk_buffs describe one data area
    SamePage,  // each has a fragment in one page
    Moved      // the same sk_buff, later
  } kind = None;
  u32 from = 0, to = 0; // SameBytes: what both describe, offsets from head; empty if they meet nowhere
  Text words;
};
struct SideBySide {
  std::vector<BesideRow> rows;
  std::vector<BesideJoint> joints; // one fewer
};
constexpr size_t LeastBeside = 2, MostBeside = 4;

// Which packets to begin with: `life`, those that describe its bytes, its kin, and others that live, up to the most; those
// that share one data area stand together.
std::vector<int> buffersBeside(const Playhead& at, const BufferLives& lives, int life);
// At which moments to begin with: where it has become different, evenly over its life, in order.
std::vector<EventIndex> momentsBeside(const BufferJourney& journey);

SideBySide sideBySide(const Playhead& at, const BufferLives& lives, BufferJourneys& journeys,
                      std::span<const int> which);
// `walker` is moved; `here`: where the person stands.
SideBySide sideBySide(Playhead& walker, const BufferLives& lives, BufferJourneys& journeys, int life,
                      std::span<const EventIndex> moments, EventIndex here);

} // namespace sockwalk::tell
