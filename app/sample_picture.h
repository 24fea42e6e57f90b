// Small pictures of what a walk shows, drawn in the colours of its layers: on the doors of the welcome page and beside
// its samples.
#pragma once
#include <QRectF>

class QPainter;

namespace sockwalk {

enum class SamplePicture {
  None,
  CallPath,   // three functions, one below the other
  Capture,    // frames, one after the other
  Buffer,     // an sk_buff with its headers
  Handshake,  // three segments between two ends
  Lost,       // one of them does not arrive
  OutOfOrder, // two cross
  Router,     // three hosts in a row
  Poll,       // one that waits for several
  Refused,    // what is sent comes back
  Window,     // room that becomes less, and none
  Fragments,  // pieces of one datagram, one of them missing
};

void drawSamplePicture(QPainter& painter, const QRectF& area, SamplePicture picture);

} // namespace sockwalk
