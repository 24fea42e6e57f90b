#include "views/console/call_line.h"
#include "views/console/call_completer.h"
#include <QAbstractItemView>
#include <QKeyEvent>
#include <QStringListModel>

namespace sockwalk {

CallLine::CallLine(QWidget* parent)
    : QLineEdit(parent), m_words(new QCompleter(this)), m_model(new QStringListModel(this)) {
  m_words->setModel(m_model);
  m_words->setWidget(this);
  m_words->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  setAccessibleName(tr("Call"));
  m_words->popup()->installEventFilter(this);
  connect(m_words, qOverload<const QString&>(&QCompleter::activated), this, &CallLine::complete);
  connect(this, &QLineEdit::textEdited, this, &CallLine::suggest);
}

void CallLine::remember(const QString& line) {
  if (m_history.isEmpty() || m_history.last() != line) m_history << line;
  m_at = int(m_history.size());
  m_draft.clear();
}

void CallLine::recall(int step) {
  const int at = std::clamp(m_at + step, 0, int(m_history.size()));
  if (at == m_at) return;
  if (m_at == m_history.size()) m_draft = text();
  m_at = at;
  setText(at == m_history.size() ? m_draft : m_history[at]);
}

void CallLine::suggest() {
  const QStringList words = completions(wordAt(text(), cursorPosition()));
  m_model->setStringList(words);
  if (words.isEmpty() || !isVisible()) return m_words->popup()->hide();
  QRect at = cursorRect();
  at.setWidth(240);
  m_words->complete(at);
}

void CallLine::complete(const QString& word) {
  const WordAt now = wordAt(text(), cursorPosition());
  QString line = text();
  const QString put = now.call ? word + '(' : word;
  line.replace(now.begin, now.text.size(), put);
  setText(line);
  setCursorPosition(now.begin + int(put.size()));
}

// Tab takes the first word that may stand here; where there is none, it goes on to the next widget as everywhere.
bool CallLine::takeTab(QEvent* event) {
  if (event->type() != QEvent::KeyPress || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Tab) return false;
  const QStringList words = completions(wordAt(text(), cursorPosition()));
  m_words->popup()->hide();
  if (words.isEmpty()) return false;
  complete(words.first());
  return true;
}

bool CallLine::event(QEvent* event) { return takeTab(event) || QLineEdit::event(event); }
// While the list of words is open, it is the one that gets the keys.
bool CallLine::eventFilter(QObject* watched, QEvent* event) {
  return takeTab(event) || QLineEdit::eventFilter(watched, event);
}

void CallLine::keyPressEvent(QKeyEvent* e) {
  const bool open = m_words->popup()->isVisible();
  switch (e->key()) {
  case Qt::Key_Return:
  case Qt::Key_Enter:
    if (open && m_words->popup()->currentIndex().isValid()) return e->ignore(); // the completer takes it
    if (open) m_words->popup()->hide();
    if (!text().trimmed().isEmpty()) emit entered(text().trimmed());
    return;
  case Qt::Key_Escape:
    if (open) return m_words->popup()->hide();
    break;
  case Qt::Key_Up:
    if (!open) return recall(-1);
    break;
  case Qt::Key_Down:
    if (!open) return recall(1);
    break;
  default: break;
  }
  QLineEdit::keyPressEvent(e);
}

} // namespace sockwalk
