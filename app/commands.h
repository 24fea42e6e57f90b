// Every way to move the playhead as a QAction, made once: menus, toolbar and keys share them.
#pragma once
#include "app/key_maps.h"
#include "views/walk/walk.h"
#include <array>
#include <QAction>

namespace sockwalk {

class Commands final : public QObject {
  Q_OBJECT
public:
  explicit Commands(Walk& walk, QWidget* window);
  QAction* operator[](Command command) const { return m_actions[static_cast<std::size_t>(command)]; }
  KeyMap keyMap() const { return m_keyMap; }
  void setKeyMap(KeyMap map); // changes shortcuts and tooltips at once

  static constexpr double FastSpeed = 60, ExpressSpeed = 1000; // steps a second

signals:
  void keyMapChanged();

private:
  void perform(Command command);
  void toScenario(); // past the boot
  void runAt(double speed);
  void askForCall(bool forward);
  void askForWrite(bool forward);
  void update();

  Walk& m_walk;
  QWidget* m_window;
  std::array<QAction*, commandCount> m_actions{};
  KeyMap m_keyMap = KeyMap::Debugger;
  QString m_lastFunction, m_lastField;
  double m_chosenSpeed = 0; // what the person had chosen before "fast"; 0: nothing to give back
};

} // namespace sockwalk
