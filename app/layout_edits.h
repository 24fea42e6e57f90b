// The layout as something that a person edits: each change of it, by hand, can be taken back.
#pragma once
#include "app/edits.h"
#include <functional>
#include <QTimer>

namespace sockwalk {

class LayoutEdits final : public QObject {
  Q_OBJECT
public:
  using State = std::function<QString()>;
  using Restore = std::function<void(const QString&)>;
  LayoutEdits(Edits& edits, State state, Restore restore, QObject* parent);

  void edited(const QString& what); // by the person, just now: the menu says "Undo: fold Structure"
  void settle();                    // what has changed until now was nobody's edit

private:
  void push(const QString& what);
  void go(const QString& state);
  class Edit;

  Edits& m_edits;
  State m_state;
  Restore m_restore;
  QString m_last, m_what; // the layout before the edit, and what the edit is
  QTimer m_settled;       // a layout comes to rest a little after it was changed
  bool m_going = false;
};

} // namespace sockwalk
