// Everything the buffer stage shows of one packet at one moment, as plain values: what the widgets paint and
// the tests read.
#pragma once
#include "engine/feed/decode.h"
#include "views/buffer/buffer_words.h"
#include <QString>
#include <QStringList>

namespace sockwalk {

struct BufferFragment {
  QString page;
  u32 offset, size;
  std::vector<u8> bytes; // the first of them
};
struct BufferPicture {
  bool present = false; // there is an sk_buff to show
  u64 address = 0;
  int life = -1;
  QString title;      // "sk_buff #7"
  QString subtitle;   // "udp_rcv · owner none · users 1 · truesize 1280"
  QString family;     // "cloned, 2 share the bytes"; "" for a loner
  QString fate;       // "dropped ...", "freed at step ..."; "" while it lives
  bool lost = false;  // the fate is a drop
  QString allocation; // "1024 bytes (kmalloc-1k)"
  BufferShape shape;
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
  QString label, sentence, lesson;
  int stop = -1, stops = 0; // index of the current stop, how many there are
  QString times;
};

// "sk_buff #3", "fclone #1", "skb2 of fclone #1": as everybody names it; its number, when it is gone.
QString bufferName(const Playhead& at, u64 address, u32 ordinal);
// `from`: where the playhead stood before the step (its own position if it jumped).
BufferPicture pictureOf(const Playhead& at, const BufferJourney& journey, int life, EventIndex from);

// One line a thing, for tests and `print`.
QStringList dump(const BufferPicture& picture);

} // namespace sockwalk
