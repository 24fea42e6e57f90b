// What a device does for the frames that it sends.
#include "engine/tell/happenings/reader.h"
#include "engine/tell/values.h"

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

} // namespace

std::span<const Rule> frameRules() {
  static constexpr Rule rules[] = {{Rule::Note, "e1000.tso", leftToDevice}, {Rule::Call, "e1000_tx_csum", sums}};
  return rules;
}

} // namespace sockwalk::tell::happenings
