// What a device and the cable behind it do with the frames that are sent.
#include "engine/tell/happenings/reader.h"
#include <utility>

namespace sockwalk::tell::happenings {

namespace {

void leftToDevice(Reader& r, const Moment& m) {
  Happening& h = r.tellFlow(HappeningKind::ChecksumsOfDevice, HappeningLevel::Notice, m, "", About::Departure);
  h.words = onceOrMore(h, say("the checksum of a frame is left to the card (%1)", "CHECKSUM_PARTIAL"),
                       "the checksums of %1 frames within %2 are left to the card");
  h.words = say("%1: not an error", h.words);
}
void summed(Reader& r, const Moment& m, u64) {
  if (m.values[0]) leftToDevice(r, m);
}
void sums(Reader& r, const Moment& m) { r.await(m.event, 0, summed); }

// ---- the cable behind it, where a scenario gives it a mind of its own
void cable(Reader& r, const Moment& m, u64 what, Text once, Words more) {
  Happening& h = r.tellFlow(HappeningKind::Cable, HappeningLevel::Notice, m, "", About::Nothing, what);
  if (h.count == 1) r.isAbout(h, r.lastLeft());
  h.words = onceOrMore(h, std::move(once), more);
}
void lost(Reader& r, const Moment& m) {
  cable(r, m, 0, say("the cable loses a frame"), Words("the cable loses %1 frames, within %2"));
}
void heldBack(Reader& r, const Moment& m) {
  cable(r, m, 1, say("the cable holds a frame back: later ones overtake it"),
        Words("the cable holds %1 frames back, within %2: later ones overtake them"));
}
void doubled(Reader& r, const Moment& m) {
  cable(r, m, 2, say("the cable delivers a frame twice"), Words("the cable delivers %1 frames twice, within %2"));
}

} // namespace

std::span<const Rule> frameRules() {
  static constexpr Rule rules[] = {{Rule::Note, "e1000.tso", leftToDevice},
                                   {Rule::Call, "e1000_tx_csum", sums},
                                   {Rule::Note, "cable.lost", lost},
                                   {Rule::Note, "cable.held_back", heldBack},
                                   {Rule::Note, "cable.doubled", doubled}};
  return rules;
}

} // namespace sockwalk::tell::happenings
