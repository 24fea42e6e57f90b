// Two to four buffers of one moment, or one buffer at two to four moments, side by side. What is shown at first is chosen by
// what they share; a person adds and takes away.
#pragma once
#include "engine/tell/buffers/side_by_side.h"
#include "views/walk/walk.h"
#include <QWidget>

class QMenu;
class QToolButton;

namespace sockwalk {

class BesideCanvas;
class ElidedLabel;

class SideBySide final : public QWidget {
  Q_OBJECT
public:
  explicit SideBySide(Walk& walk, QWidget* parent = nullptr);
  enum class Mode { Buffers, Moments };
  // Begins anew with this life and what is akin to it; where nothing else lives, with its moments.
  void begin(const tell::BufferLives& lives, tell::BufferJourneys& journeys, int life);
  void forget(); // another record
  void show(const tell::BufferLives& lives, tell::BufferJourneys& journeys, int life);
  void setMode(Mode mode);
  Mode mode() const { return m_mode; }
  void restyle();
  BesideCanvas& canvas() { return *m_canvas; }
  QString note() const;
  void add(int life);
  void keepMoment();

signals:
  void back();                    // to the one buffer
  void lookedAt(quint64 address); // of an sk_buff
  void goTo(sockwalk::EventIndex position);

private:
  void draw();
  void remove(int row);
  void choose(int row);
  void fillMenu();
  void sayNote(const QString& words);
  std::vector<EventIndex> moments() const; // those that are kept, and now

  Walk& m_walk;
  const tell::BufferLives* m_lives = nullptr;
  tell::BufferJourneys* m_journeys = nullptr;
  std::unique_ptr<Playhead> m_walker;
  Mode m_mode = Mode::Buffers;
  std::vector<int> m_buffers;        // lives
  std::vector<EventIndex> m_moments; // kept, in order
  std::vector<EventIndex> m_shown;   // positions of the rows
  int m_life = -1;                   // that is looked at
  int m_of = -1;                     // whose moments are shown
  ElidedLabel *m_title, *m_note;
  QToolButton *m_byBuffers, *m_byMoments, *m_add, *m_back;
  QMenu* m_menu;
  BesideCanvas* m_canvas;
};

} // namespace sockwalk
