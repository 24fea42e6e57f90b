#include "views/structure/heat_pane.h"
#include "views/structure/heat_model.h"
#include "views/structure/page_table.h"
#include "views/theme/elided_label.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QComboBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sockwalk {

namespace {

constexpr EventIndex AtOnce = 1 << 20; // events that are looked at without a wait that one feels

int rowHeight() { return int(QFontMetricsF(theme().mono(11.5)).height() + theme().scaled(5)); }

// A line's cells; behind its number a bar as long as it is hot.
class HeatDelegate final : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {int(theme().scaled(40)), rowHeight()};
  }
  void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& t = theme();
    p->save();
    p->setClipRect(option.rect);
    if (option.state & QStyle::State_Selected) p->fillRect(option.rect, t.color(Role::AccentTint));
    QRectF r = QRectF(option.rect).adjusted(4, 0, -4, 0);
    const double heat = index.data(HeatModel::HeatRole).toDouble();
    if (index.column() == HeatModel::Writes && heat > 0) {
      const QRectF bar(r.left(), r.top() + 3, std::max(2.0, r.width() * heat), r.height() - 6);
      p->fillRect(bar, mix(t.color(Role::Changed), t.color(Role::Card), 0.2 + 0.4 * heat));
    }
    const bool words = index.column() == HeatModel::Members;
    p->setFont(words ? t.sans(11) : t.mono(11.5, index.column() == HeatModel::Writes ? QFont::Bold : QFont::Normal));
    p->setPen(t.color(index.column() <= HeatModel::Bytes || words || heat <= 0 ? Role::Muted : Role::Text));
    p->drawText(r, index.data(Qt::TextAlignmentRole).toInt(),
                QFontMetricsF(p->font()).elidedText(index.data().toString(), Qt::ElideRight, r.width()));
    p->restore();
  }
};

} // namespace

HeatPane::HeatPane(Walk& walk, QWidget* parent) : QWidget(parent), m_walk(walk), m_model(new HeatModel(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 2, 0, 0);
  column->setSpacing(2);
  column->addWidget(buildHead());
  m_table = pageTable(this, m_model, tr("Heat of the cache lines"));
  m_table->setItemDelegate(new HeatDelegate(m_table));
  column->addWidget(m_table, 1);
  auto* note = new ElidedLabel(this);
  note->setProperty("role", "muted");
  note->setWords(shown(tell::readsAreNotRecorded()));
  column->addWidget(note);
  connect(&m_later, &QTimer::timeout, this, &HeatPane::fill);
  connect(m_table, &QTreeView::activated, this,
          [this](const QModelIndex& i) { emit lineChosen(i.data(HeatModel::OffsetRole).toUInt()); });
}

QWidget* HeatPane::buildHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(0, 0, 4, 0);
  m_stretch = new QComboBox(head);
  m_stretch->setAccessibleName(tr("Which writes are counted"));
  for (const tell::HeatStretch stretch : tell::HeatStretches) m_stretch->addItem(shown(tell::stretchName(stretch)));
  m_summary = new ElidedLabel(head);
  m_summary->setProperty("role", "muted");
  m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  row->addWidget(m_stretch);
  row->addWidget(m_summary, 1);
  connect(m_stretch, &QComboBox::currentIndexChanged, this, [this](int i) {
    m_model->setStretch(tell::HeatStretches[i]);
    m_summary->setWords(m_model->summary());
  });
  return head;
}

void HeatPane::clear() {
  m_later.stop();
  m_subject = {};
  m_reader = {};
  m_model->show({});
  m_summary->setWords({});
}

void HeatPane::show(const tell::StructureSubject& subject) {
  m_subject = subject;
  if (isVisible()) fill();
}

void HeatPane::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  fill();
}

void HeatPane::fill() {
  if (!m_walk.isOpen() || !m_subject) return;
  showHeat(m_reader.update(m_walk.journal(), m_subject, AtOnce));
}

void HeatPane::showHeat(bool whole) {
  whole ? m_later.stop() : m_later.start(0);
  m_model->show(m_reader.at(m_walk.playhead()));
  m_summary->setWords(whole ? m_model->summary() : tr("%1 (the record is being read)").arg(m_model->summary()));
  fitColumns();
}

void HeatPane::restyle() {
  m_table->doItemsLayout();
  fitColumns();
}

// Numbers have what they need, the functions that wrote the rest; what begins in a line stands there if there is room.
void HeatPane::fitColumns() {
  const QFontMetricsF m(theme().mono(11.5));
  const bool members = width() > theme().scaled(620);
  m_table->setColumnHidden(HeatModel::Members, !members);
  const int line = int(m.horizontalAdvance(QStringLiteral("line "))) + 8,
            bytes = int(m.horizontalAdvance(QStringLiteral("2240–2279"))) + 10, writes = int(theme().scaled(96));
  m_table->header()->resizeSection(HeatModel::Line, line);
  m_table->header()->resizeSection(HeatModel::Bytes, bytes);
  m_table->header()->resizeSection(HeatModel::Writes, writes);
  const int rest = m_table->viewport()->width() - line - bytes - writes;
  m_table->header()->resizeSection(HeatModel::Writers, members ? rest / 2 : rest);
}

void HeatPane::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitColumns();
}

} // namespace sockwalk
