#include "views/walk/record_reader.h"
#include "views/walk/walk.h"

namespace sockwalk {

RecordReader& RecordReader::of(Walk& walk) {
  if (auto* reader = walk.findChild<RecordReader*>(QString(), Qt::FindDirectChildrenOnly)) return *reader;
  return *new RecordReader(walk);
}

RecordReader::RecordReader(Walk& walk) : QObject(&walk), m_walk(walk) {
  connect(&m_timer, &QTimer::timeout, this, &RecordReader::readSlice);
  connect(&walk, &Walk::opened, this, &RecordReader::begin);
  connect(&walk, &Walk::recorded, this, [this] { m_timer.start(0); });
  if (walk.isOpen()) readSlice(), m_timer.start(0);
}

bool RecordReader::atEnd() const { return !m_walk.isOpen() || m_record.packets.seen() == m_walk.journal().size(); }

void RecordReader::begin() {
  m_record = {};
  emit begun();
  m_timer.start(0);
}

void RecordReader::readSlice() {
  constexpr EventIndex Slice = 1 << 18; // some ms
  if (atEnd()) return m_timer.stop();
  m_record.update(m_walk.journal(), Slice);
  emit read();
}

} // namespace sockwalk
