#include "engine/tell/hosts.h"
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include "engine/tell/fields.h"
#include "engine/tell/in_words.h"
#include "engine/tell/live_objects.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell {

void Hosts::clear() { *this = {}; }

const std::string& Hosts::of(EventIndex event) const {
  static const std::string nobody;
  const auto after =
      std::upper_bound(m_spans.begin(), m_spans.end(), event, [](EventIndex e, const Span& s) { return e < s.from; });
  return after == m_spans.begin() ? nobody : std::prev(after)->host;
}

void Hosts::update(const Journal& journal) {
  m_journal = &journal;
  for (; m_done < journal.size(); ++m_done) {
    const Event& e = journal[m_done];
    if (!m_at && !named(e)) continue;
    if (!m_at) m_at = std::make_unique<Playhead>(journal);
    if (e.type == EventType::Context) context(journal.contexts()[e.where]);
    if (e.type == EventType::Call && !m_task) call(m_done, e);
  }
}

// Whether `ip netns` gives a namespace its name here: until then there is only one host.
bool Hosts::named(const Event& write) const {
  static const DataSymbol* const names = Symbols::get().dataNamed("run_netns_names");
  if (!names || (write.type != EventType::Write && write.type != EventType::Fill)) return false;
  return write.where >= names->offset && write.where < names->offset + names->size * names->count;
}

void Hosts::begin(EventIndex from, const std::string& host) {
  if (!m_spans.empty() && m_spans.back().host == host) return;
  m_spans.push_back({from, host});
}

void Hosts::context(const Context& c) {
  m_task = c.kind == Context::Task;
  m_open = !m_task;
  if (!m_task) return;
  m_at->seek(m_done + 1);
  begin(m_done, hostOfTask(c.task));
}

// Which calls may belong to another host than what runs around them.
static bool changesHost(const FunctionInfo& f) {
  return f.name == "napi_poll" || f.name.starts_with("__netif_receive_skb");
}

void Hosts::call(EventIndex index, const Event& call) {
  if (call.where == NoEvent) m_outermost = index, m_open = true;
  if (!m_open && !changesHost(m_journal->function(call))) return;
  m_at->seek(index + 1);
  const std::string host = hostOfCall(call);
  if (host.empty()) return;
  begin(m_open ? m_outermost : index, host);
  m_open = false;
}

// ---- in memory

static u64 pointerIn(const Playhead& at, u64 object, std::string_view type, std::string_view member) {
  const Field f = fieldAt(type, member);
  u64 value = 0;
  if (f && isAddress(object)) std::memcpy(&value, at.memory().at(static_cast<u32>(object) + f.offset()), 8);
  return value;
}

static u64 netOfDevice(const Playhead& at, u64 device) { return pointerIn(at, device, "net_device", "nd_net"); }

static u64 netOf(const Playhead& at, u64 object, std::string_view type) {
  if (type == "net") return object;
  if (type == "net_device") return netOfDevice(at, object);
  if (type == "napi_struct") return netOfDevice(at, pointerIn(at, object, "napi_struct", "dev"));
  if (type == "sk_buff") return netOfDevice(at, pointerIn(at, object, "sk_buff", "dev"));
  const ObjectRef whole = objectAt(at, object); // a timer is in its socket
  const LayoutInfo* layout = whole ? layoutOf(whole.type) : nullptr;
  if (!layout) return 0;
  if (beginsWith(*layout, "sock")) return pointerIn(at, whole.address(), "sock", "__sk_common.skc_net");
  return layout->name == "net_device" ? netOfDevice(at, whole.address()) : 0;
}

std::string Hosts::hostOfCall(const Event& call) const {
  const FunctionInfo& f = m_journal->function(call);
  const auto arguments = m_journal->arguments(call);
  for (size_t i = 0; i < arguments.size() && i < f.argumentTypes.size(); ++i) {
    if (f.argumentTypes[i].empty() || !isAddress(arguments[i])) continue;
    const u64 net = netOf(*m_at, arguments[i], f.argumentTypes[i]);
    if (isAddress(net)) return spaceName(*m_at, net);
  }
  return {};
}

std::string Hosts::hostOfTask(u32 pid) const {
  const LiveObjects live(*m_journal);
  for (u64 task : live.tasks(m_at->position())) {
    const auto* t = m_at->object<kernel::task_struct>(task);
    if (static_cast<u32>(t->pid) != pid) continue;
    const u64 net = pointerIn(*m_at, t->nsproxy.value, "nsproxy", "net_ns");
    return isAddress(net) ? spaceName(*m_at, net) : std::string();
  }
  return {};
}

// ---- in words

Text contextText(const Context& context, const std::string& host) {
  if (host.empty()) return contextText(context);
  if (context.kind == Context::Task && context.name == host) return say("%1: task", host); // as scripts name it
  if (context.kind == Context::Task) return say("%1: task %2", host, context.name);
  return say("%1: %2", host, contextText(context));
}

} // namespace sockwalk::tell
