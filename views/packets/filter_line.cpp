#include "views/packets/filter_line.h"
#include "engine/tell/expression/completion.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStandardItemModel>
#include <QStyle>

namespace sockwalk {

namespace {
constexpr int WordRole = Qt::UserRole + 1, MostChoices = 60;
constexpr int Gap = 2;              // px below the line
constexpr qsizetype WordWidth = 24; // letters, so that what stands behind the words is aligned
} // namespace

FilterLine::FilterLine(const tell::expression::Vocabulary& vocabulary, QWidget* parent)
    : QLineEdit(parent), m_vocabulary(vocabulary), m_words(new QCompleter(this)),
      m_model(new QStandardItemModel(this)) {
  m_words->setModel(m_model);
  m_words->setWidget(this);
  m_words->setCompletionRole(WordRole);
  m_words->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  m_words->popup()->installEventFilter(this);
  m_words->popup()->setProperty("role", "choices");
  connect(m_words, qOverload<const QString&>(&QCompleter::activated), this, &FilterLine::complete);
  connect(this, &QLineEdit::textEdited, this, &FilterLine::suggest);
}

void FilterLine::setState(State state) {
  if (state == std::exchange(m_state, state)) return;
  setProperty("state", state == State::Good ? "good" : state == State::Wrong ? "wrong" : "");
  style()->unpolish(this);
  style()->polish(this);
}

// The language counts bytes, the line counts letters.
tell::expression::Completion FilterLine::completion() const {
  const qsizetype cursor = text().left(cursorPosition()).toUtf8().size();
  auto found = tell::expression::complete(text().toStdString(), size_t(cursor), m_vocabulary, MostChoices);
  const std::string typed = text().toStdString().substr(found.from, found.to - found.from);
  if (typed.empty() || (found.candidates.size() == 1 && found.candidates[0].word == typed)) found.candidates.clear();
  return found;
}

void FilterLine::suggest() {
  m_model->clear();
  const auto found = completion();
  for (const auto& candidate : found.candidates) {
    const QString word = sockwalk::text(candidate.word), about = shown(candidate.about);
    auto* item = new QStandardItem(about.isEmpty() ? word : word.leftJustified(WordWidth) + ' ' + about);
    item->setData(word, WordRole);
    m_model->appendRow(item);
  }
  QAbstractItemView* list = m_words->popup();
  if (found.candidates.empty() || !isVisible()) return list->hide();
  list->setFont(theme().mono(11));
  const QFontMetrics letters(list->font());
  int width = 0;
  for (int row = 0; row < m_model->rowCount(); ++row)
    width = std::max(width, letters.horizontalAdvance(m_model->item(row)->text()));
  QRect at(cursorRect().left(), 0, width + int(theme().scaled(48)), height() + Gap); // 48: margins and the scroll bar
  m_words->complete(at);
  list->setCurrentIndex({}); // Return is the line's until a word is chosen
}

void FilterLine::complete(const QString& word) {
  const auto found = completion();
  const QByteArray line = text().toUtf8();
  const QString before = QString::fromUtf8(line.left(qsizetype(found.from)));
  setText(before + word + QString::fromUtf8(line.mid(qsizetype(found.to))));
  setCursorPosition(int(before.size() + word.size()));
}

// Tab takes the word that is chosen, or the first; where there is none, it goes on to the next widget as everywhere.
bool FilterLine::takeKey(QEvent* event) {
  if (event->type() != QEvent::KeyPress || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Tab) return false;
  QAbstractItemView* list = m_words->popup();
  if (!list->isVisible() || m_model->rowCount() == 0) return false;
  const QModelIndex chosen = list->currentIndex();
  const QString word = (chosen.isValid() ? chosen : m_words->completionModel()->index(0, 0)).data(WordRole).toString();
  list->hide();
  complete(word);
  return true;
}

bool FilterLine::event(QEvent* event) { return takeKey(event) || QLineEdit::event(event); }
// While the list is open, it is the one that gets the keys.
bool FilterLine::eventFilter(QObject* watched, QEvent* event) {
  return takeKey(event) || QLineEdit::eventFilter(watched, event);
}

void FilterLine::keyPressEvent(QKeyEvent* e) {
  QAbstractItemView* list = m_words->popup();
  if (!list->isVisible()) return QLineEdit::keyPressEvent(e);
  const bool enter = e->key() == Qt::Key_Return || e->key() == Qt::Key_Enter;
  if (enter && list->currentIndex().isValid()) return e->ignore(); // the completer takes it
  if (enter || e->key() == Qt::Key_Escape) list->hide();
  if (enter) emit returnPressed(); // what is typed is meant as it is
  if (enter || e->key() == Qt::Key_Escape) return;
  QLineEdit::keyPressEvent(e);
}

} // namespace sockwalk
