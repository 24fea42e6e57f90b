#include "app/search_packets.h"
#include "views/walk/text.h"
#include <QCoreApplication>
#include <QElapsedTimer>

namespace sockwalk {

namespace {

constexpr int SliceMs = 8, RowsAtOnce = 32;
constexpr EventIndex EventsAtOnce = 20'000;
constexpr std::size_t Shown = 8;
constexpr int Fits = 2, IsNumbered = 0; // ranks

// "packet 12", "#12", "12".
u32 numberIn(QString wish) {
  for (const QString& word :
       {QStringLiteral("packet"), QCoreApplication::translate("SearchWindow", "packet"), QStringLiteral("#")})
    if (wish.startsWith(word, Qt::CaseInsensitive)) wish = wish.mid(word.size()).trimmed();
  return wish.toUInt();
}

SearchHit hitOf(const tell::PacketRows& rows, int row) {
  const tell::PacketRow said = rows.row(row);
  const QString ends = QStringLiteral("%1 → %2").arg(text(said.source), text(said.destination));
  const QString number = said.number ? QString::number(said.number) : QStringLiteral("–");
  SearchHit hit{SearchHit::Kind::Packet,
                QCoreApplication::translate("SearchWindow", "packet %1: %2").arg(number, text(said.info)),
                QStringLiteral("%1 · %2 · %3").arg(ends, shown(said.way), shown(said.fate)), rows.eventOf(row) + 1};
  return hit;
}

} // namespace

void PacketSearch::forget() {
  m_filter.clear();
  m_wish.clear();
}

bool PacketSearch::search(const tell::PacketRows& rows, const QString& wish, RankedHits& hits) {
  if (!rows.isOpen() || rows.size() == 0) return true;
  if (const u32 number = numberIn(wish))
    for (int row = std::min(rows.size(), int(number)) - 1, n = 0; row >= 0 && row < rows.size() && n < 3; ++row, ++n)
      if (rows.number(row) == number) hits.emplace_back(IsNumbered, hitOf(rows, row));
  if (wish != m_wish || rows.size() != m_rows) {
    m_wish = wish;
    m_rows = rows.size();
    m_filter.set(wish.toStdString());
    m_filter.restart();
  }
  if (m_filter.kind() == tell::PacketFilter::Kind::Wrong) return true;
  QElapsedTimer clock;
  clock.start();
  bool done = false;
  while (!done && clock.elapsed() < SliceMs && m_filter.matches().size() < Shown)
    done = m_filter.advance(rows, RowsAtOnce, EventsAtOnce);
  const bool expression = m_filter.kind() == tell::PacketFilter::Kind::Expression;
  for (std::size_t i = 0; i < m_filter.matches().size() && i < Shown; ++i)
    hits.emplace_back(expression ? Fits - 1 : Fits + 1, hitOf(rows, m_filter.matches()[i]));
  return done || m_filter.matches().size() >= Shown;
}

} // namespace sockwalk
