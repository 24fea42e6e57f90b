// How fast the journal records, and how fast any moment of ten million events is reached.
#include "engine/journal/playhead.h"
#include "engine/journal/recorder.h"
#include "engine/memory/slab.h"
#include "engine/memory/structures.h"
#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <random>

using namespace sockwalk;
using namespace sockwalk::kernel;

namespace {

FunctionInfo busy{"busy", "engine/bench", 1, "", {}};

// What kernel code does, in its usual mixture: a call, some small writes, a pointer, now and then an object.
void work(Recorder& recorder, SlabAllocator& slab, std::vector<const sk_buff*>& ring, u32 rounds) {
  for (u32 i = 0; i < rounds; ++i) {
    const u64 argument = i;
    const EventIndex call = recorder.call(busy, &argument, 1);
    const sk_buff*& skb = ring[i % ring.size()];
    if (i % 16 == 0) {
      slab.free(skb, 1);
      skb = static_cast<const sk_buff*>(slab.kmalloc(sizeof(sk_buff), TypeName<sk_buff>::index, false, 1));
    }
    set(skb->len, i);
    set(skb->tail, i + 1);
    set(skb->data, reinterpret_cast<const u8*>(skb));
    set(skb->transport_header, i);
    set(skb, sk_buff::bit::cloned, i);
    recorder.leave(call, true, i, 1);
  }
}
std::vector<const sk_buff*> makeRing(SlabAllocator& slab, u32 n) {
  std::vector<const sk_buff*> ring;
  for (u32 i = 0; i < n; ++i)
    ring.push_back(static_cast<const sk_buff*>(slab.kmalloc(sizeof(sk_buff), TypeName<sk_buff>::index, true, 1)));
  return ring;
}

void Record(benchmark::State& state) {
  u64 events = 0, bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto recorder = std::make_unique<Recorder>();
    SlabAllocator slab(recorder->arena(), *recorder);
    auto ring = makeRing(slab, 512);
    state.ResumeTiming();
    work(*recorder, slab, ring, 140000);
    events += recorder->journal().size();
    bytes += recorder->journal().bytesUsed();
    state.PauseTiming();
    recorder.reset();
    state.ResumeTiming();
  }
  state.counters["events/s"] = benchmark::Counter(double(events), benchmark::Counter::kIsRate);
  state.counters["bytes/event"] = double(bytes) / double(events);
}
BENCHMARK(Record)->Unit(benchmark::kMillisecond);

void SeekIn10MillionEvents(benchmark::State& state) {
  static Recorder recorder;
  static SlabAllocator slab(recorder.arena(), recorder);
  if (recorder.journal().size() < 10000000) {
    auto ring = makeRing(slab, 4096);
    while (recorder.journal().size() < 10000000) work(recorder, slab, ring, 100000);
  }
  Playhead playhead(recorder.journal());
  std::mt19937 random(1);
  std::vector<double> ms;
  for (auto _ : state) {
    const auto from = std::chrono::steady_clock::now();
    playhead.seek(static_cast<EventIndex>(random() % recorder.journal().size()));
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count());
  }
  std::sort(ms.begin(), ms.end());
  state.counters["p50_ms"] = ms[ms.size() / 2];
  state.counters["p99_ms"] = ms[ms.size() * 99 / 100];
  state.counters["events"] = recorder.journal().size();
}
BENCHMARK(SeekIn10MillionEvents)->Unit(benchmark::kMillisecond)->Iterations(2000);

} // namespace
BENCHMARK_MAIN();
