#include "engine/tell/lessons/lesson_views.h"
#include "engine/tell/eras/structures.h"
#include "engine/tell/lessons/lesson_place.h"
#include <algorithm>

namespace sockwalk::tell {

static std::vector<std::string> eraPages() {
  std::vector<std::string> out{"calls"};
  std::ranges::move(structurePages(), std::back_inserter(out));
  return out;
}

std::span<const LessonView> lessonViews() {
  constexpr auto Stage = LessonPlace::Stage, Right = LessonPlace::Right, Bottom = LessonPlace::Bottom;
  static const std::vector<LessonView> all{
      {"call-path", Stage},
      {"objects", Stage},
      {"buffer", Stage, {"one", "beside"}},
      {"tables", Stage, {"ops",          "ehash",     "lhash2", "bhash",   "bhash2",       "udp-hash",
                         "udp-hash2",    "raw",       "ping",   "queues",  "routes",       "exceptions",
                         "neighbours",   "netfilter", "files",  "rings",   "net_families", "inetsw",
                         "inetsw_array", "proto_ops", "proto",  "two-hops"}},
      {"sequence", Stage},
      {"ladder", Stage},
      {"states", Stage},
      {"plots", Stage},
      {"queues", Stage},
      {"classes", Stage},
      {"map", Stage},
      {"latency", Stage},
      {"family", Stage},
      {"birth", Stage},
      {"filter", Stage},
      {"eras", Stage, eraPages()},
      {"structure", Right, {"members", "groups", "memory", "heat"}},
      {"source", Right},
      {"timeline", Bottom},
      {"packets", Bottom},
      {"console", Bottom},
      {"happened", Bottom},
      {"watch", Bottom}};
  return all;
}

const LessonView* lessonViewNamed(const std::string& name) {
  const auto found = std::ranges::find(lessonViews(), name, &LessonView::name);
  return found == lessonViews().end() ? nullptr : &*found;
}

AskedView askedView(const std::string& written) {
  const auto colon = written.find(':');
  return {written.substr(0, colon), colon == written.npos ? "" : written.substr(colon + 1)};
}

namespace {

class ViewReader {
public:
  explicit ViewReader(Problems& problems) : m_problems(problems) {}
  void read(const std::string& written, Spot spot) {
    const AskedView asked = askedView(written);
    const LessonView* const view = lessonViewNamed(asked.name);
    if (!view) return noView(asked.name, spot);
    if (asked.name != written) page(*view, asked.page, spot);
    seen(*view, spot);
  }

private:
  void noView(const std::string& name, Spot spot) {
    std::vector<std::string> names;
    for (const LessonView& view : lessonViews()) names.push_back(view.name);
    m_problems.add(spot, say("'%1' is nothing that may stand behind '%2:'", name, "view"), nearestOf(name, names));
  }
  void page(const LessonView& view, const std::string& page, Spot spot) {
    if (view.pages.empty())
      m_problems.add(spot, say("the view '%1' has no pages", view.name), say("write '%1' alone", view.name));
    else if (std::ranges::find(view.pages, page) == view.pages.end())
      m_problems.add(spot, say("the view '%1' has no page '%2'", view.name, page), nearestOf(page, view.pages));
  }
  void seen(const LessonView& view, Spot spot) {
    const auto same = [&](const LessonView* other) { return other->place == view.place; };
    const auto there = std::ranges::count_if(m_seen, same);
    if (std::ranges::find(m_seen, &view) != m_seen.end())
      m_problems.add(spot, say("the view '%1' stands here twice", view.name), say("it shows one page at a time"));
    else if (view.place == LessonPlace::Stage && there == 2)
      m_problems.add(spot, say("'%1' is a third view of the stage, which shows two side by side", view.name),
                     say("name two of them, and the third at a stop of its own"));
    else if (view.place == LessonPlace::Bottom && there)
      m_problems.add(spot,
                     say("'%1' and '%2' stand behind one another below the stage, so that one of them is not seen",
                         (*std::ranges::find_if(m_seen, same))->name, view.name),
                     say("name one of them, and the other at a stop of its own"));
    m_seen.push_back(&view);
  }

  Problems& m_problems;
  std::vector<const LessonView*> m_seen;
};

} // namespace

std::vector<std::string> viewsOf(const std::vector<Written>& lists, Problems& problems) {
  std::vector<std::string> out;
  ViewReader reader(problems);
  for (const Written& list : lists)
    for (const std::string& word : wordsOf(list.text)) {
      reader.read(word, list.spot);
      out.push_back(word);
    }
  return out;
}

} // namespace sockwalk::tell
