#include "engine/tell/lessons/lesson_guide.h"
#include "engine/tell/lessons/lesson_language.h"
#include "engine/tell/lessons/lesson_views.h"

namespace sockwalk::tell {

namespace {

GuidePart beginning() {
  return {
      say("From the template to a lesson"),
      say("A lesson is a folder: lesson.md has its words, lesson.zh.md the same in Chinese, and beside them lie the "
          "script (.pkt) or the capture that it walks through, and pictures. Begin with the template, which works, "
          "and change one thing after another: the window reads the lesson again whenever you save it."),
      {},
      {},
      {{"sockwalk lesson new my-lesson", say("writes the template into a folder")},
       {"sockwalk my-lesson", say("opens it in the window; it is read again when a file of it is saved")},
       {"sockwalk lesson check my-lesson", say("plays it and says what is wrong: file, line, column, and what to do")},
       {"sockwalk tell my-lesson/scenario.pkt calls --at make",
        say("the functions that the //@case make calls, to choose stops from")},
       {"sockwalk lesson pack my-lesson -o my-lesson.swlesson", say("makes one file of it, that opens anywhere")}}};
}

GuidePart text() {
  return {
      say("The text"),
      say("lesson.md is Markdown with a head. Each heading of the first rank (#) begins a stop; under it stands one "
          "block stop, then its text, then what is asked. A block is a fence with a key and a value on each line "
          "(YAML): put a value with ':' or '#' in it in quotation marks. Never write down what the engine knows: "
          "between two braces it says it itself."),
      {},
      {},
      {{"# Which protocol?", say("a heading begins a stop")},
       {"It has {{sizeof(struct sock)}} bytes.", say("computed where it stands, so that it cannot be wrong")},
       {"Its state is {{tcp_sock#2.sk_state}}.",
        say("where a question of the stop asks for the same, it is covered until that is answered")},
       {"lesson.zh.md", say("has the same stops and blocks in the same order, with the keys that are words; the rest "
                            "is taken from lesson.md; delete it if your lesson is in one language")}}};
}

Text titleOf(BlockKind block) {
  switch (block) {
  case BlockKind::Head: return say("The head of the file");
  case BlockKind::Stop: return say("A stop: where the walk goes, and what is shown");
  case BlockKind::Predict: return say("A question: its answer is covered everywhere until it is given");
  case BlockKind::Lab: return say("A lab: something to bring about, checked by the engine");
  }
  return {};
}

GuidePart blockOf(BlockKind block) {
  const bool head = block == BlockKind::Head;
  GuidePart out{titleOf(block), {}, head ? "---" : "```" + std::string(nameOf(block)), head ? "---" : "```", {}};
  for (const KeyRule* rule : keysOf(block)) {
    const Text about = say(rule->about);
    out.rows.push_back(
        {std::string(rule->key) + ": " + rule->example, rule->needed ? say("%1; it is needed", about) : about});
  }
  return out;
}

std::string viewNames(LessonPlace place) {
  std::string out;
  for (const LessonView& view : lessonViews())
    if (view.place == place) out += (out.empty() ? "" : ", ") + view.name;
  return out;
}

GuidePart views() {
  GuidePart out{say("Behind view:, what is shown"),
                say("A page of a view stands behind a colon; without one, the view is as it is by itself."),
                {},
                {},
                {{viewNames(LessonPlace::Stage), say("the stage in the middle: one of them, or two side by side")},
                 {viewNames(LessonPlace::Right), say("on the right: each has a place of its own")},
                 {viewNames(LessonPlace::Bottom), say("below: they share a place, so name one of them")}}};
  for (const LessonView& view : lessonViews()) {
    std::string pages;
    for (const std::string& page : view.pages) pages += (pages.empty() ? "" : ", ") + page;
    if (!pages.empty())
      out.rows.push_back({view.name + ":" + view.pages.front(), say("a page of it; there are %1", pages)});
  }
  return out;
}

GuidePart places() {
  return {say("Behind at: and when:, a place"),
          say("It is looked for forward from the stop before, or from the stop itself."),
          {},
          {},
          {{"call inet_create", say("a function is entered; with a number behind it, the so manieth time")},
           {"return sk_alloc 2", say("it returns")},
           {"stimulus make", say("the //@case of that name begins")},
           {"end make", say("it is over; a call that sleeps is over where it goes to sleep")},
           {"note tcp.retransmit", say("the kernel's function says so of itself")},
           {"event drop", say("a packet is dropped")},
           {"write sock.sk_rcvbuf", say("somebody writes that member")},
           {"frame 14", say("of a capture: it arrives, or our kernel sends what the captured host sent")},
           {"start", say("the beginning; end: the end")}}};
}

GuidePart formulas() {
  return {say("Behind answer: and between {{ and }}, what the engine is asked"),
          {},
          {},
          {},
          {{"tcp_sock.sk_state", say("a member of the newest object of a type; tcp_sock#2.sk_state: of the second")},
           {"sizeof(struct sock)", say("a size; offsetof(struct sock, sk_rcvbuf): where a member lies")},
           {"result make", say("what the //@case of that name gave back")},
           {"buffer headroom", say("of the newest sk_buff: headroom, data, tail, end, len, tailroom, truesize, users")},
           {"argument sk_alloc 1", say("an argument of the next call of a function, or of the next note, from 0; where "
                                       "the stop is one, of that one")},
           {"count(retransmit)", say("how often something is noted, called or dropped in the whole record")},
           {"frame 14 verdict", say("of a capture: same, equivalent or different; frame 14 function: who decided")},
           {"line", say("of the source that runs, for a question that is answered with a click")},
           {"tcp_sock.write_seq - tcp_sock.snd_una", say("worked out of two, with + - * / between blanks")}}};
}

GuidePart conditions() {
  return {
      say("Behind until:, goal: and partial:, a condition"),
      {},
      {},
      {},
      {{"tcp_sock.sk_state == TCP_ESTABLISHED", say("of a moment: that it holds then, or once in the record")},
       {"tcp_sock#2.snd_cwnd > 10", say("of the second object of that type")},
       {"tcp_sock.snd_cwnd > 10 && tcp_sock.packets_out == 0",
        say("members without numbers that stand side by side are of one object, whichever")},
       {"count(retransmit) == 1 && count(rto) == 0", say("of the whole record, for goals")},
       {"count(rto) == 1 && tcp_sock#1.snd_cwnd == 1",
        say("both: what is of the whole record holds of it, and what is of a moment once in it; joined by && alone")},
       {"drop == SOCKET_RCVBUFF", say("a packet was dropped for that reason")},
       {"result(connect) == ECONNREFUSED", say("what a //@case gave back")}}};
}

} // namespace

std::vector<GuidePart> lessonGuide() {
  std::vector<GuidePart> out{beginning(), text()};
  for (const BlockKind block : {BlockKind::Head, BlockKind::Stop, BlockKind::Predict, BlockKind::Lab})
    out.push_back(blockOf(block));
  for (auto* part : {&views, &places, &formulas, &conditions}) out.push_back(part());
  return out;
}

std::vector<std::string> lines(const std::vector<GuidePart>& guide) {
  std::vector<std::string> out;
  for (const GuidePart& part : guide) {
    out.push_back("== " + spoken(part.title) + " ==");
    if (!part.words.empty()) out.push_back(spoken(part.words));
    if (!part.opens.empty()) out.push_back(part.opens);
    for (const GuideRow& row : part.rows) {
      out.push_back(row.written);
      out.push_back("    # " + spoken(row.about));
    }
    if (!part.closes.empty()) out.push_back(part.closes);
    out.emplace_back();
  }
  return out;
}

} // namespace sockwalk::tell
