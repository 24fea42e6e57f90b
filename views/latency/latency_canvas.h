// A line for each packet: its number, what it is, the strip of its time, and the sum. Lines are worked out when they are seen.
#pragma once
#include "engine/tell/buffers/buffer_journey.h"
#include "engine/tell/packets/packet_list.h"
#include "views/latency/latency_strip.h"
#include "views/theme/picture_canvas.h"
#include <unordered_map>

namespace sockwalk {

class RecordReader;
class Walk;

class LatencyCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  LatencyCanvas(Walk& walk, RecordReader& reader, QWidget* parent = nullptr);
  void forget();                    // another session
  void reread() { m_told.clear(); } // the record has grown: lives go on
  void refresh();                   // the record has grown, or the walk has moved
  int packets() const;              // how many lines there are
  int packetNow() const { return m_now; }
  double y(int packet) const; // px of the room: of the top of its line
  // What is drawn of a packet; empty if it was in no sk_buff.
  std::vector<LatencyPiece> stripOf(int packet) const;

  int itemCount() const override { return packets(); }
  DescribedItem item(int packet) const override;
  QString itemText(int packet) const override;
  int itemHere() const override { return m_now; }

protected:
  QStringList headings() const override;
  std::pair<int, int> seenItems() const override;
  int itemIn(QPointF room) const override;
  QRectF rectOfItem(int packet) const override;
  void clicked(QPointF room, int packet) override;
  QString tipAt(QPointF room, int packet) const override;
  void paint(QPainter& painter) override;
  double contentHeight() const override { return packets() * rowHeight() + 8; }
  double leastWidth() const override;

private:
  double rowHeight() const;
  QRectF stripRoom(int packet) const;
  double perNs() const;
  struct Told { // of a packet's journey
    std::vector<tell::BufferSpan> spans;
    s64 total, work;
  };
  const Told* toldOf(int packet) const; // nullptr: it was in no sk_buff
  QString nameOf(int packet) const;
  void paintRow(QPainter& p, int packet) const;
  bool isMarked(int packet) const; // its buffer is what the person looks at
  void paintPiece(QPainter& p, const LatencyPiece& piece) const;

  Walk& m_walk;
  RecordReader& m_reader;
  mutable tell::BufferJourneys m_journeys;
  mutable std::unordered_map<int, Told> m_told; // those that were seen
  int m_now = -1;
};

} // namespace sockwalk
