// The family of a packet: all sk_buffs that came of one another or went into one another, and whose bytes each of them
// describes at a moment.
//
// Who is kin is what the kernel has marked (engine/tell/buffers/buffer_lives.h), and does not change with the moment.
// What the moment changes is who is there already and who still is, and which of them share one data area: that is read
// from memory.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/playhead.h"
#include "engine/tell/buffers/buffer_lives.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace sockwalk::tell {

enum class KinState : u8 {
  Coming, // not born yet
  Making, // born, and the call that makes it has not returned: what it says of itself is not all written
  Alive,
  Gone, // its bytes were let go of
  Dropped
};
const char* stateName(KinState state); // "alive": the same in every language
Text stateText(KinState state);

struct FamilyMember {
  int life = -1; // of BufferLives
  u64 address = 0;
  std::string name;         // "sk_buff #7"
  std::string maker, asker; // the function that made it, and the one that wanted it: "skb_clone", "__tcp_transmit_skb"
  Layer layer = {};         // of the one that wanted it
  EventIndex born = 0,
             gone = NoEvent;  // events: the mark of its birth; the drop, or the mark that its bytes are let go of
  EventIndex whole = NoEvent; // from this position on it is made
  int twin = -1;              // the member that is the other half of its fclone pair, at the same time
  // ---- at the moment
  KinState state = KinState::Coming;
  Text fate;                        // Gone, Dropped: what became of it
  u32 len = 0, users = 0;           // Alive
  std::vector<std::string> holders; // of more than one reference: the functions that took the further ones
  int area = -1;                    // Alive: the data area that it describes
  int hungOn = -1;                  // Alive: the data area in whose frag_list it hangs
  bool present() const { return state == KinState::Making || state == KinState::Alive; }
};

// From whom bytes, or a view of them, went to whom.
struct FamilyEdge {
  int from = -1, to = -1; // members
  BufferMark how = BufferMark::Born;
  EventIndex event = NoEvent; // the mark that says so
  std::string function;       // in which it was marked
  bool done = false;          // at the moment
};
bool goesInto(BufferMark how); // Merged, Joined, Reassembled: the one that it comes from was there before
Text howText(BufferMark how);  // "clone", "segment", "merged by GRO": of the one that came of it, or went into it
Text manyText(BufferMark how, size_t count); // "37 segments"

// The bytes from head to end with the skb_shared_info behind them, which counts who describes them.
struct DataArea {
  u64 head = 0;
  u32 size = 0;      // bytes, head to end
  u32 dataref = 0;   // as memory has it, references to the payload left out
  u32 pages = 0;     // fragments that stand in pages
  bool list = false; // more sk_buffs hang in its frag_list
  std::vector<int> members;
};

struct BufferFamily {
  std::vector<FamilyMember> members; // in order of birth
  std::vector<FamilyEdge> edges;
  std::vector<DataArea> areas; // of those that live
  int looked = -1;             // the member that was asked for
  bool empty() const { return members.empty(); }
};

// The life of the sk_buff that the innermost open call was handed; else the youngest that lives, else the one made last;
// -1: none was made yet.
int lifeAround(const Playhead& at, const BufferLives& lives);
// The lives that are kin of a life, itself among them, in order of birth.
std::vector<int> kinOf(const BufferLives& lives, int life);

// Works out who is kin once, and what a moment has of it each time.
class FamilyReader {
public:
  void forget() { m_family = {}; } // another record, or it grew
  const BufferFamily& at(const Playhead& playhead, const BufferLives& lives, int life);

private:
  BufferFamily m_family;
};

// Who took a reference to an sk_buff and gave it back, beside the one that it is born with: each write of `users` from
// there on, or from a later position.
struct UsersWrite {
  EventIndex event;
  std::string function;
  s32 by;
};
std::vector<UsersWrite> usersWrites(const Playhead& at, const FamilyMember& member, EventIndex from = 0);

std::vector<std::string> lines(const BufferFamily& family);
nlohmann::json json(const BufferFamily& family);

} // namespace sockwalk::tell
