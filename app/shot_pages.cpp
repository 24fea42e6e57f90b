#include "app/shot_pages.h"
#include "engine/tell/position.h"
#include "engine/tell/structures/structures.h"
#include "views/buffer/buffer_view.h"
#include "views/eras/eras_view.h"
#include "views/structure/compare_pane.h"
#include "views/structure/find_pane.h"
#include "views/structure/structure_view.h"
#include "views/tables/tables_view.h"
#include "views/walk/text.h"
#include <QApplication>

namespace sockwalk {

namespace {

// With another object, or with the same one at another moment; without words with itself, before the call.
Result<void> compareWith(StructureView& view, Walk& walk, const std::string& other) {
  if (other.empty()) return {};
  const auto subject = tell::structureNamed(walk.playhead(), other);
  if (subject) return view.comparison()->compareWith(Arena::addressOf(subject->base)), Result<void>();
  if (other.find('#') != other.npos) return subject.error();
  const auto moment = tell::positionNamed(walk.journal(), walk.position(), other);
  if (!moment) return moment.error();
  view.comparison()->compareWithMoment(*moment);
  return {};
}

Result<void> find(StructureView& view, const std::string& value) {
  if (value.empty()) return Error{tell::spoken(tell::say("--page find wants a value: find 8080"))};
  view.findValue(text(value));
  while (view.finder()->searching()) QApplication::processEvents();
  return {};
}

Result<void> showPage(BufferView& view, const std::string& page) {
  if (page == "beside") return showBeside(view);
  if (!page.empty() && page != "one") return Error{"the view buffer has the pages one and beside, not '" + page + "'"};
  view.setBeside(false);
  return {};
}

Result<void> showPage(ErasView& view, const std::string& page) {
  if (view.showPage(text(page))) return {};
  return Error{"the view eras has the pages " + view.pages().join(", ").toStdString() + ", not '" + page + "'"};
}

Result<void> showPage(StructureView& view, Walk& walk, const std::string& page) {
  if (page.empty()) return view.setTab(StructureView::MembersTab), Result<void>();
  constexpr std::pair<const char*, StructureView::Tab> Pages[] = {
      {"members", StructureView::MembersTab}, {"groups", StructureView::GroupsTab},
      {"memory", StructureView::MemoryTab},   {"heat", StructureView::HeatTab},
      {"compare", StructureView::CompareTab}, {"find", StructureView::FindTab}};
  const size_t blank = page.find(' ');
  const std::string name = page.substr(0, blank), rest = blank == page.npos ? "" : page.substr(blank + 1);
  for (const auto& [called, tab] : Pages) {
    if (name != called) continue;
    view.setTab(tab);
    if (tab == StructureView::CompareTab) return compareWith(view, walk, rest);
    if (tab == StructureView::FindTab) return find(view, rest);
    return rest.empty() ? Result<void>() : Error{"--page " + name + " takes no further words"};
  }
  return Error{"the view structure has the pages members, groups, memory, heat, compare [OTHER] and find VALUE, not '" +
               page + "'"};
}

} // namespace

Result<void> lookAtObject(Walk& walk, const std::string& name) {
  const auto subject = tell::structureNamed(walk.playhead(), name);
  if (!subject) return subject.error();
  walk.setFocus(Arena::addressOf(subject->base));
  return {};
}

Result<void> showPage(QWidget& view, Walk& walk, const std::string& page) {
  if (auto* const structure = qobject_cast<StructureView*>(&view)) return showPage(*structure, walk, page);
  if (auto* const buffer = qobject_cast<BufferView*>(&view)) return showPage(*buffer, page);
  if (auto* const eras = qobject_cast<ErasView*>(&view)) return showPage(*eras, page);
  auto* const tables = qobject_cast<TablesView*>(&view);
  if (!tables) return Error{tell::spoken(tell::say("--page is for the views structure, tables, buffer and eras"))};
  if (tables->showOnly(text(page))) return {};
  return Error{"the view tables has the page ops, and one for each table that has entries, not '" + page + "'"};
}

Result<void> showBeside(QWidget& bufferView) {
  auto& view = static_cast<BufferView&>(bufferView);
  view.setBeside(true);
  if (view.isBeside()) return {};
  return Error{tell::spoken(tell::say("at this moment there is no sk_buff that others could stand beside"))};
}

} // namespace sockwalk
