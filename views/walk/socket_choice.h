// Which TCP socket a picture is of: the one that the walk is about, or one that the person has chosen.
#pragma once
#include "engine/tell/sockets/state_machine.h"
#include <QWidget>

class QComboBox;
class QToolButton;

namespace sockwalk {

class RecordReader;
class Walk;

class SocketChoice final : public QWidget {
  Q_OBJECT
public:
  SocketChoice(Walk& walk, RecordReader& reader, QWidget* parent = nullptr);
  void refresh(); // the walk has moved, or the record has grown
  void forget();  // another session
  const tell::StateWays& ways() const { return m_ways; }
  int socket() const { return m_socket; } // index in ways() and in the record's histories; -1: there is none
  QComboBox* box() { return m_box; }
  bool follows() const;

signals:
  void chosen(); // by hand

private:
  int lookedAt() const; // the socket that is the walk's focus; -1
  void fill();

  Walk& m_walk;
  RecordReader& m_reader;
  tell::StateWays m_ways;
  EventIndex m_read = 0; // so far
  int m_socket = -1;
  QComboBox* m_box;
  QToolButton* m_follow;
};

} // namespace sockwalk
