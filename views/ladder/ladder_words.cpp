// The ladder in words.
#include "engine/tell/values.h"
#include "views/ladder/ladder_canvas.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"

namespace sockwalk {

using tell::LadderRung;

static QString clockOf(const Journal& journal, EventIndex event) {
  return event == NoEvent ? QString() : text(tell::time(journal.timeAt(event)));
}

QStringList LadderCanvas::headings() const {
  return {tr("Segment"), tr("Way"),     tr("Leaves"),   tr("Arrives"),
          tr("Remark"),  tr("Sent by"), tr("Leads to"), tr("State")};
}

QString LadderCanvas::stateOf(const LadderRung& r) const {
  if (r.event() >= m_position) return tr("to come");
  return r.arrived != NoEvent && r.arrived >= m_position ? tr("under way") : tr("done");
}

QString LadderCanvas::itemText(int rung) const {
  const LadderRung& r = m_ladder.rungs[size_t(rung)];
  return QString("%1: %2").arg(rung + 1).arg(r.numbers.empty() ? tr("read") : text(r.numbers));
}

DescribedItem LadderCanvas::item(int rung) const {
  const LadderRung& r = m_ladder.rungs[size_t(rung)];
  const tell::Record& record = m_reader.record();
  const auto& ends = m_ladder.ends;
  const QString from = text(ends[r.forward ? 0 : 1].address), to = text(ends[r.forward ? 1 : 0].address);
  const bool told = isArrivalTold(r);
  DescribedItem out;
  out.cells << itemText(rung) << (r.kind == LadderRung::Read ? from : QString("%1 → %2").arg(from, to))
            << clockOf(m_walk.journal(), r.left) << (told ? clockOf(m_walk.journal(), r.arrived) : QString())
            << (told ? shown(tell::remarkOn(r, record)) : QString())
            << shown(tell::atSender(m_ladder, r, m_walk.journal(), record))
            << (told ? shown(tell::atReceiver(m_ladder, r, m_walk.journal(), record)) : QString()) << stateOf(r);
  out.rect = rectOfItem(rung).toAlignedRect();
  out.role = QAccessible::Button;
  out.lit = rung == m_now;
  out.press = [canvas = const_cast<LadderCanvas*>(this), event = r.event()] { emit canvas->goTo(event + 1); };
  return out;
}

QString LadderCanvas::summary() const {
  if (m_ladder.empty()) return {};
  QStringList ends;
  for (const int end : {0, 1})
    ends << text(m_ladder.ends[end].address) + ": " + shown(tell::endAt(m_ladder, end, m_reader.record(), m_position));
  return text(m_ladder.flow.name()) + '\n' + ends.join('\n');
}

QString LadderCanvas::wordsOf(const LadderRung& r) const {
  const tell::Record& record = m_reader.record();
  QStringList lines;
  if (!r.numbers.empty()) lines << text(r.numbers);
  const bool told = isArrivalTold(r);
  if (told) lines << shown(tell::remarkOn(r, record));
  lines << shown(tell::atSender(m_ladder, r, m_walk.journal(), record));
  if (told) lines << shown(tell::atReceiver(m_ladder, r, m_walk.journal(), record));
  lines.removeAll(QString());
  if (told && r.left != NoEvent && r.arrived != NoEvent && r.left != r.arrived)
    lines << tr("on the way for %1")
                 .arg(text(tell::duration(m_walk.journal().timeAt(r.arrived) - m_walk.journal().timeAt(r.left))));
  return lines.join('\n');
}

QString LadderCanvas::tipAt(QPointF at, int rung) const {
  for (const int end : {0, 1})
    if (headRect(end).contains(at)) {
      const QString socket = shown(tell::endAt(m_ladder, end, m_reader.record(), m_position)); // it may end in dots
      return socketOf(end) ? socket + '\n' + tr("Click: looks at this socket.") : socket;
    }
  return rung < 0 ? QString() : wordsOf(m_ladder.rungs[size_t(rung)]);
}

} // namespace sockwalk
