#include "views/structure/find_pane.h"
#include "engine/tell/structures/member_search.h"
#include "views/structure/found_model.h"
#include "views/structure/page_table.h"
#include "views/theme/elided_label.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

namespace sockwalk {

namespace {
constexpr size_t MostFound = 1000;
constexpr int SliceMs = 8; // of the search, between two looks at what the person does
constexpr u64 BytesAtOnce = 1 << 14;
constexpr int RestMs = 200; // the playhead stands still before memory is looked through again
} // namespace

FindPane::FindPane(Walk& walk, QWidget* parent) : QWidget(parent), m_walk(walk), m_model(new FoundModel(this)) {
  m_model->setCovers(&walk.covers());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 2, 0, 0);
  column->setSpacing(2);
  column->addWidget(buildHead());
  m_table = pageTable(this, m_model, tr("Who holds the value"));
  column->addWidget(m_table, 1);
  column->addWidget(buildFoot());
  connect(m_table, &QTreeView::activated, this,
          [this](const QModelIndex& i) { emit chosen(i.data(FoundModel::AddressRole).toULongLong()); });
  connect(m_table, &QTreeView::clicked, this,
          [this](const QModelIndex& i) { emit chosen(i.data(FoundModel::AddressRole).toULongLong()); });
  m_more.setSingleShot(true);
  connect(&m_more, &QTimer::timeout, this, &FindPane::goOn);
  m_again.setSingleShot(true);
  m_again.setInterval(RestMs);
  connect(&m_again, &QTimer::timeout, this, &FindPane::begin);
  showState();
}

FindPane::~FindPane() = default;

QWidget* FindPane::buildHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(0, 0, 4, 0);
  m_line = new QLineEdit(head);
  m_line->setPlaceholderText(tr("8080, 10.0.0.1, sk_state = TCP_LISTEN, tcp_sock #1, \"GET\", 47 45 54"));
  m_line->setToolTip(
      tr("A number, an address, a pointer, a member's name and value, an object that is pointed at, text "
         "in quotes, bytes: Return looks through all memory of this moment."));
  m_line->setAccessibleName(tr("Value to look for in memory"));
  m_line->setClearButtonEnabled(true);
  m_line->setProperty("low", true);
  m_stop = new QPushButton(tr("Stop"), head);
  m_stop->setToolTip(tr("Looks no further; what was found stays (Escape)"));
  m_stop->setProperty("low", true);
  row->addWidget(m_line, 1);
  row->addWidget(m_stop);
  connect(m_line, &QLineEdit::returnPressed, this, [this] { find(m_line->text()); });
  connect(m_stop, &QPushButton::clicked, this, &FindPane::stop);
  return head;
}

QWidget* FindPane::buildFoot() {
  auto* foot = new QWidget(this);
  auto* row = new QHBoxLayout(foot);
  row->setContentsMargins(0, 0, 4, 2);
  m_state = new ElidedLabel(foot);
  m_state->setProperty("role", "muted");
  m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_progress = new QProgressBar(foot);
  m_progress->setRange(0, 100);
  m_progress->setTextVisible(false);
  m_progress->setAccessibleName(tr("How far the search is"));
  m_progress->setFixedSize(int(theme().scaled(90)), int(theme().scaled(8)));
  row->addWidget(m_state, 1);
  row->addWidget(m_progress);
  return foot;
}

QString FindPane::said() const { return m_state->text(); }

// ---- the search

void FindPane::find(const QString& wish) {
  if (m_line->text() != wish) m_line->setText(wish);
  emit wanted();
  begin();
}

void FindPane::begin() {
  m_again.stop();
  m_more.stop();
  m_stale = m_stopped = false;
  m_search.reset();
  m_moment = m_walk.position();
  m_old = true;
  if (m_walk.isOpen() && !m_line->text().trimmed().isEmpty()) {
    m_search = std::make_unique<tell::MemberSearch>(m_walk.playhead(), m_line->text().toStdString(), MostFound);
    m_more.start(0);
  } else {
    leaveOld();
  }
  showState();
  fitColumns();
}

// What was found before stands until the first of the new is there, so that nothing flickers.
void FindPane::leaveOld() {
  if (std::exchange(m_old, false)) m_model->clear();
}

void FindPane::goOn() {
  if (!m_search) return;
  if (m_walk.position() != m_moment) return moved(); // while it stood behind another view
  QElapsedTimer clock;
  clock.start();
  while (!m_search->atEnd() && clock.elapsed() < SliceMs) m_search->advance(BytesAtOnce);
  leaveOld();
  m_model->grow(m_search->found());
  if (!m_search->atEnd()) m_more.start(0);
  showState();
}

void FindPane::stop() {
  if (!searching()) return;
  m_more.stop();
  leaveOld();
  m_stopped = true;
  showState();
}

// What was found is of another moment now, and the search stands on memory that is no more.
void FindPane::moved() {
  if (!m_search || m_walk.position() == m_moment) return;
  m_more.stop();
  m_stale = true;
  if (isVisible()) m_again.start();
}

void FindPane::clear() {
  m_again.stop();
  m_more.stop();
  m_search.reset();
  m_stale = m_stopped = false;
  m_model->clear();
  showState();
}

void FindPane::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (m_search && (m_stale || m_walk.position() != m_moment)) begin();
  fitColumns();
}

void FindPane::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && m_more.isActive()) return stop();
  QWidget::keyPressEvent(event);
}

void FindPane::showState() {
  const bool busy = m_search && m_search->refusal().empty() && !m_search->atEnd() && !m_stopped;
  m_stop->setVisible(busy);
  m_progress->setVisible(busy);
  if (!m_search)
    return m_state->setWords(
        tr("All memory of this moment is looked through: objects, the kernel's own data, packets."));
  if (!m_search->refusal().empty()) return m_state->setWords(shown(m_search->refusal()));
  m_progress->setValue(int(m_search->progress() * 100));
  const QString places = tr("%n places", nullptr, m_old ? 0 : m_model->rowCount());
  const QString looked = tr("%1 KiB looked through").arg(m_search->looked() / 1024);
  m_state->setWords(m_stopped            ? tr("Stopped: %1, %2").arg(places, looked)
                    : busy               ? tr("Looking: %1, %2").arg(places, looked)
                    : m_search->isFull() ? tr("The first %1 places; there may be more").arg(m_model->rowCount())
                                         : tr("%1, %2").arg(places, looked));
}

void FindPane::restyle() {
  m_progress->setFixedSize(int(theme().scaled(90)), int(theme().scaled(8)));
  m_table->doItemsLayout();
  fitColumns();
}

// How it stands there gives way first.
void FindPane::fitColumns() {
  const int room = m_table->viewport()->width();
  const double shares[] = {0.24, 0.34, 0.24};
  for (int c = 0; c < FoundModel::How; ++c) m_table->header()->resizeSection(c, int(room * shares[c]));
}

void FindPane::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitColumns();
}

} // namespace sockwalk
