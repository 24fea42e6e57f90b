// A capture relived: every frame of the file, and beside each that the host sent what our kernel sent. Same, equivalent
// (acknowledged at another moment, cut into other segments), or different, and in which fields.
#pragma once
#include "engine/base/bytes.h"
#include "engine/scenario/session.h"
#include "engine/tell/relive/verdict.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

struct RelivedFrame {
  u32 number = 0;                // of the file, from 1; 0: only our kernel sent it
  s64 time = 0;                  // ns since the first frame
  bool in = false, out = false;  // to the host, from it; neither: of others
  std::string from, to, summary; // "10.9.0.1:50001", "10.9.0.2:80", "TCP SYN ..."
  Verdict verdict = Verdict::None;
  std::vector<FieldDifference> differences;
  std::vector<EventIndex> events; // in: its arrival. out: where our kernel sent it
  std::string function;           // that decided
  s64 late = 0;                   // ns by which ours was later
  Text outcome;                   // what became of it, or why the verdict is what it is
};

struct RelivedTotals {
  u32 frames = 0, received = 0, sent = 0; // of the file
  u32 same = 0, equivalent = 0, different = 0;
  u32 notRelived = 0;                // the host sent them, and they are nothing that is played
  u32 extra = 0, extraDifferent = 0; // that only our kernel sent; of those, what is a difference
  bool good() const { return !different && !extraDifferent; }
  double share() const { // of what is relived that is same or equivalent
    const u32 all = same + equivalent + different + extraDifferent;
    return all ? double(same + equivalent) / all : 1;
  }
};

struct RelivedCapture {
  std::string file, host;           // "10.9.0.2"
  std::vector<RelivedFrame> frames; // in the order of time; those of the file under its numbers
  RelivedTotals totals;
  std::vector<Text> flows; // what each connection was taken for
};

// Of a session that has run out. Nothing: it plays no capture. `shown`: which frames are told and counted; all are relived.
using ShownFrames = std::function<bool(ByteView frame)>;
std::optional<RelivedCapture> relivedCapture(const scenario::Session& session, const ShownFrames& shown = {});
std::vector<std::string> lines(const RelivedCapture& relived);
nlohmann::json json(const RelivedCapture& relived);

} // namespace sockwalk::tell
