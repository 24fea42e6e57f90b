#include "engine/tell/page/walk_page.h"
#include "engine/tell/moments.h"
#include "engine/tell/page/lesson_page.h"
#include "engine/tell/page/page_parts.h"
#include "engine/tell/position.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

constexpr std::size_t AboutAStop = 40; // steps before and behind it, of a walk that is longer than a page
constexpr int RoomForCards = 14;       // more of them no screen shows at once; what was left out is said

// The positions at which a stretch is stopped at: where it begins, then every call and return in it.
std::vector<EventIndex> positionsOf(const Journal& journal, EventIndex from, EventIndex to) {
  std::vector<EventIndex> out{from};
  const int first = from ? journal.stimulusAt(from - 1) : -1;
  for (int s = first; s < int(journal.stimuli().size()); ++s) {
    const Steps steps = stepsOf(journal, s, Unit::Call);
    if (steps.begin > to) break;
    for (const EventIndex end : steps.ends)
      if (end > out.back() && end <= to) out.push_back(end);
  }
  return out;
}

// What lies about these places, as long as it is near enough.
std::vector<EventIndex> about(const std::vector<EventIndex>& positions, const std::vector<EventIndex>& places) {
  std::vector<char> kept(positions.size(), 0);
  for (const EventIndex place : places) {
    const auto at = static_cast<std::size_t>(std::ranges::lower_bound(positions, place) - positions.begin());
    for (std::size_t i = at - std::min(at, AboutAStop); i < std::min(positions.size(), at + AboutAStop + 1); ++i)
      kept[i] = 1;
  }
  std::vector<EventIndex> out;
  for (std::size_t i = 0; i < positions.size(); ++i)
    if (kept[i]) out.push_back(positions[i]);
  return out;
}

// Those of a lesson have a step each, wherever calls begin and end.
std::vector<EventIndex> positionsOf(const Journal& journal, EventIndex to, const PageWish& wish) {
  std::vector<EventIndex> out = positionsOf(journal, wish.from, to);
  if (!wish.lesson) return out;
  std::vector<EventIndex> places = wish.lesson->places();
  std::erase_if(places, [&](EventIndex p) { return p < wish.from || p > to; });
  out.insert(out.end(), places.begin(), places.end());
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out.size() > wish.most ? about(out, places) : out;
}

class PageReader {
public:
  PageReader(const Journal& journal, const PageWish& wish) : m_journal(journal), m_wish(wish), m_texts(wish.languages) {
    m_hosts.update(journal);
    m_lives.update(journal);
  }

  void read(EventIndex position) {
    m_at.seek(position);
    const int stimulus = std::max(stimulusAt(m_at), 0);
    if (m_path < 0 || stimulus != m_stimulus) openPath(stimulus, position);
    nlohmann::json step{
        {"at", position}, {"p", m_path}, {"n", m_steps.of(m_journal, stimulus, Unit::Call).before(position)}};
    step["of"] = m_steps.of(m_journal, stimulus, Unit::Call).ends.size();
    addMoment(step, position);
    addObjects(step, position);
    step["b"] = bufferAt(position);
    m_written.push_back(std::move(step));
    m_from = position;
  }

  WalkPage page() {
    nlohmann::json languages = nlohmann::json::array();
    for (const PageLanguage& l : m_wish.languages) languages.push_back({{"code", l.code}, {"name", l.name}});
    nlohmann::json words = pageWords(m_texts), layers = pageLayers(m_texts);
    nlohmann::json lesson =
        m_wish.lesson ? m_wish.lesson->asJson([this](EventIndex p) { return stepAt(p); }, m_texts) : nlohmann::json();
    if (m_wish.lesson) words.update(pageLessonWords(m_texts));
    return {{{"title", m_wish.title},
             {"languages", std::move(languages)},
             {"words", std::move(words)},
             {"layers", std::move(layers)},
             {"paths", std::move(m_paths)},
             {"cards", m_cards.json()},
             {"buffers", m_buffers.json()},
             {"steps", std::move(m_written)},
             {"lesson", std::move(lesson)},
             {"texts", m_texts.json()}}};
  }

private:
  // The last one that is not behind the position.
  int stepAt(EventIndex position) const {
    int step = 0;
    for (size_t i = 0; i < m_written.size() && m_written[i]["at"] <= position; ++i) step = int(i);
    return step;
  }

  void openPath(int stimulus, EventIndex position) {
    m_calls = CallPath(m_journal, stimulus, m_hosts);
    m_stimulus = stimulus;
    m_path = int(m_paths.size());
    m_paths.push_back(pagePath(m_calls, m_journal, m_texts));
    m_from = position;
  }

  void addMoment(nlohmann::json& step, EventIndex position) {
    const PathMoment moment = momentOf(m_calls, m_at);
    step["r"] = moment.running;
    step["t"] = pageTenses(moment);
    step["args"] = m_texts.of(moment.arguments);
    step["loss"] = m_texts.of(moment.loss);
    if (moment.returned >= 0) step["result"] = moment.result;
    const EventIndex last = position ? position - 1 : 0;
    step["s"] = m_texts.of(position ? event(m_at, last) : say("The machine is off."));
    step["note"] = m_texts.of(moment.sentence);
    step["ns"] = position ? m_journal.timeAt(last) : 0;
  }

  void addObjects(nlohmann::json& step, EventIndex position) {
    const ObjectGraph graph = readObjects(m_at, {std::min(m_from, position), position}, 0, 0, RoomForCards);
    nlohmann::json& shown = step["o"] = nlohmann::json::array();
    for (const int card : graph.inOrder())
      shown.push_back(m_cards.of(pageCard(graph.cards[size_t(card)], m_texts, m_wish.lesson)));
    step["out"] = m_texts.of(graph.leftOut());
  }

  int bufferAt(EventIndex position) {
    const auto stack = m_at.callStack();
    for (auto call = stack.rbegin(); call != stack.rend(); ++call) {
      const u64 address = bufferOf(m_journal, m_journal[*call]);
      const int life = address ? m_lives.at(address, position) : -1;
      if (life < 0) continue;
      return m_buffers.of(
          pageBuffer(pictureOf(m_at, m_lives, m_journeys.of(m_journal, m_lives, life), life, m_from), m_texts));
    }
    return -1;
  }

  const Journal& m_journal;
  const PageWish& m_wish;
  Playhead m_at{m_journal};
  PageTexts m_texts;
  PageValues m_cards, m_buffers;
  Hosts m_hosts;
  BufferLives m_lives;
  BufferJourneys m_journeys;
  StepCounter m_steps;
  CallPath m_calls;
  int m_stimulus = -1, m_path = -1;
  EventIndex m_from = 0; // of the step before
  nlohmann::json m_paths = nlohmann::json::array(), m_written = nlohmann::json::array();
};

} // namespace

Result<WalkPage> readPage(const Journal& journal, const PageWish& wish, const PageProgress& goOn) {
  const EventIndex to = std::min(wish.to, journal.size());
  if (wish.from >= to) return Error{"a page needs at least one step: it ends where it begins"};
  const std::vector<EventIndex> positions = positionsOf(journal, to, wish);
  if (positions.size() > wish.most)
    return Error{std::to_string(positions.size()) + " steps are too many for a page: it holds " +
                 std::to_string(wish.most) + "; take a stretch of them"};
  PageReader reader(journal, wish);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (goOn && !goOn(i, positions.size())) return Error{"stopped: no page is written"};
    reader.read(positions[i]);
  }
  return reader.page();
}

} // namespace sockwalk::tell
