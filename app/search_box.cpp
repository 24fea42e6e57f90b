#include "app/search_box.h"
#include "app/search_window.h"
#include "app/window_language.h"
#include "views/theme/theme.h"
#include <QApplication>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sockwalk {
namespace {

enum { DetailRole = Qt::UserRole, KindRole, KernelRole };

constexpr std::size_t MostHits = 14;

QString kindWord(SearchHit::Kind kind) {
  switch (kind) {
  case SearchHit::Kind::Command: return SearchBox::tr("command");
  case SearchHit::Kind::Setting: return SearchBox::tr("setting");
  case SearchHit::Kind::Lesson: return SearchBox::tr("lesson");
  case SearchHit::Kind::Sample: return SearchBox::tr("sample");
  case SearchHit::Kind::File: return SearchBox::tr("recent file");
  case SearchHit::Kind::Bookmark: return SearchBox::tr("bookmark");
  case SearchHit::Kind::Until: return SearchBox::tr("run until");
  case SearchHit::Kind::Function: return SearchBox::tr("function");
  case SearchHit::Kind::Object: return SearchBox::tr("object");
  case SearchHit::Kind::Global: return SearchBox::tr("kernel data");
  case SearchHit::Kind::Member: return SearchBox::tr("member");
  case SearchHit::Kind::Packet: return SearchBox::tr("packet");
  case SearchHit::Kind::Step: return SearchBox::tr("step");
  case SearchHit::Kind::Stimulus: return SearchBox::tr("call");
  }
  return {};
}

// The kernel's names, and expressions, are set in its type.
bool isOfTheKernel(SearchHit::Kind kind) {
  using enum SearchHit::Kind;
  return kind == Function || kind == Object || kind == Global || kind == Member || kind == Stimulus || kind == Until;
}

// Name on the left, what it is on the right, the detail below.
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
    painter->setFont(index.data(KernelRole).toBool() ? theme().mono(12, QFont::DemiBold)
                                                     : theme().sans(12.5, QFont::DemiBold));
    painter->setPen(theme().color(Role::Title));
    painter->drawText(
        upper, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, upper.width() - kindWidth));
    painter->restore();
  }
};

} // namespace

SearchBox::SearchBox(Walk& walk, StepCount& steps, QWidget* parent) : QLineEdit(parent), m_walk(walk), m_steps(steps) {
  setPlaceholderText(tr("Search everything…  Ctrl+P"));
  setAccessibleName(tr("Search commands, functions, objects, packets, steps"));
  setToolTip(
      tr("Type a command, a function, an object such as “tcp_sock #1”, a member such as “sk_state = TCP_LISTEN”, an "
         "address, a packet, a step's number, or “until …”; Enter goes there or does it (Ctrl+P)."));
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
  connect(&walk, &Walk::opened, this, [this] { m_record.forget(), closeList(); });
  connect(&walk, &Walk::recorded, this, [this] { m_record.read(m_walk.journal()); });
  connect(&WindowLanguage::instance(), &WindowLanguage::changed, this, [this] { m_record.forget(); });
  connect(qApp, &QApplication::focusChanged, this, &SearchBox::noteFocus);
  m_more.setSingleShot(true);
  connect(&m_more, &QTimer::timeout, this, [this] { // what was chosen meanwhile stays chosen
    const int row = m_list->currentRow();
    gather();
    fill();
    if (row < int(m_hits.size())) m_list->setCurrentRow(row);
  });
}

void SearchBox::begin() {
  setFocus(Qt::ShortcutFocusReason);
  emit begun();
  selectAll();
  if (!text().isEmpty()) find();
}

void SearchBox::noteFocus(QWidget* before, QWidget* now) {
  if (now == this && before && before->window() == window()) m_before = before;
}

void SearchBox::focusInEvent(QFocusEvent* event) {
  QLineEdit::focusInEvent(event);
  if (event->reason() != Qt::ShortcutFocusReason) emit begun();
}

void SearchBox::find() {
  gather();
  fill();
}

// Functions and steps of the walk, and whatever the sources know.
void SearchBox::gather() {
  const QString wish = text().trimmed();
  RankedHits hits;
  m_more.stop();
  if (!wish.isEmpty()) {
    bool all = true;
    for (const SearchSource& source : m_sources) all = source(wish, hits) && all;
    if (m_walk.isOpen()) m_record.read(m_walk.journal());
    searchWalk(m_walk, m_steps, m_record, wish, hits);
    if (!all) m_more.start(0);
  }
  m_hits = bestOf(std::move(hits), MostHits);
}

void SearchBox::fill() {
  m_list->clear();
  for (const SearchHit& hit : m_hits) {
    auto* item = new QListWidgetItem(hit.name, m_list);
    item->setData(DetailRole, hit.detail);
    item->setData(KindRole, kindWord(hit.kind));
    item->setData(KernelRole, isOfTheKernel(hit.kind));
    item->setData(Qt::AccessibleTextRole, QString("%1, %2, %3").arg(hit.name, kindWord(hit.kind), hit.detail));
  }
  if (m_hits.empty() && !text().trimmed().isEmpty()) {
    auto* item = new QListWidgetItem(m_more.isActive() ? tr("Looking…") : tr("Nothing found"), m_list);
    item->setData(DetailRole,
                  tr("Commands, settings, lessons, functions, objects, members, packets, calls and steps are "
                     "looked through."));
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

void SearchBox::closeList() {
  m_more.stop();
  m_list->hide();
}

// The keys go back to where they were, for that is what a command may be about.
void SearchBox::leave() {
  closeList();
  clear();
  if (m_before && m_before->isVisible()) m_before->setFocus(Qt::OtherFocusReason);
  else clearFocus();
}

void SearchBox::go(int row) {
  if (row < 0 || row >= int(m_hits.size())) return;
  const SearchHit hit = m_hits[std::size_t(row)];
  leave();
  if (hit.action && !trigger(*hit.action)) emit m_walk.boundaryReached(tr("“%1” cannot be done now.").arg(hit.name));
  if (hit.act) hit.act();
  if (!hit.action && !hit.act) jump(hit);
}

void SearchBox::jump(const SearchHit& hit) {
  m_walk.pause();
  const bool function = hit.kind == SearchHit::Kind::Function;
  const EventIndex position = function ? positionOfCall(m_walk, hit) : hit.position;
  if (position != NoEvent) m_walk.seek(position);
  else if (function) emit m_walk.boundaryReached(tr("%1 is not called in this walk.").arg(hit.name));
  if (!hit.focus) return;
  m_walk.setFocus(0); // it may be looked at already, at another member
  m_walk.setFocus(hit.focus);
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
  case Qt::Key_Escape: return leave();
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
