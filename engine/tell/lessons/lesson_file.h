// A lesson as a file: Markdown with a YAML head, cut into stops by fenced blocks.
//
//   ---
//   title: socket(2), step by step
//   scenario: scenario.pkt          beside the lesson; a capture may stand there, too
//   host: 10.9.0.2                  of a capture: whom to be
//   minutes: 15
//   ---
//   # A heading begins a stop; its text follows.
//   ```stop
//   at: call inet_create            where the walk goes (see Place)
//   view: call-path                 the view to show: call-path, objects, buffer, tables, source, packets, timeline; or
//                                   several that have places of their own: timeline source
//   focus: socket                   the newest object of that type is looked at; tcp_sock#2: that very one
//   ```
//   ```question
//   ask: Which struct proto will sk->sk_prot point at?
//   choices: [tcp_prot, udp_prot, raw_prot]      without choices a word or number is typed
//   answer: member tcp_sock inet_conn.icsk_inet.sk.__sk_common.skc_prot
//   when: return sk_alloc           where the engine is asked; this stop if not given
//   because: The protocol's own slab makes the sock.
//   ```
//
// The answer is never written in the lesson: it says where the engine has it.
#pragma once
#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/scenario/session.h"
#include <string>
#include <vector>

namespace sockwalk::tell {

// A place in a record, looked for forward from the stop before: "call F [N]", "return F [N]", "note ID",
// "stimulus CASE", "end CASE", "write TYPE.MEMBER", "event drop", "start". Of a capture also "frame N", by the number
// in its file: where it arrives, or where our kernel sends what the captured host sent.
struct Place {
  std::string kind, name;
  u32 count = 1;
  int line = 0; // in lesson.md
};
struct Question {
  std::string ask, because;
  std::vector<std::string> choices;
  // Words: "member TYPE PATH", "result CASE", "buffer headroom", "argument F N"; of a capture "frame N verdict" (same,
  // equivalent, different) and "frame N function" (that decided what became of it, or sent it).
  std::vector<std::string> answer;
  Place when; // kind "" : at the stop itself
  int line = 0;
};
struct LessonStop {
  std::string heading, text; // Markdown
  Place at;
  std::string view, focus;
  std::vector<Question> questions;
};
// A file and how it is opened.
struct PlayedFile {
  std::string path;
  scenario::OpenOptions options;
};
struct Lesson {
  std::string file, title, scenario, host; // scenario: path, beside the lesson; host: "" but of a capture
  int minutes = 0;
  std::vector<LessonStop> stops;

  PlayedFile played(scenario::OpenOptions options) const; // its scenario, as its host if the options name none
};

// Errors name file and line and what was expected.
Result<Lesson> readLesson(const std::string& path);
Result<Lesson> parseLesson(const std::string& text, const std::string& file);
bool isLesson(const std::string& path); // by its name, lesson.md
// What plays when this file is opened: the scenario of a lesson, as the host that it names, unless a person asked for
// another; any other file itself.
Result<PlayedFile> playedFile(const std::string& path, const scenario::OpenOptions& options);
u32 frameNumber(const std::string& word); // "14" is 14; what is no number of a frame is 0

} // namespace sockwalk::tell
