// What is selected in several views at once: on the wire, in the buffer, in Structure and in Source (engine/tell/selection.h).
// A view says what a person has chosen in it, and marks what is selected, wherever it was chosen.
#pragma once
#include "engine/tell/selection.h"
#include <memory>
#include <QObject>

class QWidget;

namespace sockwalk {

namespace tell {
class PacketList;
}
class Walk;

class Selecting final : public QObject {
  Q_OBJECT
public:
  static Selecting& of(Walk& walk); // the one of a walk
  ~Selecting() override;
  const tell::Selection& now() const { return m_now; }
  void clear();
  void selectFrame(int packet, u32 from, u32 size); // `packet` as PacketList counts
  void selectBytes(u32 offset, u32 size);           // in the arena, at the playhead
  void selectLine(const QString& file, int line);   // the walk says so, if it has written nothing yet
  // Esc lets go, in this view as long as something is selected.
  void letGoBy(QWidget& view);
  // "tcphdr.seq · bytes 38 to 41 of packet 3 · … · written by …"; "" if nothing is selected.
  QString words();

signals:
  void changed();

private:
  explicit Selecting(Walk& walk);
  void set(tell::Selection selection);
  const tell::PacketList& packets();

  Walk& m_walk;
  tell::Selection m_now;
  std::unique_ptr<tell::PacketList> m_packets; // until the reader of the record is through
};

} // namespace sockwalk
