// The call path as words: its nodes, callers before callees.
#include "engine/memory/symbols.h"
#include "engine/tell/calls/calls.h"
#include "engine/tell/in_words.h"
#include "engine/tell/lessons/covers.h"
#include "engine/tell/source/source_frames.h"
#include "views/call_path/call_path_stage.h"
#include "views/theme/described.h"
#include "views/walk/text.h"

namespace sockwalk {

static QString tenseWords(Tense tense) {
  switch (tense) {
  case Tense::Running: return CallPathStage::tr("running");
  case Tense::Active: return CallPathStage::tr("open");
  case Tense::Past: return CallPathStage::tr("done");
  case Tense::Future: break;
  }
  return CallPathStage::tr("to come");
}

static QString sourceOf(const tell::PathNode& node) {
  if (node.function < 0) return {};
  const FunctionInfo& f = Symbols::get().function(static_cast<u16>(node.function));
  return QStringLiteral("%1:%2").arg(text(f.file)).arg(f.line);
}

static QString leftOut(const tell::PathNode& node) {
  return node.function < 0 ? QString()
                           : shown(tell::simplification(Symbols::get().function(static_cast<u16>(node.function))));
}

Description CallPathStage::describe() const {
  Description out;
  out.headings << tr("Function") << tr("Layer") << tr("State") << tr("Result") << tr("Depth") << tr("Called by")
               << tr("Calls") << tr("Folded below") << tr("Source") << tr("Left out");
  if (!m_picture) return out;
  const auto& nodes = m_picture->path->nodes();
  const auto named = [&](int n) {
    const PillItem* pill = pillOf(n);
    return pill && pill->covered() ? QString(tell::Covers::Hatch) : text(nodes[std::size_t(n)].name);
  };
  for (const int n : m_picture->shown) {
    const PillItem* pill = pillOf(n);
    if (!pill) continue;
    const tell::PathNode& node = nodes[std::size_t(n)];
    const bool known = std::size_t(n) < m_moment.tenses.size();
    const Tense tense = known ? m_moment.tenses[std::size_t(n)] : Tense::Future;
    DescribedItem item;
    item.cells << named(n) << ::sockwalk::shown(tell::layerText(node.layer)) << tenseWords(tense)
               << (resultOf ? resultOf(n) : QString()) << QString::number(node.depth)
               << (node.parent < 0 ? QString() : named(node.parent))
               << (node.calls.size() > 1 ? QString::number(node.calls.size()) : QString())
               << (pill->folded() ? QString::number(pill->folded()) : QString()) << sourceOf(node) << leftOut(node);
    item.rect = onScreen(pill->rect().translated(pill->pos())).toAlignedRect();
    item.role = QAccessible::Button;
    item.lit = tense == Tense::Running;
    item.press = [stage = const_cast<CallPathStage*>(this), n] { emit stage->nodeClicked(n, false); };
    out.items.push_back(std::move(item));
  }
  out.summary = summary();
  return out;
}

// What runs, and what stands in the cards.
QString CallPathStage::summary() const {
  if (m_moment.running < 0) return {};
  QStringList words{tr("%1 is running.").arg(text(m_picture->path->nodes()[std::size_t(m_moment.running)].name))};
  words << m_caption.arguments << m_caption.sentence << m_caption.loss;
  if (m_card)
    for (const std::string& line : tell::lines(*m_card)) words << Described::told(text(line));
  words.removeAll(QString());
  return words.join(QLatin1Char('\n'));
}

} // namespace sockwalk
