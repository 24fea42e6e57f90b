// A hundred megabytes from one simulated host to the other, over a cable that loses, reorders and doubles frames: every
// byte arrives, and the same seed gives the same record.
#include "tests/engine/kernel/net/networks.h"

namespace sockwalk::kernel {
namespace {

constexpr u32 Client = ip4(10, 1, 0, 1), Server = ip4(10, 1, 0, 2);
constexpr u32 Chunk = 256 * 1024;

// What byte `at` of the stream is: no period that a segment could have.
u8 byteAt(u64 at) { return static_cast<u8>((at * 0x9e3779b97f4a7c15ull) >> 56); }

struct Result {
  u64 received = 0, wrongAt = ~0ull, hash = 0;
  u32 events = 0;
  s64 time = 0; // simulated ns
  Cable::Counts frames;
  std::string stopped;
};

class Transfer : Network {
public:
  Transfer(u64 size, u64 seed) : Network(2, seed), m_size(size), m_cable(m.machine, 2, 3) {
    m_client = host("client");
    m_server = host("server");
    move("eth0", m_client);
    move("eth1", m_server, "eth0");
    up(m_client, "eth0", Client, 24);
    up(m_server, "eth0", Server, 24);
    CableConditions c;
    c.delay = 200'000;
    c.gather = 20'000;
    c.bitsPerSecond = 1'000'000'000;
    c.loss = c.reorder = c.duplicate = 10'000;
    c.seed = seed;
    m_cable.set(c);
  }
  Result run() {
    open();
    Result r;
    std::vector<u8> chunk(Chunk);
    u64 sent = 0;
    u32 sending = NoCall, receiving = NoCall;
    bool closed = false;
    const u64 from = userRoom(m_client), to = userRoom(m_server);
    while (r.received < m_size && r.wrongAt == ~0ull && !m.machine.panicked()) {
      if (!m.machine.busy(m_client.task) && !closed) {
        if (sending != NoCall) {
          const s64 n = m.resultOf(sending);
          if (n <= 0) return finish(r, "send gave " + std::to_string(n));
          sent += static_cast<u64>(n);
        }
        if (sent == m_size) {
          closed = true;
        } else {
          const u32 n = static_cast<u32>(std::min<u64>(Chunk, m_size - sent));
          for (u32 i = 0; i < n; ++i) chunk[i] = byteAt(sent + i);
          sending = m.machine.systemCall(m_client.task, "send", [&, n, from] {
            setBytes(m.machine.recorder().arena().at(static_cast<u32>(from)), chunk.data(), n);
            return __x64_sys_sendto(m_out, from, n, 0, 0, 0);
          });
        }
      }
      if (!m.machine.busy(m_server.task)) {
        if (receiving != NoCall) {
          const s64 n = m.resultOf(receiving);
          if (n <= 0) return finish(r, "recv gave " + std::to_string(n));
          const u8* got = m.machine.recorder().arena().at(static_cast<u32>(to));
          for (s64 i = 0; i < n && r.wrongAt == ~0ull; ++i)
            if (got[i] != byteAt(r.received + static_cast<u64>(i))) r.wrongAt = r.received + static_cast<u64>(i);
          r.received += static_cast<u64>(n);
        }
        if (r.received < m_size)
          receiving = m.machine.systemCall(m_server.task, "recv",
                                           [&, to] { return __x64_sys_recvfrom(m_in, to, Chunk, 0, 0, 0); });
      }
      const bool idle = (m.machine.busy(m_client.task) || closed) && m.machine.busy(m_server.task);
      if (!idle) continue;
      if (m.machine.nextTimer() < 0) return finish(r, "nothing is to come any more");
      if (m.machine.now() > 3600'000'000'000) return finish(r, "an hour has passed");
      m.machine.runUntil(m.machine.nextTimer());
    }
    return finish(r, m.machine.panicText());
  }

private:
  static constexpr u32 NoCall = ~0u;
  u64 userRoom(const Host& h) { return Arena::address(m.machine.userMemory(h.task, Chunk)); }
  Result finish(Result r, std::string why) {
    r.stopped = std::move(why);
    r.hash = m.machine.journal().hash();
    r.events = m.machine.journal().size();
    r.time = m.machine.now();
    r.frames = m_cable.counts();
    return r;
  }
  void open() {
    const u64 mine = m.address(Server, 5001);
    const int listener = static_cast<int>(call(m_server, [] { return __x64_sys_socket(2, 1, 0); }));
    EXPECT_EQ(call(m_server, [=] { return __x64_sys_bind(listener, mine, 16); }), 0);
    EXPECT_EQ(call(m_server, [=] { return __x64_sys_listen(listener, 5); }), 0);
    const u32 accepting =
        m.machine.systemCall(m_server.task, "accept", [=] { return __x64_sys_accept(listener, 0, 0); });
    m_out = static_cast<int>(call(m_client, [] { return __x64_sys_socket(2, 1, 0); }));
    const u32 connecting =
        m.machine.systemCall(m_client.task, "connect", [=, this] { return __x64_sys_connect(m_out, mine, 16); });
    while ((m.machine.busy(m_client.task) || m.machine.busy(m_server.task)) && m.machine.nextTimer() >= 0 &&
           m.machine.now() < 60'000'000'000)
      m.machine.runUntil(m.machine.nextTimer());
    EXPECT_EQ(m.resultOf(connecting), 0);
    m_in = static_cast<int>(m.resultOf(accepting));
    EXPECT_GE(m_in, 0);
  }

  const u64 m_size;
  Host m_client, m_server;
  Cable m_cable;
  int m_out = -1, m_in = -1;
};

Result transfer(u64 size, u64 seed) { return Transfer(size, seed).run(); }

void expectWhole(const Result& r, u64 size) {
  EXPECT_EQ(r.stopped, "");
  EXPECT_EQ(r.wrongAt, ~0ull);
  EXPECT_EQ(r.received, size);
  EXPECT_GT(r.frames.lost, 0u);
  EXPECT_GT(r.frames.reordered, 0u);
  EXPECT_GT(r.frames.duplicated, 0u);
}

TEST(TransferOverABadCable, AMegabyteArrivesTheSameWayTwice) {
  constexpr u64 size = 1 << 20;
  const Result a = transfer(size, 7), b = transfer(size, 7), other = transfer(size, 8);
  expectWhole(a, size);
  expectWhole(other, size);
  EXPECT_EQ(a.hash, b.hash);
  EXPECT_EQ(a.events, b.events);
  EXPECT_NE(a.hash, other.hash);
  RecordProperty("events", static_cast<int>(a.events));
}

// Twice, since the record must be the same. SOCKWALK_TRANSFER_MB changes how much; a record of 100 MB takes 3.6 GB.
u64 sizeOfTheLargeOne() {
  if (const char* asked = std::getenv("SOCKWALK_TRANSFER_MB")) return std::stoull(asked) * 1'000'000;
#ifdef __SANITIZE_ADDRESS__
  return 10'000'000;
#else
  return 100'000'000;
#endif
}

TEST(TransferOverABadCable, AHundredMegabytesArriveAndTheRecordIsTheSameForTheSameSeed) {
  const u64 size = sizeOfTheLargeOne();
  const Result r = transfer(size, 7);
  expectWhole(r, size);
  std::printf("%llu bytes, %llu frames (%llu lost, %llu reordered, %llu doubled), %u events, %.3f s simulated, record "
              "%016llx\n",
              static_cast<unsigned long long>(r.received), static_cast<unsigned long long>(r.frames.sent),
              static_cast<unsigned long long>(r.frames.lost), static_cast<unsigned long long>(r.frames.reordered),
              static_cast<unsigned long long>(r.frames.duplicated), r.events, double(r.time) / 1e9,
              static_cast<unsigned long long>(r.hash));
  const Result again = transfer(size, 7);
  EXPECT_EQ(again.received, size);
  EXPECT_EQ(again.events, r.events);
  EXPECT_EQ(again.hash, r.hash);
}

} // namespace
} // namespace sockwalk::kernel
