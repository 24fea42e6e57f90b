// A link to a moment: sockwalk:FILE#step=57. It is given to the program as if it were a file.
//
//   sockwalk:two.pkt#step=57               of the first named call, or the first frame, as --at 57
//   sockwalk:two.pkt#stimulus=3&step=12    of another system call or frame, by its number
//   sockwalk:walks/tcp-on-loopback.pkt#event=1200
//
// FILE is a path, or the name of something that comes with the program ("lessons/03-socket/lesson.md"). What a web page may
// not have in a link stands there as %20.
#pragma once
#include "engine/tell/position.h"

namespace sockwalk::tell {

inline constexpr std::string_view LinkScheme = "sockwalk";

struct Link {
  std::string file;  // that opens
  std::string place; // as positionNamed() takes it: "stimulus 3 step 12"; "": wherever the file opens
};

// file:///tmp/a%20b.pkt, as desktops name files, as a path; anything else as it is.
std::string plainPath(const std::string& word);

bool isLink(std::string_view text);
// Errors say what is wrong with it.
Result<Link> readLink(std::string_view text);
// To a moment; `file` as it is to be found again. Without the engine's data in front of it, where it lies there.
std::string linkTo(const Journal& journal, EventIndex first, EventIndex position, const std::string& file);
// The moment; `first`: where the session opens (firstMoment()).
Result<EventIndex> placeOf(const Link& link, const Journal& journal, EventIndex first);

} // namespace sockwalk::tell
