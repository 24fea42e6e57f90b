#include "engine/tell/relive/match.h"
#include <algorithm>
#include <span>

namespace sockwalk::tell {

using scenario::after;
using scenario::before;
using scenario::HostFrame;

namespace {

bool resets(const HostFrame& f) { return f.headers.tcp->flags & TcpRst; }

// The same bytes in the same cut first; else those pieces of ours that together have them.
std::vector<OurFrame*> dataFor(const scenario::CapturedSegment& c, std::span<OurFrame* const> ours) {
  for (OurFrame* o : ours)
    if (!o->taken && o->cursor == o->seq && o->seq == c.seq && o->end == c.end && !resets(o->frame)) {
      o->cursor = o->end;
      o->taken = true;
      return {o};
    }
  std::vector<OurFrame*> pieces;
  u32 at = c.seq;
  for (OurFrame* o : ours) {
    if (at == c.end) break;
    if (o->taken || resets(o->frame) || !o->data() || o->cursor != at) continue;
    const u32 to = before(o->end, c.end) ? o->end : c.end;
    at = o->cursor = to;
    o->taken = o->cursor == o->end;
    pieces.push_back(o);
  }
  return pieces;
}

OurFrame* resetFor(const scenario::CapturedSegment& c, std::span<OurFrame* const> ours) {
  for (OurFrame* o : ours)
    if (!o->taken && resets(o->frame) && o->seq == c.seq) return o->taken = true, o;
  for (OurFrame* o : ours)
    if (!o->taken && resets(o->frame)) return o->taken = true, o;
  return nullptr;
}

// A bare acknowledgement: of the same number, and if there are several, one that says the same besides.
OurFrame* acknowledgementFor(const scenario::CapturedSegment& c, std::span<OurFrame* const> ours) {
  OurFrame* best = nullptr;
  s64 bestScore = 0;
  for (OurFrame* o : ours) {
    if (o->taken || o->data() || resets(o->frame)) continue;
    const TcpHeader& h = *o->frame.headers.tcp;
    if (h.acknowledgement != c.tcp().acknowledgement || h.sequence != c.seq) continue;
    const s64 away = std::abs(o->frame.time - c.frame->time) / 1000;
    const s64 score = (o->options.sacks == c.options.sacks ? 0 : s64(1) << 40) + away;
    if (best && score >= bestScore) continue;
    best = o;
    bestScore = score;
  }
  if (best) best->taken = true;
  return best;
}

bool acknowledged(const scenario::CapturedSegment& c, const std::vector<OurFrame*>& ours) {
  return c.has(TcpAck) && std::any_of(ours.begin(), ours.end(), [&](const OurFrame* o) {
           const TcpHeader& h = *o->frame.headers.tcp;
           return h.flags & TcpAck && !before(h.acknowledgement, c.tcp().acknowledgement);
         });
}

bool alike(const HostFrame& a, const HostFrame& b) {
  const FrameHeaders &x = a.headers, &y = b.headers;
  if (x.arp && y.arp) return x.arp->operation == y.arp->operation && x.arp->target == y.arp->target;
  if (!x.ipv4 || !y.ipv4 || x.ipv4->fragmentOffset != y.ipv4->fragmentOffset) return false;
  if (x.icmp && y.icmp && (x.icmp->type != y.icmp->type || x.icmp->rest != y.icmp->rest)) return false;
  const ByteView p = a.payload(), q = b.payload();
  const size_t both = std::min(p.size(), q.size());
  return a.headers.wirePayloadLength == b.headers.wirePayloadLength &&
         std::equal(p.begin(), p.begin() + static_cast<long>(both), q.begin());
}

} // namespace

std::vector<Matched> matchTcp(const std::vector<const HostFrame*>& captured, const std::vector<OurFrame*>& ours) {
  std::vector<Matched> all;
  std::span<OurFrame* const> left = ours; // those before are taken
  for (const HostFrame* f : captured) {
    while (!left.empty() && left.front()->taken) left = left.subspan(1);
    const scenario::CapturedSegment c = scenario::segmentOf(*f);
    Matched m{f, {}};
    if (c.has(TcpRst)) {
      if (OurFrame* o = resetFor(c, left)) m.ours = {o};
    } else if (c.seq != c.end) {
      m.ours = dataFor(c, left);
    } else if (OurFrame* o = acknowledgementFor(c, left)) {
      m.ours = {o};
    } else {
      m.covered = acknowledged(c, ours);
    }
    all.push_back(std::move(m));
  }
  return all;
}

std::vector<Matched> matchOther(const std::vector<const HostFrame*>& captured, const std::vector<OurFrame*>& ours) {
  std::vector<Matched> all;
  for (const HostFrame* f : captured) {
    Matched m{f, {}};
    for (OurFrame* o : ours)
      if (!o->taken && alike(*f, o->frame)) {
        o->taken = true;
        m.ours = {o};
        break;
      }
    all.push_back(std::move(m));
  }
  return all;
}

} // namespace sockwalk::tell
