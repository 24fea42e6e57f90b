#include "app/layout_edits.h"
#include <QScopedValueRollback>
#include <QUndoCommand>

namespace sockwalk {

class LayoutEdits::Edit final : public QUndoCommand {
public:
  Edit(LayoutEdits& of, const QString& what, QString before, QString after)
      : QUndoCommand(what), m_of(of), m_before(std::move(before)), m_after(std::move(after)) {}
  void undo() override { m_of.go(m_before); }
  void redo() override {
    if (m_done) m_of.go(m_after);
    m_done = true; // the first time the person has done it
  }

private:
  LayoutEdits& m_of;
  QString m_before, m_after;
  bool m_done = false;
};

LayoutEdits::LayoutEdits(Edits& edits, State state, Restore restore, QObject* parent)
    : QObject(parent), m_edits(edits), m_state(std::move(state)), m_restore(std::move(restore)) {
  m_settled.setSingleShot(true);
  m_settled.setInterval(0);
  connect(&m_settled, &QTimer::timeout, this, [this] {
    const QString what = std::exchange(m_what, QString());
    if (what.isEmpty()) m_last = m_state();
    else push(what);
  });
}

void LayoutEdits::edited(const QString& what) {
  if (m_going) return;
  m_what = what;
  m_settled.start();
}

void LayoutEdits::settle() {
  if (!m_going) m_settled.start();
}

void LayoutEdits::push(const QString& what) {
  const QString before = std::exchange(m_last, m_state());
  if (!before.isEmpty() && before != m_last) m_edits.push(new Edit(*this, what, before, m_last));
}

void LayoutEdits::go(const QString& state) {
  const QScopedValueRollback going(m_going, true);
  m_restore(state);
  m_last = state;
}

} // namespace sockwalk
