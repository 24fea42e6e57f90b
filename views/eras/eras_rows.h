// What the picture of two eras shows, row by row: the calls of a walk, or the members of a structure. Each row has a side
// for 2.6 and one for 6.1, and between them the mark that says what became of it.
#pragma once
#include "engine/tell/eras/other_era.h"
#include "engine/tell/eras/structures.h"
#include <QStringList>
#include <vector>

namespace sockwalk {

struct ErasSide {
  QString name;      // of a function, of a member; "": there is none
  QString more;      // what a call gave back, the type of a member
  QString from;      // who calls it; at which byte it is, and how many it has
  QString elsewhere; // of a side without name: where the other kernel's call is made on this one
  EventIndex begins = NoEvent, back = NoEvent; // of a call, in the record of its kernel
  int depth = 0;                               // below the system call
  Layer layer = Layer::User;
};
struct ErasRow {
  enum Kind { Heading, Call, Member, Sentence } kind = Call;
  tell::EraMark mark = tell::EraMark::Kept;
  QString words; // of a heading, of a sentence
  ErasSide then, now;
  const ErasSide& side(Era era) const { return era == Era::Linux26 ? then : now; }
};
struct ErasPicture {
  std::vector<ErasRow> rows;
  std::vector<size_t> counts;                                        // by mark
  Era open = Era::Linux61;                                           // whose record the walk goes through
  QString then = QStringLiteral("2.6"), now = QStringLiteral("6.1"); // the kernels
};

ErasPicture pictureOf(const tell::ErasOfWalk& both);
ErasPicture pictureOf(const tell::ErasOfStructure& structure);

} // namespace sockwalk
