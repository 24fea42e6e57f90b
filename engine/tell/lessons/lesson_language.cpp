#include "engine/tell/lessons/lesson_language.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

constexpr auto Head = BlockKind::Head, Stop = BlockKind::Stop, Predict = BlockKind::Predict, Lab = BlockKind::Lab;
using F = KeyForm;

// clang-format off
const KeyRule Rules[] = {
  {Head, "title", F::Words, true, {"what the lesson is called"}, "socket(2), step by step"},
  {Head, "part", F::Words, false, {"the part of a course that it belongs to: the menu keeps its lessons together"}, "A · The socket"},
  {Head, "scenario", F::File, true, {"the script or capture that it walks through, beside the lesson"}, "scenario.pkt"},
  {Head, "host", F::Name, false, {"of a capture: the address of the host to be"}, "10.9.0.2"},
  {Head, "minutes", F::Number, false, {"how long it takes"}, "15"},
  {Head, "level", F::Level, false, {"for whom it is"}, "beginner"},
  {Head, "needs", F::NameList, false, {"lessons that come before it, by their folders"}, "[03-socket]"},
  {Head, "goals", F::WordList, false, {"what a person can do afterwards"}, "[Name the objects that socket() makes.]"},
  {Head, "summary", F::Words, false, {"what is said at its end"}, "A socket is a file."},
  {Head, "teacher", F::WordList, false, {"for whoever teaches it: time, pitfalls, what to ask aloud; shown in the teacher's own window and on paper with the answers"}, "[Ask aloud who frees the sock.]"},
  {Head, "next", F::Name, false, {"the lesson that follows, by its folder"}, "05-socket-errors"},

  {Stop, "id", F::Name, false, {"what the block is called; stop-1, stop-2 ... without it"}, "the-family"},
  {Stop, "at", F::Place, false, {"where the walk goes, looked for forward from the stop before"}, "call inet_create"},
  {Stop, "until", F::Condition, false, {"the same by a condition that begins to hold"}, "sock.sk_state == TCP_ESTABLISHED"},
  {Stop, "view", F::ViewList, false, {"the views that are shown, some with a page: tables:ehash; two at most of the stage, which stand side by side, and one of those below it"}, "[call-path, source]"},
  {Stop, "focus", F::Object, false, {"the object that is looked at, the newest of its type or that very one"}, "tcp_sock#2"},
  {Stop, "point", F::Target, false, {"what is pointed at, and marked in its view: member TYPE.MEMBER of the object that is looked at, else of the newest, node FUNCTION of the call path, bytes FROM..TO of the newest buffer from head, line FILE:N of the source, packet N"}, "node inet_create"},
  {Stop, "picture", F::File, false, {"a picture beside the lesson, shown above the text"}, "ladder.png"},

  {Predict, "id", F::Name, false, {"what the block is called; predict-3.1 without it, of the third stop"}, "which-proto"},
  {Predict, "kind", F::AnswerKind, false, {"how it is answered; choose where there are choices, number without"}, "choose"},
  {Predict, "ask", F::Words, true, {"the question"}, "Which struct proto will sk->sk_prot point at?"},
  {Predict, "choices", F::WordList, false, {"choose: what there is to choose from; the engine's answer is one of them"}, "[tcp_prot, udp_prot]"},
  {Predict, "answer", F::Formula, false, {"choose, number, click, compare: where the engine has the answer"}, "tcp_sock.sk_prot"},
  {Predict, "calls", F::NameList, false, {"order: functions; right is the order in which they are called next; compare: in the other run"}, "[sock_alloc, sk_alloc]"},
  {Predict, "match", F::FormulaPairs, false, {"match: names, and where the engine has what belongs to each; the translation says the names again, before the same formulas"}, "{receive: tcp_sock.sk_rcvbuf}"},
  {Predict, "pointers", F::NameList, false, {"drag: which of head, data, tail and end of the newest sk_buff are dragged to where they will stand at 'when:'"}, "[data, tail]"},
  {Predict, "other", F::File, false, {"compare: what is played as the other run, beside the lesson"}, "two-writes.pkt"},
  {Predict, "sysctl", F::SettingPairs, false, {"compare: or the same scenario, with these settings made on every host before it begins"}, "{net.ipv4.tcp_sack: 0}"},
  {Predict, "how", F::CompareHow, false, {"compare: what is asked of the other run, its value (without it), the difference to this one, or the relation, more, less or the same"}, "relation"},
  {Predict, "goal", F::Condition, false, {"write: what a call that is written brings about; result(call) is what it gives back"}, "result(call) == EBADF"},
  {Predict, "solution", F::Call, false, {"write: a call that does: the check makes it"}, "listen(3, 1)"},
  {Predict, "when", F::Place, false, {"where the engine is asked; at the stop without it; compare: looked for from the start in both runs, their end without it"}, "return sk_alloc"},
  {Predict, "expect", F::Name, false, {"what the author believes; a check says where the engine does not; drag: data 2, tail 49"}, "tcp_prot"},
  {Predict, "because", F::Words, false, {"said to the right answer"}, "Protocol 0 is a wildcard."},
  {Predict, "hint", F::Words, false, {"shown on request"}, "Look at inetsw[SOCK_STREAM]."},
  {Predict, "wrong", F::WordPairs, false, {"what is said to typical wrong answers; write: to what a call brings about"}, "{udp_prot: That is for SOCK_DGRAM.}"},
  {Predict, "tries", F::Number, false, {"after so many the walk shows it; 3 without it, 0: as many as one likes"}, "2"},
  {Predict, "points", F::Number, false, {"what the right answer is worth; 1 without it"}, "2"},

  {Lab, "id", F::Name, false, {"what the block is called"}, "lose-one"},
  {Lab, "task", F::Words, true, {"what is to be brought about"}, "Make TCP retransmit exactly once."},
  {Lab, "use", F::ToolList, false, {"what may be used: a script that is written (so without it), calls on the console, packets and the command wire; with console or wire one goes on in the program where the start ends"}, "[console, wire]"},
  {Lab, "start", F::File, false, {"the script with which one begins; the lesson's own without it"}, "lab.pkt"},
  {Lab, "seed", F::NumberRanges, false, {"numbers that are others for each person, drawn from the person's seed; {{seed NAME}} says them in the task, hint, goals and files of this lab, {{seed NAME + 1}} counts with them"}, "{port: 20000..29999}"},
  {Lab, "goal", F::Condition, true, {"what the record must show"}, "count(retransmit) == 1 && count(rto) == 0"},
  {Lab, "partial", F::ConditionList, false, {"goals on the way"}, "[count(retransmit) >= 1]"},
  {Lab, "solution", F::File, true, {"what reaches the goal, and the check runs it: a script, or X.lines with what is typed behind the start, a line each"}, "solution.pkt"},
  {Lab, "hint", F::Words, false, {"shown on request"}, "//@wire loss"},
  {Lab, "points", F::Number, false, {"what it is worth; 1 without it"}, "3"},
};
// clang-format on

const std::vector<std::string> Fences{"stop", "predict", "lab"};

} // namespace

std::span<const KeyRule> keyRules() { return Rules; }

std::vector<const KeyRule*> keysOf(BlockKind block) {
  std::vector<const KeyRule*> out;
  for (const KeyRule& rule : Rules)
    if (rule.block == block) out.push_back(&rule);
  return out;
}

const KeyRule* keyNamed(BlockKind block, std::string_view key) {
  const auto found = std::ranges::find_if(Rules, [&](const KeyRule& r) { return r.block == block && r.key == key; });
  return found == std::end(Rules) ? nullptr : found;
}

std::optional<BlockKind> blockNamed(std::string_view fence) {
  const auto found = std::ranges::find(Fences, fence);
  if (found == Fences.end()) return std::nullopt;
  return static_cast<BlockKind>(found - Fences.begin() + 1);
}
std::vector<std::string> blockNames() { return Fences; }
const char* nameOf(BlockKind block) {
  return block == BlockKind::Head ? "head" : Fences[static_cast<size_t>(block) - 1].c_str();
}

bool isProgramText(std::string_view fence) {
  static const std::vector<std::string_view> languages{"c",    "cpp",  "h",      "sh",    "bash", "console",
                                                       "text", "txt",  "python", "py",    "asm",  "diff",
                                                       "json", "yaml", "pkt",    "output"};
  return std::ranges::find(languages, fence) != languages.end();
}

const std::vector<std::string>& answerKindNames() {
  static const std::vector<std::string> names{"choose", "number", "click", "order",
                                              "match",  "write",  "drag",  "compare"};
  return names;
}
const std::vector<std::string>& compareHowNames() {
  static const std::vector<std::string> names{"value", "difference", "relation"};
  return names;
}
const std::vector<std::string>& levelNames() {
  static const std::vector<std::string> names{"beginner", "intermediate", "advanced"};
  return names;
}
const std::vector<std::string>& labToolNames() {
  static const std::vector<std::string> names{"script", "console", "wire"};
  return names;
}

} // namespace sockwalk::tell
