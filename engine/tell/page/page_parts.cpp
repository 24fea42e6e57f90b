#include "engine/tell/page/page_parts.h"
#include "engine/journal/reflection.h"
#include "engine/memory/symbols.h"
#include "engine/tell/in_words.h"
#include "engine/tell/page/lesson_page.h"
#include "engine/tell/source/source_frames.h"

namespace sockwalk::tell {

namespace {

nlohmann::json node(const CallPath& path, int index, PageTexts& texts) {
  const PathNode& n = path.nodes()[size_t(index)];
  nlohmann::json out{{"f", n.name},
                     {"p", n.parent},
                     {"l", int(n.layer)},
                     {"w", texts.of(path.laneOf(index).name())},
                     {"n", n.calls.size()}};
  if (n.function < 0) return out;
  const FunctionInfo& f = Symbols::get().function(static_cast<u16>(n.function));
  out["file"] = std::string(f.file).substr(f.file.starts_with("engine/kernel/") ? 14 : 0);
  if (const Text left = simplification(f); !left.empty()) out["s"] = texts.of(left);
  return out;
}

nlohmann::json row(const ObjectRow& r, PageTexts& texts, const LessonPage* lesson) {
  nlohmann::json out{{"k", texts.of(r.label)}, {"v", texts.of(r.value)}};
  if (r.target) out["to"] = addressText(r.target);
  if (r.changed) out["changed"] = true;
  if (r.back) out["back"] = true;
  if (const auto asked = lesson ? lesson->askedFor(r.offset, r.size) : std::vector<int>(); !asked.empty())
    out["q"] = asked;
  return out;
}

std::string hexOf(const std::vector<u8>& bytes, u32 from, u32 to) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (u32 i = from; i < std::min<size_t>(to, bytes.size()); ++i) {
    out += digits[bytes[i] >> 4];
    out += digits[bytes[i] & 15];
  }
  return out;
}

nlohmann::json bands(const BufferPicture& p, PageTexts& texts) {
  static constexpr u32 MostBytes = 256; // of a band: more of them nobody reads in a page
  nlohmann::json out = nlohmann::json::array();
  for (const BufferBand& b : p.bands)
    out.push_back({{"name", texts.of(b.name)},
                   {"from", b.from},
                   {"to", b.to},
                   {"part", int(b.part)},
                   {"pulled", b.pulled},
                   {"hex", hexOf(p.bytes, b.from, std::min(b.to, b.from + MostBytes))}});
  return out;
}

} // namespace

nlohmann::json pagePath(const CallPath& path, const Journal& journal, PageTexts& texts) {
  nlohmann::json nodes = nlohmann::json::array();
  for (size_t n = 0; n < path.nodes().size(); ++n) nodes.push_back(node(path, int(n), texts));
  const Stimulus& stimulus = journal.stimuli()[size_t(path.stimulus())];
  return {{"call", texts.of(stimulusText(stimulus.text))}, {"name", stimulus.name}, {"nodes", std::move(nodes)}};
}

std::string pageTenses(const PathMoment& moment) {
  std::string out;
  for (const Tense tense : moment.tenses) out += tenseName(tense).front();
  return out;
}

nlohmann::json pageCard(const ObjectCard& card, PageTexts& texts, const LessonPage* lesson) {
  nlohmann::json rows = nlohmann::json::array();
  for (const ObjectRow& r : card.rows)
    if (!r.silent || r.changed) rows.push_back(row(r, texts, lesson));
  return {{"id", addressText(card.address)},
          {"title", card.title},
          {"type", card.type},
          {"l", int(card.layer)},
          {"c", card.column},
          {"born", card.born},
          {"handed", card.handed},
          {"rows", std::move(rows)}};
}

nlohmann::json pageBuffer(const BufferPicture& p, PageTexts& texts) {
  const BufferShape& s = p.shape;
  nlohmann::json flags = nlohmann::json::array();
  for (const BufferFlag& f : p.flags) flags.push_back({{"member", f.member}, {"at", f.offset}});
  return {{"life", p.life},
          {"title", p.title},
          {"about", texts.of(p.subtitle)},
          {"family", texts.of(p.family)},
          {"fate", texts.of(p.fate)},
          {"lost", p.lost},
          {"data", s.data},
          {"tail", s.tail},
          {"end", s.end},
          {"len", s.len},
          {"fragments", s.dataLen},
          {"from", p.rangeFrom},
          {"to", p.rangeTo},
          {"flags", std::move(flags)},
          {"bands", bands(p, texts)},
          {"did", p.fresh ? p.label : ""},
          {"was", p.fresh && p.operation >= 0 ? p.before.data : s.data},
          {"s", texts.of(p.sentence)},
          {"lesson", texts.of(p.lesson)}};
}

nlohmann::json pageLessonWords(PageTexts& texts) {
  return {{"nextStop", texts.of(say("Next stop"))},
          {"lastStop", texts.of(say("Stop before"))},
          {"stopOf", texts.of(say("stop %1 of %2", "%1", "%2"))},
          {"goals", texts.of(say("What you will be able to do"))},
          {"predict", texts.of(say("Predict"))},
          {"points", texts.of(say("points: %1", "%1"))},
          {"tryOf", texts.of(say("try %1 of %2", "%1", "%2"))},
          {"hint", texts.of(say("Hint"))},
          {"reveal", texts.of(say("Reveal"))},
          {"check", texts.of(say("Check"))},
          {"yourAnswer", texts.of(say("your answer"))},
          {"earlier", texts.of(say("Earlier"))},
          {"later", texts.of(say("Later"))},
          {"yes", texts.of(say("✓ Yes. %1", "%1"))},
          {"otherwise", texts.of(say("✗ The engine says otherwise. Try again, or reveal it and look."))},
          {"engineSays", texts.of(say("✗ The engine says %1. %2", "%1", "%2"))},
          {"revealed", texts.of(say("The engine says %1. %2", "%1", "%2"))},
          {"inProgram", texts.of(say("This is answered in the program, in its pictures or by a call. "
                                     "Here, say it to yourself, then reveal it."))},
          {"lab", texts.of(say("Lab"))},
          {"labInProgram", texts.of(say("A lab is done in the program, where the record says whether it is solved."))},
          {"score", texts.of(say("%1 of %2 points", "%1", "%2"))}};
}

nlohmann::json pageWords(PageTexts& texts) {
  return {
      {"walk", texts.of(say("Call path"))},
      {"objects", texts.of(say("Objects"))},
      {"buffer", texts.of(say("Buffer"))},
      {"next", texts.of(say("Next step"))},
      {"back", texts.of(say("Step back"))},
      {"first", texts.of(say("First step"))},
      {"last", texts.of(say("Last step"))},
      {"nextCall", texts.of(say("Next call or frame"))},
      {"lastCall", texts.of(say("Call or frame before"))},
      {"play", texts.of(say("Play"))},
      {"pause", texts.of(say("Pause"))},
      {"theme", texts.of(say("Light or dark"))},
      {"keys", texts.of(say("Keys"))},
      {"close", texts.of(say("Close"))},
      {"step", texts.of(say("Step"))},
      {"stepOf", texts.of(say("step %1 of %2 steps", "%1", "%2"))},
      {"noBuffer", texts.of(say("No sk_buff is in hand at this step."))},
      {"noObjects", texts.of(say("There is none at this moment."))},

      {"simplified", texts.of(say("Simplified here"))},
      {"bytes", texts.of(say("bytes"))},
      {"made", texts.of(say("Made with Sockwalk from a run of its simulated kernel, Linux 6.1."))},
      {"following", texts.of(say("You follow the teacher. Step yourself to look around; nobody is disturbed."))},
      {"away", texts.of(say("You have wandered off; the teacher goes on."))},
      {"comeBack", texts.of(say("Back to the teacher"))},
      {"lost", texts.of(say("The teacher's machine is not heard; this page tries again."))},
      {"over", texts.of(say("The teacher has ended the class. The walk stays yours as long as this page is open."))},
      {"language", texts.of(say("Language"))},
      {"link", texts.of(say("The address of this page with #step=N leads to a step."))}};
}

nlohmann::json pageLayers(PageTexts& texts) {
  nlohmann::json out = nlohmann::json::array();
  for (const Layer layer : allLayers) out.push_back(texts.of(layerText(layer)));
  return out;
}

} // namespace sockwalk::tell
