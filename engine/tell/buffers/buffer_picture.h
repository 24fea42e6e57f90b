// Everything that can be said of one packet at one moment, as plain values: what the buffer stage paints, the command
// line prints and the tests read.
#pragma once
#include "engine/feed/decode.h"
#include "engine/tell/buffers/buffer_words.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

struct BufferFragment {
  std::string page;
  u32 offset, size;
  u32 memory;            // of the arena, where its first byte is; 0: in a page of the program's, lent
  std::vector<u8> bytes; // the first of them
};
// The same of a skb_shared_info, and no more.
struct FragmentPlace {
  u32 memory, size; // as above
};
std::vector<FragmentPlace> fragmentsOf(const Playhead& at, u64 sharedInfo);
// Another sk_buff over the same bytes: a clone, or what this one is a clone of.
struct BufferSharer {
  int life;
  u64 address;
  std::string name;
  u32 data, tail, len;
};
// One of the sk_buffs in frag_list: its bytes follow those before it.
struct BufferPart {
  int life;
  u64 address;
  std::string name;
  u32 len;
};
// A member of the shared info that says something, "dataref", and what it says.
struct SharedMember {
  std::string_view name;
  u32 value;
};
// More was asked for than there is.
struct BufferBreach {
  enum Kind : u8 { None, BeforeHead, BehindEnd, MoreThanThere } kind = None;
  u32 asked = 0, there = 0;
  Text what;
  std::string kernelSays; // the line that it prints before it stops; "": it goes on
};
struct BufferPicture {
  bool present = false; // there is an sk_buff to show
  u64 address = 0;
  int life = -1;
  std::string title; // "sk_buff #7"
  Text subtitle;     // "udp_rcv · owner none · users 1 · truesize 1280"
  Text family;       // "a clone of sk_buff #6 · cloned: 2 sk_buffs share the bytes"; empty for a loner
  Text fate;         // "Dropped ...", "Let go at event ..."; empty while it lives
  bool lost = false; // the fate is a drop
  Text allocation;   // "1024 bytes (kmalloc-1k)"
  BufferShape shape;
  u32 sharedSize = 0;            // of the shared info that stands behind `end`
  std::string_view sharedName;   // its structure
  std::vector<BufferFlag> flags; // where headers begin
  std::vector<BufferBand> bands;
  std::vector<u8> bytes;              // of the buffer, from head up to tail; what nobody wrote is what was there before
  ByteRanges written;                 // which of all the buffer's bytes somebody has written
  u32 rangeFrom = 0, rangeTo = 0;     // what the magnified strip covers, the same over the packet's life
  std::vector<BufferBand> rangeBands; // all bands that it will have, to scale the strip by
  std::vector<BufferFragment> fragments;
  // What skb_shared_info says besides: how many sk_buffs share the bytes, who they are, what follows in frag_list, and
  // of how many segments of which size it is made.
  u32 dataref = 0, gsoSize = 0, gsoSegs = 0;
  std::vector<SharedMember> sharedMembers;
  std::vector<BufferSharer> sharers;
  std::string_view partsMember; // by which the parts hang together
  std::vector<BufferPart> parts;
  Text checksum;                       // who sums what, and where the sum goes; empty: it is done
  u32 checksumAt = BufferShape::Unset; // where it goes
  BufferBreach breach;
  std::vector<FrameField> fields;    // offsets from head
  std::vector<std::string> messages; // of a netlink socket, a line each
  // The last operation that changed something, and whether it belongs to the step just taken.
  int operation = -1;
  bool fresh = false;
  BufferShape before; // as it was before that operation
  BufferDeed deed = BufferDeed::None;
  std::string label;
  Text sentence, lesson;
  std::vector<Text> story;  // what the kernel has marked of it so far
  int stop = -1, stops = 0; // index of the current stop, how many there are
  Text times;
};

// The name of a life, by which everybody speaks of it, while it lasts and later: "sk_buff #3", "sk_buff #3/2" for the second
// packet in the same structure (engine/journal/buffer_turns.h), "fclone #1", "skb2 of fclone #1", "skb2/2 of fclone #1".
std::string bufferName(const BufferLife& life);
// `from`: where the playhead stood before the step (its own position if it jumped).
BufferPicture pictureOf(const Playhead& at, const BufferLives& lives, const BufferJourney& journey, int life,
                        EventIndex from);

// The structure that a header is, and the member of it that a field is: "iphdr", "iphdr.saddr"; "" if there is none.
std::string_view headerStructure(FrameLayer layer);
std::string headerMember(FrameLayer layer, u32 offset, u32 size);

// ---- all of them at a moment
struct Buffers {
  std::vector<BufferPicture> alive; // newest first
};
Buffers readBuffers(const Playhead& at);

// ---- of which it is put together
std::vector<FrameField> fieldsOf(const BufferPicture& picture, const std::vector<BufferBand>& whole, int ipProtocol);
void readShared(const Playhead& at, const BufferLives& lives, const BufferJourney& journey, BufferPicture& picture);
BufferBreach breachOf(const Playhead& at, const BufferJourney& journey, const BufferShape& now);

Text fragmentText(const BufferFragment& fragment);

// One line a thing.
std::vector<std::string> lines(const BufferPicture& picture);
std::vector<std::string> lines(const Buffers& buffers);
nlohmann::json json(const BufferPicture& picture);
nlohmann::json json(const Buffers& buffers);

} // namespace sockwalk::tell
