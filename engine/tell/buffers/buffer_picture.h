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
  std::vector<u8> bytes; // the first of them
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
  std::vector<u8> bytes;              // of the buffer, from head up to tail
  u32 rangeFrom = 0, rangeTo = 0;     // what the magnified strip covers, the same over the packet's life
  std::vector<BufferBand> rangeBands; // all bands that it will have, to scale the strip by
  std::vector<BufferFragment> fragments;
  std::vector<FrameField> fields; // offsets from head
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

// "sk_buff #3", "fclone #1", "skb2 of fclone #1": as everybody names it; its number, when it is gone.
std::string bufferName(const Playhead& at, u64 address, u32 ordinal);
std::string bufferName(const Playhead& at, const BufferLife& life);
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

// One line a thing.
std::vector<std::string> lines(const BufferPicture& picture);
std::vector<std::string> lines(const Buffers& buffers);
nlohmann::json json(const BufferPicture& picture);
nlohmann::json json(const Buffers& buffers);

} // namespace sockwalk::tell
