#include "app/search_index.h"
#include "engine/journal/reflection.h"
#include "engine/tell/in_words.h"
#include "views/walk/text.h"
#include <algorithm>

namespace sockwalk {
namespace {

constexpr std::size_t MostOfAKind = 24; // that are looked for: more are not shown
constexpr int NotCalled = 10;           // added to a rank: after all that happened

class Search {
public:
  Search(const Walk& walk, StepCount& steps, const SearchedRecord& record, const QString& wish, RankedHits& hits)
      : m_walk(walk), m_steps(steps), m_record(record), m_wish(wish), m_hits(hits) {}

  void run() {
    numbers();
    functions();
    globals();
    objects();
    stimuli();
  }

private:
  void add(int rank, SearchHit hit) { m_hits.emplace_back(rank, std::move(hit)); }

  // "57", "step 57", "event 1200"; what is found is named by its step.
  void numbers() {
    QString digits = m_wish;
    bool event = false;
    for (const QString& word : {QString("step"), Walk::tr("step")})
      if (digits.startsWith(word, Qt::CaseInsensitive)) digits = digits.mid(word.size()).trimmed();
    for (const QString& word : {QString("event"), Walk::tr("event")})
      if (digits.startsWith(word, Qt::CaseInsensitive)) digits = digits.mid(word.size()).trimmed(), event = true;
    bool ok;
    const int number = digits.toInt(&ok);
    if (!ok || number < 0) return;
    const auto where = m_steps.at(m_walk.position());
    if (number <= where.steps && !event)
      add(-2, {SearchHit::Kind::Step, Walk::tr("step %1").arg(number), where.of,
               m_steps.positionOf(number, m_walk.position())});
    if (EventIndex(number) <= m_walk.journal().size())
      add(-1, {SearchHit::Kind::Step, shown(tell::stepName(m_walk.journal(), EventIndex(number), NoEvent)),
               Walk::tr("event %1 of the whole record").arg(number), EventIndex(number)});
  }

  void functions() {
    for (const FunctionInfo* f : Symbols::get().functions()) {
      const QString name = text(f->name);
      const int rank = rankOf(name, m_wish);
      if (rank < 0) continue;
      const bool called = m_record.calls(f->id);
      QString file = text(f->file).remove("engine/kernel/");
      if (Symbols::get().inlined(f->name, f->era())) file += Walk::tr(" · inlined");
      add(rank + (called ? 0 : NotCalled),
          {SearchHit::Kind::Function, name, called ? file : file + Walk::tr(" · not called in this walk")});
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
    const std::vector<bool> fitting = fittingTypes();
    for (const Allocation& a : m_walk.journal().allocations()) {
      if (a.type >= fitting.size() || !fitting[a.type]) continue;
      const QString name = text(objectOf(a).name);
      const int rank = rankOf(name, m_wish);
      if (rank < 0) continue;
      const bool alive = a.born < m_walk.position() && a.died >= m_walk.position();
      add(rank + (alive ? 0 : 1),
          {SearchHit::Kind::Object, name, alive ? Walk::tr("alive now") : Walk::tr("to its birth"),
           alive ? NoEvent : a.born + 1, Arena::addressOf(a.offset)});
      if (++found >= MostOfAKind) return;
    }
  }
  // By type: an object of it may be meant.
  std::vector<bool> fittingTypes() const {
    std::vector<bool> out;
    const QString type = m_wish.left(m_wish.indexOf('#')).trimmed();
    for (const LayoutInfo& layout : layouts()) out.push_back(rankOf(text(layout.name), type) >= 0);
    return out;
  }

  void stimuli() {
    std::size_t found = 0;
    const auto& all = m_walk.journal().stimuli();
    for (std::size_t i = 0; i < m_record.stimuli().size() && i < all.size(); ++i) {
      const QString& name = m_record.stimuli()[i];
      int rank = rankOf(name, m_wish);
      if (rank < 0 && !all[i].name.empty()) rank = rankOf(QString::fromStdString(all[i].name), m_wish);
      if (rank < 0) continue;
      add(rank, {SearchHit::Kind::Stimulus, name, QString::fromStdString(all[i].name), all[i].event + 1});
      if (++found >= MostOfAKind) return;
    }
  }

  const Walk& m_walk;
  StepCount& m_steps;
  const SearchedRecord& m_record;
  const QString m_wish;
  RankedHits& m_hits;
};

} // namespace

void SearchedRecord::forget() { *this = {}; }

void SearchedRecord::read(const Journal& j) {
  for (; m_read < j.size(); ++m_read) {
    const Event& e = j[m_read];
    if (e.type != EventType::Call) continue;
    if (e.b >= m_called.size()) m_called.resize(std::size_t(e.b) + 1);
    m_called[e.b] = true;
  }
  for (std::size_t i = m_stimuli.size(); i < j.stimuli().size(); ++i)
    m_stimuli.push_back(shown(tell::stimulusText(j.stimuli()[i].text)));
}

EventIndex positionOfCall(const Walk& walk, const SearchHit& hit) {
  const FunctionInfo* f = Symbols::get().functionNamed(hit.name.toStdString());
  const Journal& j = walk.journal();
  const EventIndex here = walk.position();
  if (!f) return NoEvent;
  for (const bool forward : {true, false})
    if (const EventIndex to = nextCall(j, here, f->id, forward); to != here) return to;
  const bool within = here > 0 && j[here - 1].type == EventType::Call && j[here - 1].b == f->id;
  return within ? here : NoEvent; // it is the call we stand in, if there is no other
}

void searchWalk(const Walk& walk, StepCount& steps, const SearchedRecord& record, const QString& wish,
                RankedHits& hits) {
  if (walk.isOpen()) Search(walk, steps, record, wish, hits).run();
}

} // namespace sockwalk
