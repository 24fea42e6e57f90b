// One pass over the journal. A rule says for which note or call of the kernel something is told; the rules stand in a file
// for each group of kinds. Names are looked up once, so that thirty million events cost two comparisons each.
#pragma once
#include "engine/feed/headers.h"
#include "engine/journal/playhead.h"
#include "engine/memory/structures.h"
#include "engine/tell/happenings/arrivals.h"
#include "engine/tell/happenings/happenings.h"
#include <map>
#include <set>

namespace sockwalk::tell::happenings {

// A Note or Call event for which there is a rule.
struct Moment {
  EventIndex event;
  s64 time;
  std::span<const u64> values; // its arguments
};

constexpr s64 Never = -1;

// What is remembered of a socket or of the request for one, until it is freed.
struct Connection {
  u32 serial = 0;
  std::string flow; // "" until it is first asked for
  // opening
  s64 asked = Never;  // the SYN
  s64 queued = Never; // it waits for accept()
  int handshake = -1; // the frame that ended it
  // loss
  struct {
    s64 begun = Never;
    s64 trip = 0;              // a round trip, as it was measured then
    u32 before = 0, after = 0; // the congestion window
    int lost = 0, resent = 0;
  } recovery;
  s64 timedOut = Never; // the first timeout of this loss
  bool refused = false; // what was to be sent again last was not
  int againError = 0;   // and why one was not, -errno
  int synsAgain = 0;    // how many left
  u32 windowBefore = 0, windowAfter = 0;
  // receiving
  s64 hole = Never, longestHole = 0;
  s64 closed = Never, longestClosed = 0; // our window
  s64 shut = Never, longestShut = 0;     // the peer's
  int probes = 0;
  // ending
  bool resetTold = false; // why it will send a RST
  int unheard = 0;        // the error that its program has not got yet
};

class Reader;
struct Rule {
  enum On : u8 { Note, Call } on;
  std::string_view name;
  void (*tell)(Reader&, const Moment&);
};
std::span<const Rule> openingRules();
std::span<const Rule> lossRules();
std::span<const Rule> receivingRules();
std::span<const Rule> endingRules();
std::span<const Rule> networkRules();
std::span<const Rule> frameRules();

enum class About : u8 {
  Nothing,
  Arrival,
  Departure
}; // which frame: the one that is being handled, or the next to leave

class Reader {
public:
  explicit Reader(const Journal& journal);
  void update(EventIndex until);
  const std::vector<Happening>& all() const { return m_all; }
  EventIndex seen() const { return m_seen; }
  const Journal& journal() const { return m_journal; }

  // ---- what the rules ask
  Connection& connection(u64 socket) { return connectionAt(static_cast<u32>(socket)); }
  Connection& newConnection(u64 socket); // it begins anew
  const std::string& flowOf(u64 socket, EventIndex event);
  // An object as it is just before an event.
  template <class T> const T& object(u64 address, EventIndex event) {
    m_at.seek(event);
    return *m_at.object<T>(address);
  }
  u64 argumentAround(EventIndex event, std::string_view type) const; // of the innermost call that was handed one; 0
  std::string_view functionAround(EventIndex event) const;           // those that only free are passed over
  std::string_view callerOf(EventIndex call) const;
  int arrivalAround(EventIndex event) const; // the frame that is being handled; -1
  int lastLeft() const { return m_left; }    // the frame that left last; -1
  int arrivalOf(u64 skb) const { return m_arrivals.of(skb); }
  EventIndex arrivalEvent(int frame) const { return m_arrivals.eventOf(frame); }
  FrameHeaders headersOf(int frame) const;

  // ---- what they tell
  // The same again is counted: of the same kind, subject and `extra`.
  Happening& tell(HappeningKind kind, HappeningLevel level, const Moment& m, u64 socket, About about, u64 extra = 0);
  Happening& tellFlow(HappeningKind kind, HappeningLevel level, const Moment& m, const std::string& flow, About about,
                      u64 extra = 0);
  Happening* told(HappeningKind kind, u64 socket);
  void isAbout(Happening& happening, int frame) const; // -1: nothing is changed
  // What was told last of the frame that is being handled, if it is of this kind: for who knows more of it.
  Happening* toldOfFrame(HappeningKind kind, EventIndex event);
  // Calls `then` with the result when the call returns.
  void await(EventIndex call, u64 subject, void (*then)(Reader&, const Moment&, u64 subject));
  void awaitError(u64 socket) { m_unheard.insert(socket); }
  EventIndex neighbourQueued = 0; // when a packet last had to wait for the address of its next hop
  int closedWindows = 0;          // how many sockets have sent a zero window

private:
  struct Key {
    HappeningKind kind;
    u32 serial;
    std::string flow;
    u64 extra;
    auto operator<=>(const Key&) const = default;
  };
  struct Awaited {
    EventIndex call;
    u64 subject;
    void (*then)(Reader&, const Moment&, u64 subject);
  };
  struct Leaving {
    size_t index;
    std::string flow; // "": any
    s64 until;        // what leaves later is another
  };
  using Tell = void (*)(Reader&, const Moment&);

  void add(std::span<const Rule> rules);
  void read(EventIndex i);
  void returned(const Event& e, EventIndex i);
  void errorReturned(const Event& e, EventIndex i);
  void frame(const Event& e, EventIndex i);
  void mark(const Event& e, EventIndex i);
  void drop(const Event& e, EventIndex i);
  void refused(const Event& e, EventIndex i);
  void freed(const Event& e);
  void panic(EventIndex i);
  void leaves(size_t index, const std::string& flow, EventIndex event);
  Text contentsOf(int frame) const;
  Connection& connectionAt(u32 offset);
  Happening& fold(const Key& key, HappeningLevel level, const Moment& m, About about);
  Moment momentOf(EventIndex i) const { return {i, m_journal.timeAt(i), m_journal.arguments(m_journal[i])}; }
  Moment placeOf(EventIndex i) const { return {i, m_journal.timeAt(i), {}}; } // of an event that has no arguments

  const Journal& m_journal;
  Playhead m_at;
  Arrivals m_arrivals;
  std::vector<Tell> m_onNote, m_onCall;              // by id
  std::unordered_map<u32, Connection> m_connections; // by offset
  u32 m_serials = 0;
  std::vector<Happening> m_all;
  std::map<Key, size_t> m_index;
  std::vector<Awaited> m_awaited;
  std::vector<Leaving> m_leaving; // what waits for its frame to leave
  std::set<u64> m_unheard;        // sockets whose program will get an error
  int m_left = -1;                // the frame that left last
  int m_explained = -1;           // the frame of which something was told last
  size_t m_explainedBy = 0;
  EventIndex m_seen = 0;
};

std::string flowName(u32 source, u16 sourcePort, u32 destination, u16 destinationPort); // in host byte order
std::string flowName(const FrameHeaders& headers);
std::string shortReason(u32 reason); // "NO_SOCKET"
Text spanOf(const Happening& h);     // "2.14 ms", between the first time and the last
// One sentence for once, the other, with the count as %1 and the span as %2, for more.
Text onceOrMore(const Happening& h, Text once, Words more);

} // namespace sockwalk::tell::happenings
