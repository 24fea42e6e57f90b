#include "tests/support/census.h"
#include "engine/journal/playhead.h"
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include "engine/kernel/syscalls.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::testing {

namespace {

using namespace kernel;

constexpr s64 Hour = 3600 * 1'000'000'000ll; // longer than TIME_WAIT, than retransmission, than the neighbour's garbage

// What the kernel itself keeps when nobody uses it any more, and how much of it at the most.
struct Kept {
  const char *cache, *type; // "": any
  u32 most;
  const char* reason;
};
constexpr Kept kept[] = {
    {"ip_dst_cache", "", 64,
     "routes stay in the next hop that they were made for (nhc_pcpu_rth_output, nhc_rth_input)"},
    {"", "neighbour", 256, "the neighbour table keeps an entry below gc_thresh1 for as long as it is valid"},
    {"inet_peer_cache", "", 256, "an inet_peer stays until the tree is crowded"},
    {"", "tcp_metrics_block", 256, "what was learned of a destination is for the next connection to it"},
    {"", "tcpm_hash_bucket", 1, "the same"},
    {"", "uncached_list", 1, "a list head for each CPU"},
    {"pages", "", 64, "page fragments: the rest of a page serves the next buffer; slabs of /tmp's files"},
    {"", "fib_nh_exception", 64, "a path MTU that was learned stays with its next hop"},
    {"", "fnhe_hash_bucket", 8, "the table of these"},
    {"pid", "pid", 8, "each task has one"},
    {"", "bucket_table", 8, "a hash table that has grown, or that the first of its kind has made"},
    {"nf_conntrack", "", 64, "a connection whose time is over stays until somebody finds it: no gc_worker looks"},
    {"", "nf_ct_ext", 64, "what is told of it, the same"},
    {"", "ip_mc_list", 8, "a group that the device joined"},
};

std::string keyOf(const Journal& j, const Allocation& a) {
  const LayoutInfo* layout = layoutOf(a.type);
  return j.caches()[a.cache].name + " " + std::string(layout ? layout->name : "bytes");
}

const Kept* keptFor(const std::string& key) {
  const size_t space = key.find(' ');
  const std::string cache = key.substr(0, space), type = key.substr(space + 1);
  for (const Kept& k : kept)
    if ((!*k.cache || cache == k.cache) && (!*k.type || type == k.type)) return &k;
  return nullptr;
}

std::string bornIn(const Journal& j, const Allocation& a) {
  std::string path;
  int depth = 0;
  for (EventIndex c = j.callAround(a.born); c != NoEvent && depth < 4; c = j.callerOf(c), ++depth)
    path += (path.empty() ? "" : " < ") + std::string(j.function(j[c]).name);
  const int stimulus = j.stimulusAt(a.born);
  return path + (stimulus < 0 ? "" : ", in: " + j.stimuli()[static_cast<size_t>(stimulus)].text);
}

// What an administrator sets up (devices, namespaces, addresses, rules) stays until he takes it away; so does a file, with
// the file system that was made for it.
bool isSetUp(const Journal& j, const Allocation& a) {
  const int stimulus = j.stimulusAt(a.born);
  if (stimulus < 0) return false;
  const std::string& text = j.stimuli()[static_cast<size_t>(stimulus)].text;
  for (const char* command : {"ip ", "iptables ", "tc ", "sysctl ", "ethtool "})
    if (text.starts_with(command)) return true;
  // A name that was looked up stays in the cache of names, whether or not there is such a file; a file until it is unlinked.
  if (const std::string born = bornIn(j, a); text.find("sun_path") != text.npos)
    for (const char* maker : {"d_alloc_parallel", "lookup_one_qstr_excl", "shmem_get_inode"})
      if (born.find(maker) != born.npos) return true;
  const LayoutInfo* layout = layoutOf(a.type);
  return text.starts_with("open(") && !(layout && layout->name == "file");
}

// What the machine itself makes for a task, outside of any call of it: task_struct, its signal handlers, its descriptor
// table, its terminal, which it shares with the shell that is thought to have started it.
bool isOfTask(const Journal& j, const Allocation& a) {
  EventIndex outermost = j.callAround(a.born);
  if (outermost == NoEvent) return true;
  while (j.callerOf(outermost) != NoEvent) outermost = j.callerOf(outermost);
  return j.function(j[outermost]).name == "alloc_empty_file_noaccount" || j.function(j[outermost]).name == "copy_files";
}

// napi_alloc_cache keeps freed sk_buffs for the next poll: they are not lost.
u32 sparesOfNapi() {
  const DataSymbol* count = Symbols::get().dataNamed("napi_alloc_cache.skb_count");
  u32 spares = 0;
  if (count) std::memcpy(&spares, t_arena->at(count->offset), sizeof spares);
  return spares;
}

// ---- objects

void objectsLeft(const Journal& j, const Census& boot, std::vector<std::string>& wrong) {
  const u32 spares = sparesOfNapi();
  Census seen, alive; // what is set up stands for what it takes the place of: a device's in_device in another namespace
  for (const Allocation* a : liveAt(j, j.size())) {
    ++alive[keyOf(j, *a)];
    if (isOfTask(j, *a) || isSetUp(j, *a)) continue;
    const std::string key = keyOf(j, *a);
    const auto before = boot.find(key);
    const Kept* k = keptFor(key);
    u32 allowed = (before == boot.end() ? 0 : before->second) + (k ? k->most : 0);
    if (key == "skbuff_head_cache sk_buff") allowed += spares;
    if (++seen[key] > allowed && seen[key] <= allowed + 3) // three of a kind tell enough
      wrong.push_back("left alive: " + key + ", born in " + bornIn(j, *a));
  }
  for (const auto& [key, count] : boot)
    if (alive[key] < count && !keptFor(key))
      wrong.push_back("gone: " + key + ": " + std::to_string(count) + " after boot, now " + std::to_string(alive[key]));
}

// ---- sockets, at the moment that each is freed

bool isSock(const Journal& j, u16 type, const LayoutInfo& sockLayout) {
  const LayoutInfo* layout = layoutOf(type);
  if (!layout) return false;
  const std::string_view name = layout->name;
  return layout == &sockLayout || name == "tcp_sock" || name == "udp_sock" || name == "raw_sock" ||
         name == "ping_sock" || name == "inet_sock" || name == "inet_connection_sock";
}

void accountsOf(const Journal& j, std::vector<std::string>& wrong) {
  Playhead at(j);
  const LayoutInfo* layout = layoutNamed("sock");
  for (const Allocation& a : j.allocations()) {
    if (a.died == NoEvent || !isSock(j, a.type, *layout)) continue;
    at.seek(a.died);
    const auto* sk = at.object<sock>(a.offset);
    const auto settled = [&](const char* what, s64 value, s64 expected) {
      if (value != expected)
        wrong.push_back(std::string(what) + " of " + objectOf(a).name + " is " + std::to_string(value) +
                        " when it is freed, not " + std::to_string(expected) + "; born in " + bornIn(j, a));
    };
    settled("sk_rmem_alloc", sk->sk_backlog.rmem_alloc.counter, 0);
    settled("sk_wmem_alloc", static_cast<s32>(sk->sk_wmem_alloc.refs.counter), 0);
    settled("sk_omem_alloc", sk->sk_omem_alloc.counter, 0);
    settled("sk_wmem_queued", sk->sk_wmem_queued, 0);
    settled("sk_forward_alloc", sk->sk_forward_alloc, 0);
    settled("sk_refcnt", static_cast<s32>(sk->__sk_common.skc_refcnt.refs.counter), 0);
    settled("sk_receive_queue.qlen", sk->sk_receive_queue.qlen, 0);
  }
}

// ---- the accounts that protocols keep for all their sockets

void protocolAccounts(Machine& machine, std::vector<std::string>& wrong) {
  EnterMachine enter(machine);
  for (const char* name : {"tcp_prot", "udp_prot", "raw_prot", "ping_prot", "udplite_prot"}) {
    const DataSymbol* symbol = Symbols::get().dataNamed(name);
    if (!symbol) continue;
    const auto* prot = reinterpret_cast<const proto*>(t_arena->at(symbol->offset));
    const auto zero = [&](const std::string& what, s64 value) {
      if (value)
        wrong.push_back(std::string(name) + ": " + what + " is " + std::to_string(value) + " when no socket is left");
    };
    const void* allocated = prot->memory_allocated;
    const s32* reserve = prot->per_cpu_fw_alloc; // taken from the common account, not yet needed
    if (allocated) zero("memory_allocated", *static_cast<const s64*>(allocated) + (reserve ? *reserve : 0));
    if (const percpu_counter* sockets = prot->sockets_allocated) {
      const s32* here = sockets->counters; // what this CPU has not added up yet
      zero("sockets_allocated", sockets->count + (here ? *here : 0));
    }
  }
}

// ---- references to what stays

void referencesTo(Machine& machine, const Journal& j, std::vector<std::string>& wrong) {
  EnterMachine enter(machine);
  for (const Allocation* a : liveAt(j, j.size())) {
    const LayoutInfo* layout = layoutOf(a->type);
    if (!layout || layout->name != "rtable") continue;
    const auto* rt = t_arena->object<rtable>(a->offset);
    if (rt->dst.__refcnt.counter != 1)
      wrong.push_back("route " + objectOf(*a).name + " has " + std::to_string(rt->dst.__refcnt.counter) +
                      " references when nobody uses it, not 1; born in " + bornIn(j, *a));
  }
}

} // namespace

Census censusOf(const Journal& journal, EventIndex at) {
  Census census;
  for (const Allocation* a : liveAt(journal, at))
    if (!isOfTask(journal, *a)) ++census[keyOf(journal, *a)];
  return census;
}

std::vector<std::string> leaks(Machine& machine, const Census& boot) {
  std::vector<std::string> wrong;
  std::vector<TaskId> tasks;
  for (const auto& [pid, task] : machine.tasks()) tasks.push_back(pid);
  for (TaskId pid : tasks) sendSignal(machine, pid, 9);
  // A task that was not in a call sees the signal on its next way out of the kernel.
  for (TaskId pid : tasks)
    if (!machine.task(pid).ended) machine.systemCall(pid, "the signal is seen", [] { return s64(0); });
  machine.runUntil(machine.now() + Hour);
  if (machine.panicked()) return {"the kernel stopped: " + machine.panicText()};
  for (TaskId pid : tasks)
    if (machine.busy(pid)) wrong.push_back(machine.task(pid).name + " still sleeps in a call after SIGKILL");
  const Journal& j = machine.journal();
  {
    EnterMachine enter(machine);
    objectsLeft(j, boot, wrong);
  }
  accountsOf(j, wrong);
  protocolAccounts(machine, wrong);
  referencesTo(machine, j, wrong);
  return wrong;
}

} // namespace sockwalk::testing
