#include "views/tables/tables_tree.h"
#include "views/tables/tables_model.h"
#include "views/theme/theme.h"
#include <QCursor>
#include <QHeaderView>
#include <QPainter>
#include <QResizeEvent>

namespace sockwalk {

using tell::RowMark;

TablesTree::TablesTree(QWidget* parent) : QTreeView(parent) {
  setUniformRowHeights(true);
  setIndentation(0);
  setRootIsDecorated(false);
  setFrameShape(QFrame::NoFrame);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setAllColumnsShowFocus(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setMouseTracking(true);
  setTabKeyNavigation(false);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  header()->setHighlightSections(false);
  header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  header()->setMinimumSectionSize(int(theme().scaled(40)));
}

// What every column needs at least; then names get their full room, then places, and the rest goes to keys and to what
// there is more.
void TablesTree::layOutColumns(bool severalSpaces) {
  m_severalSpaces = severalSpaces;
  setColumnHidden(TablesModel::Space, !severalSpaces);
  if (header()->visualIndex(TablesModel::Space) != 1)
    header()->moveSection(header()->visualIndex(TablesModel::Space), 1);
  const double unit = theme().scaled(1), space = severalSpaces ? 70 : 0;
  double rest = std::max(viewport()->width() / unit - 520 - space, 0.0);
  const double names = std::min(rest, 70.0);
  rest -= names;
  const double places = std::min(rest, 28.0);
  rest -= places;
  if (m_sideBySide) return layOutSideBySide();
  const double widths[] = {68 + places, 232 + rest * 0.4, 98 + names * 0.7, 122 + names * 0.3, rest * 0.6, space};
  for (int c = 0; c < TablesModel::ColumnCount; ++c)
    if (!isColumnHidden(c)) setColumnWidth(c, int(widths[c] * unit));
  header()->setStretchLastSection(true);
}

// Three columns of functions, alike in width, with the name of the slot before them and what that says behind.
void TablesTree::layOutSideBySide() {
  const double unit = theme().scaled(1), slot = 112, room = std::max(viewport()->width() / unit - slot, 300.0);
  const double widths[] = {slot, room * 0.26, room * 0.25, room * 0.25, room * 0.24};
  for (int c = TablesModel::Place; c <= TablesModel::Detail; ++c) setColumnWidth(c, int(widths[c] * unit));
}

void TablesTree::setSideBySide(bool sideBySide) {
  m_sideBySide = sideBySide;
  layOutColumns(m_severalSpaces);
}

void TablesTree::resizeEvent(QResizeEvent* event) {
  QTreeView::resizeEvent(event);
  if (event->size().width() != event->oldSize().width() && model()) layOutColumns(m_severalSpaces);
}

void TablesTree::drawRow(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& t = theme();
  if (!index.parent().isValid()) return drawTable(p, option.rect, index);
  const auto mark = RowMark(index.data(TablesModel::MarkRole).toInt());
  QRect rect = option.rect;
  rect.setRight(viewport()->width());
  if (mark != RowMark::None) p->fillRect(rect, t.color(Role::ChangedFill));
  else if (index.data(TablesModel::FocusedRole).toBool()) p->fillRect(rect, t.color(Role::AccentTint));
  else if (underMouse() && rect.contains(viewport()->mapFromGlobal(QCursor::pos())))
    p->fillRect(rect, t.color(Role::Raised));
  if (mark != RowMark::None)
    p->fillRect(QRect(rect.left(), rect.top() + 2, 3, rect.height() - 4), t.color(Role::ChangedLine));
  if (mark != RowMark::None && index.data(TablesModel::FocusedRole).toBool()) { // beside the colour of the change
    p->setPen(t.color(Role::Accent));
    p->drawRect(rect.adjusted(0, 0, -1, -1));
  }
  if (currentIndex().siblingAtColumn(0) == index.siblingAtColumn(0) && hasFocus()) {
    p->setPen(t.color(Role::Accent));
    p->drawRect(rect.adjusted(0, 0, -1, -1));
  }
  // Cell by cell, and no background of their own: a long text may reach over what stands empty beside it.
  QStyleOptionViewItem cell = option;
  cell.widget = this;
  for (int c = 0; c < TablesModel::ColumnCount; ++c) {
    if (isColumnHidden(c)) continue;
    cell.rect = QRect(columnViewportPosition(c), option.rect.top(), columnWidth(c), option.rect.height());
    itemDelegate()->paint(p, cell, index.siblingAtColumn(c));
  }
}

void TablesTree::drawTable(QPainter* p, const QRect& rect, const QModelIndex& index) const {
  const Theme& t = theme();
  const bool entries = index.model()->hasChildren(index);
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  QRectF r(rect.left(), rect.top(), viewport()->width() - rect.left(), rect.height());
  p->fillRect(r, t.color(entries ? Role::Raised : Role::Card));
  if (currentIndex() == index && hasFocus()) {
    p->setPen(t.color(Role::Accent));
    p->drawRect(r.adjusted(0.5, 0.5, -0.5, -0.5));
  }
  r.adjust(8, 0, -8, 0);
  if (entries) { // a triangle that points where the entries are
    const double c = r.center().y(), s = t.scaled(3.2), x = r.left() + s;
    const QPolygonF open{{x - s, c - s / 2}, {x + s, c - s / 2}, {x, c + s * 0.7}},
        shut{{x - s / 2, c - s}, {x - s / 2, c + s}, {x + s * 0.7, c}};
    p->setPen(Qt::NoPen);
    p->setBrush(t.color(Role::Muted));
    p->drawPolygon(isExpanded(index) ? open : shut);
  }
  r.setLeft(r.left() + t.scaled(14));
  const auto put = [&](const QString& words, const QFont& font, Role role) {
    p->setFont(font);
    p->setPen(t.color(role));
    const QFontMetricsF m(font);
    p->drawText(r, Qt::AlignLeft | Qt::AlignVCenter, m.elidedText(words, Qt::ElideRight, std::max(r.width(), 0.0)));
    r.setLeft(r.left() + m.horizontalAdvance(words) + t.scaled(10));
  };
  const bool touched = index.data(TablesModel::MarkRole).toInt() != int(RowMark::None) && !isExpanded(index);
  put(index.data().toString(), t.sans(12, entries ? QFont::DemiBold : QFont::Normal),
      entries ? Role::Title : Role::Muted);
  put(index.data(TablesModel::SummaryRole).toString(), t.sans(11.5), touched ? Role::Changed : Role::Muted);
  const QString symbol = index.data(TablesModel::SymbolRole).toString();
  p->setFont(t.mono(11));
  p->setPen(t.color(Role::Muted));
  if (QFontMetricsF(p->font()).horizontalAdvance(symbol) < r.width())
    p->drawText(r, Qt::AlignRight | Qt::AlignVCenter, symbol);
  p->restore();
}

// ---- an entry's cells

QSize TablesDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {int(theme().scaled(60)), int(QFontMetricsF(theme().mono(11.5)).height() + theme().scaled(6))};
}

void TablesDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& t = theme();
  const auto mark = RowMark(index.siblingAtColumn(0).data(TablesModel::MarkRole).toInt());
  const int column = index.column();
  p->save();
  QRect cell = option.rect;
  // A route is long, and may reach over what stands empty beside it.
  const auto* tree = qobject_cast<const QTreeView*>(option.widget);
  for (int c = column + 1; column >= TablesModel::Key && c <= TablesModel::Detail && tree; ++c) {
    if (column == TablesModel::Detail || !index.siblingAtColumn(c).data().toString().isEmpty()) break;
    cell.setRight(cell.right() + tree->columnWidth(c));
  }
  if (tree && column >= TablesModel::Key) // what has no room ends in dots, where it can be seen
    cell.setRight(std::max(cell.left(), std::min(cell.right(), tree->viewport()->width() - 1)));
  p->setClipRect(cell);
  QRectF r = QRectF(cell).adjusted(column == 0 ? t.scaled(8) : 4, 0, -4, 0);
  if (column == TablesModel::Key)
    r.setLeft(r.left() + t.scaled(8) * index.siblingAtColumn(0).data(TablesModel::IndentRole).toInt());
  // The word for those who do not see the colour: where the eye has read the key.
  if (column == TablesModel::Key && mark != RowMark::None) {
    const QString word = mark == RowMark::New ? tr("new") : mark == RowMark::Taken ? tr("taken") : tr("changed");
    p->setFont(t.sans(10.5, QFont::Bold));
    p->setPen(t.color(Role::Changed));
    p->drawText(r, Qt::AlignRight | Qt::AlignVCenter, word);
    r.setRight(r.right() - QFontMetricsF(p->font()).horizontalAdvance(word) - 6);
  }
  const bool heading = index.siblingAtColumn(0).data(TablesModel::HeadingRole).toBool();
  const bool sideBySide = index.siblingAtColumn(0).data(TablesModel::SideBySideRole).toBool();
  const QString said = index.data().toString();
  const bool name = column == TablesModel::Object && !sideBySide;
  const bool words = column == TablesModel::Detail && (!sideBySide || said.contains(' '));
  const bool empty = sideBySide && said == QLatin1String("NULL");
  const bool bold = heading || (mark != RowMark::None && column == TablesModel::Key);
  p->setFont(words ? t.sans(11.5, heading ? QFont::Bold : QFont::Normal)
                   : t.mono(11.5, bold ? QFont::Bold : QFont::Normal));
  p->setPen(t.color(heading                                          ? Role::Muted
                    : name                                           ? Role::Accent
                    : words || empty || column == TablesModel::Place ? Role::Muted
                                                                     : Role::Text));
  p->drawText(r, Qt::AlignLeft | Qt::AlignVCenter,
              QFontMetricsF(p->font()).elidedText(said, Qt::ElideRight, std::max(r.width(), 0.0)));
  p->restore();
}

} // namespace sockwalk
