#include "views/theme/find_bar.h"
#include "views/theme/icons.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <memory>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QToolButton>

namespace sockwalk {

FindBar::FindBar(QWidget* view, const QString& what, Search search)
    : QFrame(view), m_search(std::move(search)), m_line(new QLineEdit(this)), m_count(new QLabel(this)) {
  setObjectName("findBar");
  setProperty("card", true);
  setAutoFillBackground(true);
  m_line->setPlaceholderText(what);
  m_line->setAccessibleName(what);
  m_line->setClearButtonEnabled(true);
  m_count->setProperty("role", "small");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(6, 4, 4, 4);
  row->setSpacing(4);
  row->addWidget(m_line, 1);
  row->addWidget(m_count);
  const auto button = [&](const QString& text, const QString& tip, auto act) {
    auto* b = new QToolButton(this);
    b->setText(text);
    b->setToolTip(tip);
    b->setAccessibleName(tip);
    b->setProperty("link", true);
    connect(b, &QToolButton::clicked, this, act);
    row->addWidget(b);
  };
  button(QStringLiteral("▲"), tr("Previous (Shift+Return)"), [this] { look(-1); });
  button(QStringLiteral("▼"), tr("Next (Return)"), [this] { look(1); });
  button(QStringLiteral("✕"), tr("Close (Escape)"), [this] { close(); });
  connect(m_line, &QLineEdit::textChanged, this, [this] { look(0); });
  m_line->installEventFilter(this);
  view->installEventFilter(this);
  hide();
}

void FindBar::open() {
  if (!isVisible()) m_before = QApplication::focusWidget();
  place();
  show();
  raise();
  m_line->setFocus(Qt::ShortcutFocusReason);
  m_line->selectAll();
  if (!m_line->text().isEmpty()) look(0);
}

void FindBar::close() {
  if (!isVisible()) return;
  hide();
  m_search({}, 0);
  if (m_before && m_before->isVisible()) m_before->setFocus(Qt::OtherFocusReason);
  else parentWidget()->setFocus(Qt::OtherFocusReason);
}

QString FindBar::said() const { return m_count->text(); }

void FindBar::look(int direction) {
  const QString text = m_line->text().trimmed();
  const Found found = m_search(text, direction);
  const bool none = !text.isEmpty() && !found.count;
  m_count->setText(text.isEmpty() ? QString()
                   : none         ? tr("Nothing found")
                   : found.number ? tr("%1 of %2").arg(found.number).arg(found.count)
                                  : QString());
  m_count->setAccessibleName(m_count->text());
  m_line->setProperty("state", none ? "wrong" : "");
  m_line->style()->unpolish(m_line);
  m_line->style()->polish(m_line);
  place();
}

void FindBar::place() {
  const QWidget* view = parentWidget();
  const int wide = std::min(view->width() - 8, int(theme().scaled(330)));
  setGeometry(view->width() - wide - 4, 4, wide, sizeHint().height());
}

bool FindBar::takeKey(int key, Qt::KeyboardModifiers modifiers) {
  switch (key) {
  case Qt::Key_Return:
  case Qt::Key_Enter: return look(modifiers & Qt::ShiftModifier ? -1 : 1), true;
  case Qt::Key_Down: return look(1), true;
  case Qt::Key_Up: return look(-1), true;
  case Qt::Key_Escape: return close(), true;
  default: return false;
  }
}

bool FindBar::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
  if (watched == m_line && event->type() == QEvent::ShortcutOverride &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
    return event->accept(), true; // it is ours before it is a shortcut of the window
  if (watched == m_line && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    return takeKey(key->key(), key->modifiers());
  }
  return QFrame::eventFilter(watched, event);
}

FindBar::Search searchOf(FindPlaces places) {
  auto last = std::make_shared<int>(-1); // the place that was shown last
  return [places = std::move(places), last](const QString& text, int direction) -> FindBar::Found {
    std::vector<int> fitting;
    const int count = text.isEmpty() ? 0 : places.count();
    for (int i = 0; i < count; ++i)
      if (places.text(i).contains(text, Qt::CaseInsensitive)) fitting.push_back(i);
    if (fitting.empty()) {
      places.show(*last = -1);
      return {};
    }
    const int here = *last >= 0 ? *last : places.here();
    // Behind the last comes the first again.
    auto at = direction > 0 ? std::ranges::upper_bound(fitting, here) : std::ranges::lower_bound(fitting, here);
    if (direction < 0) at = at == fitting.begin() ? std::prev(fitting.end()) : std::prev(at);
    else if (at == fitting.end()) at = fitting.begin();
    places.show(*last = *at);
    return {int(at - fitting.begin()) + 1, int(fitting.size())};
  };
}

} // namespace sockwalk
