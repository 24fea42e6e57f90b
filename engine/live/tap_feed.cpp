#include "engine/live/tap_feed.h"
#include <algorithm>

namespace sockwalk::live {

namespace {

constexpr std::size_t MostWaiting = 256;   // frames that wait for the host's queue; more are lost, as on a wire
constexpr int MostAtOnce = 64;             // frames read in a row: a flood may not keep a window from answering
constexpr s64 BetweenCounts = 200'000'000; // ns; asking the host what it threw away takes longer than a frame

} // namespace

TapFeed::TapFeed(Tap tap, scenario::Session& session, s64 host)
    : m_end(std::make_shared<HostEnd>(std::move(tap))), m_session(session), m_clock(session, host), m_counted(host) {
  session.onTransmit = [end = std::weak_ptr(m_end)](std::span<const u8> frame) {
    if (const auto alive = end.lock()) alive->transmit(frame);
  };
}

Result<bool> TapFeed::receive(s64 host) {
  std::vector<u8> frame;
  bool any = false;
  for (int i = 0; i < MostAtOnce; ++i) {
    Result<bool> got = m_end->tap.read(frame);
    if (!got) return got;
    if (!*got) break;
    ++m_received;
    m_session.frame(frame, m_clock.arrival(host));
    any = true;
  }
  if (any && !m_countAt) m_countAt = m_counted + BetweenCounts;
  return tick(host) || any;
}

bool TapFeed::tick(s64 host) {
  countMissed(host);
  const auto before = m_session.stimuli().size();
  m_clock.tick(host);
  return m_session.stimuli().size() != before;
}

void TapFeed::countMissed(s64 host) {
  if (!m_countAt || host < *m_countAt) return;
  m_countAt.reset();
  m_counted = host;
  m_missed = m_end->tap.missed();
}

std::optional<s64> TapFeed::rest(s64 host) {
  const std::optional<s64> timer = m_clock.rest(host);
  if (!m_countAt) return timer;
  const s64 count = std::max<s64>(0, *m_countAt - host);
  return timer ? std::min(*timer, count) : count;
}

void TapFeed::HostEnd::transmit(std::span<const u8> frame) {
  if (outgoing.size() >= MostWaiting) return void(++refused);
  outgoing.emplace_back(frame.begin(), frame.end());
  flush();
}

void TapFeed::HostEnd::flush() {
  while (!outgoing.empty()) {
    const Result<bool> sent = tap.write(outgoing.front());
    if (sent && !*sent) return; // the host's queue is full
    if (!sent) ++refused;
    outgoing.pop_front();
  }
}

} // namespace sockwalk::live
