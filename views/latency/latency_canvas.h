// A line for each packet: its number, what it is, the strip of its time, and the sum. Lines are worked out when they are seen.
#pragma once
#include "engine/tell/buffers/buffer_journey.h"
#include "engine/tell/packets/packet_list.h"
#include "views/latency/latency_strip.h"
#include <QAbstractScrollArea>
#include <unordered_map>

class QPainter;

namespace sockwalk {

class RecordReader;
class Walk;

class LatencyCanvas final : public QAbstractScrollArea {
  Q_OBJECT
public:
  LatencyCanvas(Walk& walk, RecordReader& reader, QWidget* parent = nullptr);
  void forget();                    // another session
  void reread() { m_told.clear(); } // the record has grown: lives go on
  void refresh();                   // the record has grown, or the walk has moved
  void restyle() { refresh(); }
  int packets() const; // how many lines there are
  int packetNow() const { return m_now; }
  int packetAt(QPoint viewport) const; // -1: none
  double y(int packet) const;          // of the top of its line
  // What is drawn of a packet; empty if it was in no sk_buff.
  std::vector<LatencyPiece> stripOf(int packet);

signals:
  void goTo(sockwalk::EventIndex position);

protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  bool viewportEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent*) override { viewport()->update(); }
  void focusOutEvent(QFocusEvent*) override { viewport()->update(); }
  void scrollContentsBy(int, int) override { viewport()->update(); }

private:
  double rowHeight() const;
  QRectF stripRoom(int packet) const;
  double perNs();
  std::pair<int, int> seen() const;
  struct Told { // of a packet's journey
    std::vector<tell::BufferSpan> spans;
    s64 total, work;
  };
  const Told* toldOf(int packet); // nullptr: it was in no sk_buff
  QString nameOf(int packet) const;
  void paintRow(QPainter& p, int packet);
  void paintPiece(QPainter& p, const LatencyPiece& piece) const;

  Walk& m_walk;
  RecordReader& m_reader;
  tell::BufferJourneys m_journeys;
  std::unordered_map<int, Told> m_told; // those that were seen
  int m_now = -1;
};

} // namespace sockwalk
