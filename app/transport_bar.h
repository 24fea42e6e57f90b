// The bar at the top: move, how far a step goes, how fast a run is, where we are, and the search field.
#pragma once
#include "app/commands.h"
#include "views/walk/step_count.h"
#include <QToolBar>

class QActionGroup;
class QLabel;
class QSlider;
class QToolButton;

namespace sockwalk {

class SearchBox;

class TransportBar final : public QToolBar {
  Q_OBJECT
public:
  TransportBar(Walk& walk, Commands& commands, QWidget* parent = nullptr);
  SearchBox& search() { return *m_search; }
  StepCount& steps() { return m_steps; }
  QString whereText() const; // "step 57 of 212 · inet_create() · net/ipv4/af_inet.cpp"

  // Steps a second for a place of the slider (0 to 100) and back: each place is some 7 % faster than the one before.
  static double speedAt(int place);
  static int placeOf(double speed);

protected:
  bool event(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  void addButton(Command command, bool primary = false);
  void addUnits();
  void addSpeed();
  void addWhere();
  void showWhere();
  void showOptions();
  void fit();
  void recolor();

  Walk& m_walk;
  Commands& m_commands;
  StepCount m_steps;
  QToolButton* m_unit;
  QActionGroup* m_units;
  QSlider* m_speed;
  QAction* m_speedWord;
  class ElidedLabel;
  QLabel* m_step;
  ElidedLabel *m_function, *m_file;
  SearchBox* m_search;
};

} // namespace sockwalk
