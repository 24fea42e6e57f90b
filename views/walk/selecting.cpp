#include "views/walk/selecting.h"
#include "engine/tell/selector.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QShortcut>
#include <QStringList>
#include <QWidget>

namespace sockwalk {

Selecting& Selecting::of(Walk& walk) {
  if (auto* there = walk.findChild<Selecting*>(QString(), Qt::FindDirectChildrenOnly)) return *there;
  return *new Selecting(walk);
}

Selecting::Selecting(Walk& walk) : QObject(&walk), m_walk(walk) {
  connect(&walk, &Walk::opened, this, [this] {
    m_packets.reset();
    clear();
  });
}
Selecting::~Selecting() = default;

void Selecting::set(tell::Selection selection) {
  if (selection == m_now) return;
  m_now = std::move(selection);
  emit changed();
}
void Selecting::clear() { set({}); }

const tell::PacketList& Selecting::packets() {
  const RecordReader& reader = RecordReader::of(m_walk);
  if (reader.atEnd()) {
    m_packets.reset();
    return reader.record().packets;
  }
  if (!m_packets) m_packets = std::make_unique<tell::PacketList>();
  m_packets->update(m_walk.journal());
  return *m_packets;
}

void Selecting::selectFrame(int packet, u32 from, u32 size) {
  if (m_walk.isOpen() && packet >= 0) set(tell::Selector(m_walk.journal(), packets()).ofFrame(packet, from, size));
}

void Selecting::selectBytes(u32 offset, u32 size) {
  if (m_walk.isOpen()) set(tell::Selector(m_walk.journal(), packets()).ofBytes(m_walk.position(), offset, size));
}

void Selecting::selectLine(const QString& file, int line) {
  if (!m_walk.isOpen()) return;
  set(tell::Selector(m_walk.journal(), packets()).ofLine(m_walk.position(), file.toStdString(), line));
  if (!m_now) emit m_walk.boundaryReached(tr("Line %1 has written nothing before this moment.").arg(line));
}

void Selecting::letGoBy(QWidget& view) {
  auto* escape = new QShortcut(QKeySequence(Qt::Key_Escape), &view);
  escape->setContext(Qt::WidgetWithChildrenShortcut);
  escape->setEnabled(bool(m_now));
  connect(escape, &QShortcut::activated, this, &Selecting::clear);
  connect(this, &Selecting::changed, escape, [this, escape] { escape->setEnabled(bool(m_now)); });
}

QString Selecting::words() {
  if (!m_walk.isOpen() || !m_now) return {};
  const tell::SelectionTold told{m_now, &m_walk.playhead(), &packets()};
  const QStringList words{shown(memberWords(told)), shown(wireWords(told)), shown(bufferWords(told)),
                          shown(sourceWords(told))};
  return m_walk.covered(words.join(QStringLiteral(" · ")));
}

} // namespace sockwalk
