// A walk, or a stretch of it, as one page for any browser: every step of it as tell says it, in as many languages as are
// asked for, inside one HTML file that needs nothing else. How it looks and how it is walked is assets/page.
//
// The data of a page (WalkPage::data):
//   title      what was walked: "tcp-lost-segment.pkt"
//   languages  [{"code": "zh-CN", "name": "中文"}]
//   words      the page's own words, by what they are for: {"next": T}
//   texts      every sentence once, said in each language: [["..", ".."]]; a T anywhere is an index into it
//   layers     [T], outermost first
//   paths      the call path of each stimulus:
//                {"call": T, "name", "nodes": [{"f": function, "p": caller or -1, "l": layer, "w": T of who runs it,
//                 "n": calls, "file", "s": T of what is simplified in it}]}
//   cards      objects as they stood: {"id": address, "title", "type", "l": layer, "c": column, "born", "handed",
//                "rows": [{"k": T, "v": T, "to": address, "changed", "back"}]}
//   buffers    pictures of an sk_buff as it stood: offsets from head; see BufferPicture
//   lesson     if it is the walk of one: lesson_page.h
//   steps      {"at": events that have happened, "n": of, "of": steps of the stimulus, "p": path, "r": node that runs or
//                -1, "t": a letter a node: r runs, a active, p past, f future, "s": T of what happened, "args": T,
//                "result", "loss": T, "ns": since boot, "who": T, "o": indexes of cards, "out": T of those left out,
//                "b": index of a buffer or -1}
#pragma once
#include "engine/base/result.h"
#include "engine/scenario/session.h"
#include "engine/tell/text.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

struct PageLanguage {
  std::string code, name;
  Translate translate; // none: English
};
class LessonPage;

struct PageWish {
  std::string title;
  EventIndex from = 0, to = NoEvent; // positions; NoEvent: as far as is recorded
  std::size_t most = 4000;           // steps; more of them are refused
  std::vector<PageLanguage> languages;
  const LessonPage* lesson = nullptr; // of a walk that is longer than a page, what lies about its stops is taken
};
// Told how many steps of how many are written; false stops it.
using PageProgress = std::function<bool(std::size_t done, std::size_t all)>;

struct WalkPage {
  nlohmann::json data;
  std::size_t steps() const { return data["steps"].size(); }
};
Result<WalkPage> readPage(const Journal& journal, const PageWish& wish, const PageProgress& goOn = {});
// The whole file. An error if the page's own parts are not where the program's data is.
Result<std::string> htmlOf(const WalkPage& page);

} // namespace sockwalk::tell
