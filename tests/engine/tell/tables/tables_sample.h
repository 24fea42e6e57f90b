// A script played to its end, and its tables after any of its lines.
#pragma once
#include "engine/journal/queries.h"
#include "engine/tell/tables/tables.h"
#include "tests/support/walks.h"

namespace sockwalk::tell {

// Some sockets of each kind; two of UDP in one bucket.
inline constexpr const char* Sockets = R"(//@link lo
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(5353), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 bind(4, {sa_family = AF_INET, sin_port = htons(5609), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 connect(4, {sa_family = AF_INET, sin_port = htons(5353), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) = 5
+0 socket(AF_INET, SOCK_STREAM, 0) = 6
+0 bind(6, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 close(3) = 0
)";

struct PlayedTables {
  explicit PlayedTables(const std::string& script) : PlayedTables(tests::walkOfScript(script)) {}
  explicit PlayedTables(std::unique_ptr<scenario::Session> walked) : session(std::move(walked)) {
    live.reset(&journal());
  }

  const Journal& journal() const { return session->journal(); }
  // At a position; `step`: marked with what the last so many events did.
  std::vector<KernelTable> when(EventIndex position, EventIndex step = 1) {
    playhead.seek(position);
    return readTables(playhead, live, StepChanges(journal(), position - std::min(step, position), position));
  }
  // Before the `n`th stimulus.
  std::vector<KernelTable> after(int n, EventIndex step = 1) { return when(endOf(n), step); }
  EventIndex endOf(int n) const {
    const auto& stimuli = journal().stimuli();
    return n < int(stimuli.size()) ? stimuli[std::size_t(n)].event : journal().size();
  }
  int indexOf(const std::string& call) const {
    const auto& stimuli = journal().stimuli();
    for (std::size_t i = 0; i < stimuli.size(); ++i)
      if (stimuli[i].text.starts_with(call)) return int(i);
    ADD_FAILURE() << "no call " << call;
    return 0;
  }
  EventIndex lengthOf(int stimulus) const { return endOf(stimulus + 1) - endOf(stimulus); }
  // Just after the next call of a function.
  EventIndex into(const char* function, EventIndex from = 0) const {
    return nextCall(journal(), from, Symbols::get().functionNamed(function)->id, true);
  }

  std::unique_ptr<scenario::Session> session;
  Playhead playhead{session->journal()};
  LiveObjects live;
};

inline const KernelTable& tableIn(const std::vector<KernelTable>& tables, const std::string& id) {
  for (const KernelTable& t : tables)
    if (t.id == id) return t;
  ADD_FAILURE() << "no table " << id;
  return tables.front();
}
inline std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + '\n';
  return out;
}
inline bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }
// Whether a table has a row that reads so: its cells with " | " between them.
inline bool reads(const KernelTable& table, const std::string& row) { return has(joined(lines({table})), row); }

} // namespace sockwalk::tell
