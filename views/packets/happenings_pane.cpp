#include "views/packets/happenings_pane.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

Role colourOf(tell::HappeningLevel level) {
  switch (level) {
  case tell::HappeningLevel::Good: return Role::Good;
  case tell::HappeningLevel::Notice: return Role::Info;
  case tell::HappeningLevel::Warning: return Role::ChangedLine;
  case tell::HappeningLevel::Bad: return Role::Danger;
  }
  return Role::Muted;
}

class RowDelegate final : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {int(theme().scaled(200)), int(theme().scaled(34))};
  }

  void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    p->save();
    p->setClipRect(option.rect);
    const bool lit = option.state & (QStyle::State_Selected | QStyle::State_MouseOver);
    if (lit || index.data(HappeningsModel::CurrentRole).toBool())
      p->fillRect(option.rect, theme().color(Role::AccentTint));
    QRectF rest = QRectF(option.rect).adjusted(6, 0, -6, 0);
    bar(p, rest, index);
    number(p, rest, index);
    if (option.rect.width() >= theme().scaled(640)) whenAndWhere(p, rest, index);
    flow(p, rest, index);
    words(p, rest, index);
    if (option.state & QStyle::State_HasFocus) {
      p->setPen(theme().color(Role::Accent));
      p->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    p->restore();
  }

private:
  static void put(QPainter* p, const QRectF& where, const QFont& font, Role role, Qt::Alignment side,
                  const QString& words) {
    p->setFont(font);
    p->setPen(theme().color(role));
    p->drawText(where, int(side | Qt::AlignVCenter),
                QFontMetricsF(font).elidedText(words, Qt::ElideRight, where.width()));
  }
  static QRectF cutLeft(QRectF& rest, double width) {
    const QRectF part(rest.left(), rest.top(), width, rest.height());
    rest.setLeft(part.right() + theme().scaled(10));
    return part;
  }
  static void bar(QPainter* p, QRectF& rest, const QModelIndex& index) {
    const int level = index.data(HappeningsModel::LevelRole).toInt();
    const QRectF part = cutLeft(rest, theme().scaled(4));
    p->fillRect(part.adjusted(0, theme().scaled(4), 0, -theme().scaled(4)),
                theme().color(level < 0 ? Role::Hairline : colourOf(static_cast<tell::HappeningLevel>(level))));
  }
  static void number(QPainter* p, QRectF& rest, const QModelIndex& index) {
    const QRectF part = cutLeft(rest, theme().scaled(34));
    put(p, part, theme().mono(11.5, QFont::Bold), Role::Accent, Qt::AlignRight,
        index.data(HappeningsModel::NumberRole).toString());
  }
  static void whenAndWhere(QPainter* p, QRectF& rest, const QModelIndex& index) {
    put(p, cutLeft(rest, theme().scaled(58)), theme().mono(11), Role::Muted, Qt::AlignRight,
        index.data(HappeningsModel::ClockRole).toString());
    const QString host = index.data(HappeningsModel::HostRole).toString();
    if (!host.isEmpty()) put(p, cutLeft(rest, theme().scaled(76)), theme().mono(11), Role::Title, Qt::AlignLeft, host);
  }
  // In one line or in two; of more, the tooltip has the rest. What is still to come is faint.
  static void words(QPainter* p, const QRectF& where, const QModelIndex& index) {
    const QString all = index.data().toString();
    const Role role = index.data(HappeningsModel::AheadRole).toBool() ? Role::Muted : Role::Text;
    const QFontMetricsF metrics(theme().sans(11.5));
    QTextLayout layout(all, theme().sans(11.5));
    layout.beginLayout();
    QTextLine first = layout.createLine();
    first.setLineWidth(where.width());
    layout.endLayout();
    const QString head = all.left(first.textLength()).trimmed(), tail = all.mid(first.textLength());
    const double height = metrics.lineSpacing(), top = where.center().y() - (tail.isEmpty() ? height / 2 : height);
    put(p, {where.left(), top, where.width(), height}, theme().sans(11.5), role, Qt::AlignLeft, head);
    if (!tail.isEmpty())
      put(p, {where.left(), top + height, where.width(), height}, theme().sans(11.5), role, Qt::AlignLeft, tail);
  }
  // On the right, if the words leave it room.
  static void flow(QPainter* p, QRectF& rest, const QModelIndex& index) {
    const QString name = index.data(HappeningsModel::FlowRole).toString();
    const double wide = QFontMetricsF(theme().mono(10.5)).horizontalAdvance(name) + 2, gap = theme().scaled(12);
    const double words = QFontMetricsF(theme().sans(12)).horizontalAdvance(index.data().toString());
    if (name.isEmpty() || words + gap + wide > rest.width()) return;
    put(p, rest, theme().mono(10.5), Role::Muted, Qt::AlignRight, name);
    rest.setRight(rest.right() - wide - gap);
  }
};

} // namespace

HappeningsPane::HappeningsPane(QWidget* parent)
    : QWidget(parent), m_model(new HappeningsModel(this)), m_filter(new HappeningsFilter(*m_model, this)),
      m_heading(new QLabel(tr("What happened here"), this)), m_count(new QLabel(this)), m_empty(new QLabel(this)),
      m_problemsOnly(new QCheckBox(tr("problems only"), this)), m_everything(new QCheckBox(tr("everything"), this)),
      m_list(new QListView(this)), m_pages(new QStackedWidget(this)) {
  m_count->setProperty("role", "muted");
  m_empty->setProperty("role", "muted");
  m_empty->setWordWrap(true);
  m_empty->setAlignment(Qt::AlignCenter);
  m_problemsOnly->setToolTip(tr("Leaves out what is usual: connections that begin, notices"));
  m_everything->setToolTip(tr("Shows waits, wake-ups and changes of state between them"));
  layOutList();
  m_pages->addWidget(m_empty);
  m_pages->addWidget(m_list);
  auto* top = new QHBoxLayout;
  top->addWidget(m_heading);
  top->addStretch();
  top->addWidget(m_everything);
  top->addWidget(m_problemsOnly);
  top->addWidget(m_count);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(8, 6, 8, 6);
  box->setSpacing(4);
  box->addLayout(top);
  box->addWidget(m_pages, 1);
  connect(m_everything, &QCheckBox::toggled, this, [this](bool on) {
    m_model->setEverything(on);
    showState();
  });
  connect(m_problemsOnly, &QCheckBox::toggled, this, [this](bool only) {
    m_filter->setProblemsOnly(only);
    showState();
  });
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, &HappeningsPane::restyle);
  restyle();
  showState();
}

void HappeningsPane::layOutList() {
  m_list->setModel(m_filter);
  m_list->setItemDelegate(new RowDelegate(m_list));
  m_list->setAccessibleName(tr("What happened here"));
  m_list->setUniformItemSizes(true);
  m_list->setMouseTracking(true);
  m_list->setFrameShape(QFrame::NoFrame);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
  const auto go = [this](const QModelIndex& index) {
    if (index.isValid()) emit goTo(index.data(HappeningsModel::EventRole).toUInt());
  };
  connect(m_list, &QListView::clicked, this, go);
  connect(m_list, &QListView::activated, this, go);
}

void HappeningsPane::setJournal(const Journal* journal, EventIndex until) {
  m_model->reset(journal, until);
  showState();
}

void HappeningsPane::recorded(EventIndex until) {
  m_model->update(until);
  showState();
}

// What the walk has come to is in sight.
void HappeningsPane::setPosition(EventIndex position) {
  const int before = m_model->current();
  m_model->setPosition(position);
  m_list->viewport()->update();
  if (m_model->current() == before) return;
  const QModelIndex now = m_filter->mapFromSource(m_model->index(m_model->current()));
  if (now.isValid()) m_list->scrollTo(now);
}

FindBar::Search HappeningsPane::search() {
  return searchOf({[this] { return m_filter->rowCount(); },
                   [this](int row) {
                     const QModelIndex at = m_filter->index(row, 0);
                     return at.data().toString() + ' ' + at.data(HappeningsModel::FlowRole).toString();
                   },
                   [this] { return m_list->currentIndex().row(); },
                   [this](int row) { m_list->setCurrentIndex(m_filter->index(row, 0)); }});
}

void HappeningsPane::restyle() {
  m_heading->setFont(theme().title());
  m_count->setFont(theme().small());
  m_list->doItemsLayout(); // rows are as high as the type
  m_list->viewport()->update();
}

void HappeningsPane::showState() {
  const int all = m_model->rowCount(), listed = m_filter->rowCount();
  const QString counted = all ? shown(tell::heading(m_model->happenings())) : QString();
  m_count->setText(listed == all ? counted : tr("%1 of %2").arg(listed).arg(counted));
  m_problemsOnly->setVisible(all > 0);
  m_pages->setCurrentIndex(listed ? 1 : 0);
  m_empty->setText(
      all ? tr("Nothing here was a problem.")
          : tr("Nothing worth telling has happened yet: no connection, no loss, nothing dropped or refused."));
}

} // namespace sockwalk
