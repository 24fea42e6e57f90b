#include "engine/feed/hosts.h"
#include "engine/feed/pcapng_writer.h"
#include "engine/scenario/capture_frames.h"
#include "tests/fuzz/frame_fuzz.h"

namespace sockwalk {

namespace {

constexpr std::size_t MostBytes = 1 << 20;

std::string written(const std::vector<CapturedFrame>& frames) {
  PcapngWriter writer("fuzz");
  CaptureInterface ethernet;
  ethernet.linkType = 1;
  writer.interface(ethernet);
  for (const CapturedFrame& f : frames)
    writer.frame({0, f.epochNs, f.originalLength, f.bytes, f.direction, std::string(f.comment)});
  return writer.take();
}

} // namespace

std::string readHostileCapture(ByteView input) {
  const auto file = CaptureFile::read("fuzz", {input.begin(), input.end()}, MostBytes);
  if (!file) return file.error().message.empty() ? "an error without words" : "";
  findHosts(*file);
  std::vector<CapturedFrame> played;
  for (const CapturedFrame& frame : file->frames()) {
    for (const auto& arrival : scenario::arrivalsOf(frame))
      if (arrival.size() > frame.bytes.size() + 65535) return "a frame grew beyond what IP can hold";
    if (!frame.bytes.empty()) played.push_back(frame);
  }
  const auto again = CaptureFile::read("again", written(played), 2 * MostBytes);
  if (!again) return played.empty() ? "" : "what was written is not read: " + again.error().message;
  for (std::size_t i = 0; i < played.size(); ++i)
    if (i >= again->size() || again->frame(i).epochNs != played[i].epochNs ||
        again->frame(i).originalLength != played[i].originalLength ||
        again->frame(i).bytes.size() != played[i].bytes.size())
      return "frame " + std::to_string(i + 1) + " is not read as it was written";
  return "";
}

} // namespace sockwalk
