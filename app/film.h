// A stretch of a walk as a film: one view, stepped from one moment to another, with the motion that it has in the window.
//
// The views' animations go by a clock of the film's own (Qt's animation driver), a picture's time at each picture, so that a
// film is the same on a slow machine and on a quick one. It is drawn picture by picture, by whoever has time:
//
//   Film film(walk, wish);
//   while (!film.done()) sink->add(film.next());
#pragma once
#include "engine/journal/queries.h"
#include <memory>
#include <QImage>
#include <QString>
#include <vector>

class QAnimationDriver;
class QWidget;

namespace sockwalk {

class Walk;

struct FilmWish {
  QString view;
  EventIndex from = 0, to = 0;
  Unit unit = Unit::Call;
  int picturesASecond = 25;
  double stepsASecond = 2;
  QSize size{1280, 720};             // 0 × 0: what suits the view
  static constexpr int Most = 20000; // pictures
};

// The positions at which it stands, one after the other; at most as many as make `Most` pictures, and one.
std::vector<EventIndex> filmSteps(const Journal& journal, const FilmWish& wish);
int picturesAStep(const FilmWish& wish);
// "57 steps, 712 pictures, 28 seconds"; or why it cannot be.
QString filmLength(const Journal& journal, const FilmWish& wish, bool& possible);

class Film {
public:
  // The walk is left where it is: a second one goes the way through its session, which is recorded to its end and stays open
  // meanwhile.
  Film(Walk& filmed, const FilmWish& wish);
  ~Film();
  Film(const Film&) = delete;
  Film& operator=(const Film&) = delete;
  int pictures() const { return m_pictures; }
  int drawn() const { return m_drawn; }
  bool done() const { return m_drawn == m_pictures; }
  QImage next();
  QSize size() const { return m_size; }
  QWidget& view() { return *m_view; }

private:
  class Double;
  bool m_reduced; // before
  std::unique_ptr<Double> m_double;
  std::unique_ptr<QWidget> m_view;
  std::unique_ptr<QAnimationDriver> m_clock;
  QSize m_size;
  int m_aStep, m_pictures, m_drawn = 0;
};

} // namespace sockwalk
