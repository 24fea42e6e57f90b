#include "app/search_index.h"
#include "engine/journal/reflection.h"
#include "engine/tell/in_words.h"
#include "views/walk/text.h"
#include <algorithm>

namespace sockwalk {
namespace {

// 0: the same, 1: begins with it, 2: a word in it begins with it, 3: contains it, -1: does not.
int rankOf(const QString& name, const QString& wish) {
  const qsizetype at = name.indexOf(wish, 0, Qt::CaseInsensitive);
  if (at < 0) return -1;
  if (at == 0) return name.size() == wish.size() ? 0 : 1;
  return name[at - 1] == '_' || name[at - 1] == ' ' ? 2 : 3;
}

class Search {
public:
  Search(const Walk& walk, StepCount& steps, CalledFunctions& called, const QString& wish, std::size_t limit)
      : m_walk(walk), m_steps(steps), m_called(called), m_wish(wish), m_limit(limit) {}

  std::vector<SearchHit> run() {
    numbers();
    functions();
    globals();
    objects();
    stimuli();
    std::stable_sort(m_hits.begin(), m_hits.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<SearchHit> out;
    for (std::size_t i = 0; i < m_hits.size() && i < m_limit; ++i) out.push_back(std::move(m_hits[i].second));
    for (SearchHit& hit : out) // only for those that are shown: it reads the journal
      if (hit.kind == SearchHit::Kind::Function) findCall(hit);
    return out;
  }

private:
  static constexpr int NotCalled = 10; // added to a rank: after all that happened
  void add(int rank, SearchHit hit) { m_hits.emplace_back(rank, std::move(hit)); }

  void numbers() {
    QString digits = m_wish;
    for (const QString& word : {QString("step"), Walk::tr("step"), QString("event"), Walk::tr("event")})
      if (digits.startsWith(word, Qt::CaseInsensitive)) digits = digits.mid(word.size()).trimmed();
    bool ok;
    const int number = digits.toInt(&ok);
    if (!ok || number < 0) return;
    const auto where = m_steps.at(m_walk.position());
    if (number <= where.steps)
      add(-2, {SearchHit::Kind::Step, Walk::tr("step %1").arg(number), where.of,
               m_steps.positionOf(number, m_walk.position())});
    if (EventIndex(number) <= m_walk.journal().size())
      add(-1, {SearchHit::Kind::Step, Walk::tr("event %1").arg(number), Walk::tr("of the whole record"),
               EventIndex(number)});
  }

  void functions() {
    for (const FunctionInfo* f : Symbols::get().functions()) {
      const QString name = text(f->name);
      const int rank = rankOf(name, m_wish);
      if (rank < 0) continue;
      const bool called = m_called.contains(m_walk, f->id);
      add(rank + (called ? 0 : NotCalled), {SearchHit::Kind::Function, name, text(f->file).remove("engine/kernel/")});
    }
  }

  void globals() {
    for (const DataSymbol* d : Symbols::get().data()) {
      const QString name = text(d->name);
      if (int rank = rankOf(name, m_wish); rank >= 0)
        add(rank, {SearchHit::Kind::Global, name, text(d->type), NoEvent, Arena::addressOf(d->offset)});
    }
  }

  // A capture makes a hundred thousand buffers: stop when there are enough that fit.
  void objects() {
    std::size_t found = 0;
    for (const Allocation& a : m_walk.journal().allocations()) {
      const LayoutInfo* layout = layoutOf(a.type);
      if (!layout) continue;
      const auto hash = m_wish.indexOf('#');
      if (rankOf(text(layout->name), m_wish.left(hash).trimmed()) < 0) continue;
      const QString name = text(objectOf(a).name);
      const int rank = rankOf(name, m_wish);
      if (rank < 0) continue;
      const bool alive = a.born < m_walk.position() && a.died >= m_walk.position();
      add(rank + (alive ? 0 : 1),
          {SearchHit::Kind::Object, name, alive ? Walk::tr("alive now") : Walk::tr("to its birth"),
           alive ? NoEvent : a.born + 1, Arena::addressOf(a.offset)});
      if (++found >= m_limit * 2) return;
    }
  }

  void stimuli() {
    std::size_t found = 0;
    for (const Stimulus& s : m_walk.journal().stimuli()) {
      const QString name = shown(tell::stimulusText(s.text));
      int rank = rankOf(name, m_wish);
      if (rank < 0 && !s.name.empty()) rank = rankOf(QString::fromStdString(s.name), m_wish);
      if (rank < 0) continue;
      add(rank, {SearchHit::Kind::Stimulus, name, QString::fromStdString(s.name), s.event + 1});
      if (++found >= m_limit) return;
    }
  }

  // The next call from here, else the last one before: wherever it is, the person gets there.
  void findCall(SearchHit& hit) {
    const FunctionInfo* f = Symbols::get().functionNamed(hit.name.toStdString());
    if (!m_called.contains(m_walk, f->id)) {
      hit.detail += Walk::tr(" · not called in this walk");
      return;
    }
    const EventIndex here = m_walk.position();
    EventIndex to = nextCall(m_walk.journal(), here, f->id, true);
    if (to == here) to = nextCall(m_walk.journal(), here, f->id, false);
    hit.position = to; // it is the call we stand in, if there is no other
  }

  const Walk& m_walk;
  StepCount& m_steps;
  CalledFunctions& m_called;
  const QString m_wish;
  const std::size_t m_limit;
  std::vector<std::pair<int, SearchHit>> m_hits;
};

} // namespace

bool CalledFunctions::contains(const Walk& walk, u16 function) {
  const Journal& j = walk.journal();
  for (; m_read < j.size(); ++m_read) {
    const Event& e = j[m_read];
    if (e.type != EventType::Call) continue;
    if (e.b >= m_called.size()) m_called.resize(std::size_t(e.b) + 1);
    m_called[e.b] = true;
  }
  return function < m_called.size() && m_called[function];
}

std::vector<SearchHit> searchWalk(const Walk& walk, StepCount& steps, CalledFunctions& called, const QString& wish,
                                  std::size_t limit) {
  const QString trimmed = wish.trimmed();
  if (trimmed.isEmpty() || !walk.isOpen()) return {};
  return Search(walk, steps, called, trimmed, limit).run();
}

} // namespace sockwalk
