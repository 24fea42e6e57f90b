#include "app/search_box.h"
#include "views/theme/theme.h"
#include <QApplication>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sockwalk {
namespace {

enum { DetailRole = Qt::UserRole, KindRole };

QString kindWord(SearchHit::Kind kind) {
  switch (kind) {
  case SearchHit::Kind::Function: return SearchBox::tr("function");
  case SearchHit::Kind::Object: return SearchBox::tr("object");
  case SearchHit::Kind::Global: return SearchBox::tr("kernel data");
  case SearchHit::Kind::Step: return SearchBox::tr("step");
  case SearchHit::Kind::Stimulus: return SearchBox::tr("call");
  }
  return {};
}

// Name on the left in monospace, what it is on the right, the detail below.
class HitDelegate final : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {10, int(theme().scaled(42))};
  }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    if (option.state & QStyle::State_Selected) {
      painter->setRenderHint(QPainter::Antialiasing);
      painter->setPen(Qt::NoPen);
      painter->setBrush(theme().color(Role::AccentTint));
      painter->drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), 6, 6);
    }
    const QRect box = option.rect.adjusted(10, 4, -10, -4);
    const QRect upper(box.left(), box.top(), box.width(), box.height() / 2);
    const QRect lower(box.left(), upper.bottom() + 1, box.width(), box.height() - upper.height());
    painter->setFont(theme().small());
    painter->setPen(theme().color(Role::Muted));
    const QString kind = index.data(KindRole).toString();
    const int kindWidth = painter->fontMetrics().horizontalAdvance(kind) + 8;
    painter->drawText(upper, Qt::AlignRight | Qt::AlignVCenter, kind);
    painter->drawText(
        lower, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data(DetailRole).toString(), Qt::ElideMiddle, lower.width()));
    painter->setFont(theme().mono(12, QFont::DemiBold));
    painter->setPen(theme().color(Role::Title));
    painter->drawText(
        upper, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, upper.width() - kindWidth));
    painter->restore();
  }
};

} // namespace

SearchBox::SearchBox(Walk& walk, StepCount& steps, QWidget* parent) : QLineEdit(parent), m_walk(walk), m_steps(steps) {
  setPlaceholderText(tr("Search the walk…  Ctrl+P"));
  setAccessibleName(tr("Search functions, objects, steps"));
  setToolTip(tr("Type a function, an object such as “tcp_sock #1”, or a step's number; Enter goes there (Ctrl+P)."));
  setClearButtonEnabled(true);
  setMinimumWidth(150);
  setMaximumWidth(210);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  m_list = new QListWidget(window());
  m_list->hide();
  m_list->setObjectName("searchHits");
  m_list->setFrameShape(QFrame::NoFrame);
  m_list->setFocusPolicy(Qt::NoFocus);
  m_list->setItemDelegate(new HitDelegate(m_list));
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setMouseTracking(true);
  connect(this, &QLineEdit::textEdited, this, &SearchBox::find);
  connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { go(m_list->row(item)); });
  connect(&walk, &Walk::opened, this, [this] { m_called.forget(), closeList(); });
}

void SearchBox::begin() {
  setFocus(Qt::ShortcutFocusReason);
  selectAll();
  if (!text().isEmpty()) find();
}

void SearchBox::find() {
  m_hits = searchWalk(m_walk, m_steps, m_called, text());
  m_list->clear();
  for (const SearchHit& hit : m_hits) {
    auto* item = new QListWidgetItem(hit.name, m_list);
    item->setData(DetailRole, hit.detail);
    item->setData(KindRole, kindWord(hit.kind));
    item->setData(Qt::AccessibleTextRole, QString("%1, %2, %3").arg(hit.name, kindWord(hit.kind), hit.detail));
  }
  if (m_hits.empty() && !text().trimmed().isEmpty()) {
    auto* item = new QListWidgetItem(tr("Nothing by that name"), m_list);
    item->setData(DetailRole, tr("Functions, objects, kernel data, calls and step numbers are looked through."));
    item->setFlags(Qt::NoItemFlags);
  }
  m_list->setCurrentRow(m_hits.empty() ? -1 : 0);
  place();
}

// A child of the window and not a window of its own: it takes no focus and moves with its window.
void SearchBox::place() {
  if (m_list->count() == 0) return closeList();
  QWidget* top = window();
  if (m_list->parentWidget() != top) {
    m_list->setParent(top);
    top->installEventFilter(this);
  }
  m_list->setStyleSheet(
      QString("#searchHits { background: %1; border: 1px solid %2; border-radius: 6px; padding: 4px; }")
          .arg(theme().color(Role::Card).name(), theme().color(Role::Hairline).name()));
  const int wide = std::min(top->width() - 24, std::max(width(), int(theme().scaled(380))));
  const int row = int(theme().scaled(42));
  const QPoint below = mapTo(top, QPoint(width(), height() + 4));
  const int high = std::min(m_list->count() * row + 12, top->height() - below.y() - 40);
  m_list->setGeometry(below.x() - wide, below.y(), wide, high);
  m_list->show();
  m_list->raise();
}

void SearchBox::closeList() { m_list->hide(); }

void SearchBox::go(int row) {
  if (row < 0 || row >= int(m_hits.size())) return;
  const SearchHit hit = m_hits[std::size_t(row)];
  closeList();
  m_walk.pause();
  if (hit.position != NoEvent) m_walk.seek(hit.position);
  else if (hit.kind == SearchHit::Kind::Function)
    emit m_walk.boundaryReached(tr("%1 is not called in this walk.").arg(hit.name));
  if (hit.focus) m_walk.setFocus(hit.focus);
  clear();
  clearFocus();
}

void SearchBox::keyPressEvent(QKeyEvent* event) {
  const int row = m_list->currentRow();
  switch (event->key()) {
  case Qt::Key_Down: m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1)); return;
  case Qt::Key_Up: m_list->setCurrentRow(std::max(row - 1, 0)); return;
  case Qt::Key_Return:
  case Qt::Key_Enter:
    if (m_hits.empty()) find();
    go(std::max(0, m_list->currentRow()));
    return;
  case Qt::Key_Escape:
    closeList();
    clear();
    clearFocus();
    return;
  default: QLineEdit::keyPressEvent(event);
  }
}

void SearchBox::focusOutEvent(QFocusEvent* event) {
  QLineEdit::focusOutEvent(event);
  if (!m_list->underMouse()) closeList();
}

bool SearchBox::eventFilter(QObject* watched, QEvent* event) {
  if (watched == window() && event->type() == QEvent::Resize && m_list->isVisible()) place();
  return QLineEdit::eventFilter(watched, event);
}

} // namespace sockwalk
