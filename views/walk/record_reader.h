// The record of a walk (engine/tell/sockets/record.h), read once for all pictures that are drawn from it: a slice at a time,
// so that the window never waits for a long one.
#pragma once
#include "engine/tell/sockets/record.h"
#include <QObject>
#include <QTimer>

namespace sockwalk {

class Walk;

class RecordReader final : public QObject {
  Q_OBJECT
public:
  // The reader of a walk; it begins to read when it is first asked for.
  static RecordReader& of(Walk& walk);
  const tell::Record& record() const { return m_record; }
  bool atEnd() const; // all that is recorded has been read

signals:
  void begun(); // another session: what was read is gone
  void read();  // the record has grown

private:
  explicit RecordReader(Walk& walk);
  void begin();
  void readSlice();

  Walk& m_walk;
  tell::Record m_record;
  QTimer m_timer;
};

} // namespace sockwalk
