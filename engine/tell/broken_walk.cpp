#include "engine/tell/broken_walk.h"
#include "engine/scenario/parser.h"
#include "engine/tell/lessons/lesson_place.h"
#include "engine/tell/messages.h"
#include "engine/tell/position.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {
namespace {

std::string trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r");
  return first == text.npos ? std::string()
                            : std::string(text.substr(first, text.find_last_not_of(" \t\r") + 1 - first));
}

const scenario::ScriptStimulus* scriptOf(const scenario::Session& session) {
  for (const scenario::SessionStimulus& stimulus : session.stimuli())
    if (const auto* script = std::get_if<scenario::ScriptStimulus>(&stimulus)) return script;
  return nullptr;
}

Result<EventIndex> find(const scenario::Session& session, const std::string& file, const scenario::AnswerLine& answer,
                        EventIndex from) {
  Problems problems(file);
  const Spot spot{static_cast<int>(answer.position.line), static_cast<int>(answer.position.column)};
  const Place place = placeOf({answer.place, spot}, problems);
  if (!problems.none()) return Error{line(problems.all().front())};
  return findPlace(session, place, from);
}

} // namespace

HeadLine headLineOf(std::string_view script) {
  if (!script.starts_with("// ")) return {};
  const std::string_view line = script.substr(3, std::min(script.find('\n'), script.size()) - 3);
  const size_t colon = line.find(':');
  return {trimmed(line.substr(0, colon)), colon == line.npos ? std::string() : trimmed(line.substr(colon + 1))};
}

std::optional<BrokenWalk> brokenWalk(const scenario::Session& session) {
  const scenario::ScriptStimulus* script = scriptOf(session);
  if (!script) return {};
  const scenario::Definitions definitions(script->definitions.begin(), script->definitions.end());
  const auto answers = scenario::parseAnswers(script->contents, script->name, definitions);
  if (!answers || answers->empty()) return {};
  const HeadLine head = headLineOf(script->contents);
  BrokenWalk walk{head.title, head.sentence, {}};
  EventIndex from = afterBoot(session.journal());
  for (const scenario::AnswerLine& written : *answers) {
    BrokenWalkAnswer answer{written.place, written.words, NoEvent, {}, {}};
    if (const auto at = find(session, script->name, written, from); !at) {
      answer.missing = at.error().message;
    } else {
      answer.position = from = *at;
      answer.name = stepName(session.journal(), *at, NoEvent);
    }
    walk.answers.push_back(std::move(answer));
  }
  return walk;
}

Text question(const BrokenWalk& walk) { return say("%1 Where does it die?", spokenWords(walk.symptom)); }

std::vector<std::string> lines(const BrokenWalk& walk) {
  std::vector<std::string> out{spokenWords(walk.title), spoken(question(walk))};
  for (const BrokenWalkAnswer& a : walk.answers)
    out.push_back(spoken(say("%1 (%2): %3", a.position == NoEvent ? Text(spokenMessage(a.missing)) : a.name, a.place,
                             spokenWords(a.words))));
  return out;
}

nlohmann::json json(const BrokenWalk& walk) {
  nlohmann::json answers = nlohmann::json::array();
  for (const BrokenWalkAnswer& a : walk.answers) {
    nlohmann::json one{{"place", a.place}, {"words", a.words}};
    if (a.position == NoEvent) one["missing"] = a.missing;
    else one["position"] = a.position;
    answers.push_back(std::move(one));
  }
  return {{"title", walk.title}, {"symptom", walk.symptom}, {"answers", answers}};
}

} // namespace sockwalk::tell
