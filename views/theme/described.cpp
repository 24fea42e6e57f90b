#include "views/theme/described.h"
#include "views/theme/accessible_canvas.h"
#include "views/theme/theme.h"
#include <QAbstractScrollArea>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace sockwalk {

QString Description::nameOf(const DescribedItem& item) const {
  if (!item.name.isEmpty()) return item.name;
  for (const QString& cell : item.cells)
    if (!cell.isEmpty()) return cell;
  return {};
}

QString Description::wordsOf(const DescribedItem& item) const {
  const QString name = nameOf(item);
  QStringList words;
  for (qsizetype i = 0; i < item.cells.size(); ++i)
    if (!item.cells[i].isEmpty() && item.cells[i] != name)
      words << (i < headings.size() ? QStringLiteral("%1: %2").arg(headings[i], item.cells[i]) : item.cells[i]);
  return words.join(QStringLiteral(", "));
}

Described::Described(QWidget& canvas, QAccessible::Role role) : m_canvas(canvas), m_role(role) {
  installAccessibleCanvases();
}
Described::~Described() = default;

static Described::Cover& theCover() {
  static Described::Cover cover;
  return cover;
}
void Described::coverBy(Cover cover) { theCover() = std::move(cover); }
QString Described::told(const QString& words) { return theCover() ? theCover()(words) : words; }

Described* Described::of(QObject* canvas) { return dynamic_cast<Described*>(canvas); }

QWidget& Described::surface() const {
  if (auto* area = qobject_cast<QAbstractScrollArea*>(&m_canvas)) return *area->viewport();
  return m_canvas;
}

const Description& Described::description() const {
  if (!m_description || m_describedAt != surface().size()) m_description = describe();
  m_describedAt = surface().size();
  return *m_description;
}

void Described::describedAnew() {
  m_description.reset();
  if (whenDescribedAnew) whenDescribedAnew();
  if (!QAccessible::isActive()) return;
  QAccessibleEvent told(&m_canvas, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&told);
}

int Described::currentItem() const {
  if (m_current < 0) return -1;
  const Description& all = description();
  const int count = static_cast<int>(all.items.size());
  if (m_current < count && all.nameOf(all.items[std::size_t(m_current)]) == m_currentName) return m_current;
  for (int i = 0; i < count; ++i)
    if (all.nameOf(all.items[std::size_t(i)]) == m_currentName) return i;
  return -1;
}

void Described::setCurrentItem(int item) {
  const Description& all = description();
  m_current = item < static_cast<int>(all.items.size()) ? item : -1;
  m_currentName = m_current < 0 ? QString() : all.nameOf(all.items[std::size_t(m_current)]);
  surface().update();
  if (m_current < 0 || !QAccessible::isActive()) return;
  QAccessibleEvent focus(&m_canvas, QAccessible::Focus);
  focus.setChild(m_current);
  QAccessible::updateAccessibility(&focus);
}

int Described::itemAt(const QPoint& at) const {
  int found = -1;
  double smallest = 0;
  const auto& items = description().items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const double area = double(items[i].rect.width()) * items[i].rect.height();
    if (!items[i].rect.contains(at) || (found >= 0 && area >= smallest)) continue;
    found = static_cast<int>(i);
    smallest = area;
  }
  return found;
}

int Described::next(int from, int step) const {
  const auto& items = description().items;
  for (int i = from + step; i >= 0 && i < static_cast<int>(items.size()); i += step)
    if (!items[std::size_t(i)].rect.isEmpty()) return i;
  return from;
}

bool Described::moveByKey(const QKeyEvent* event) {
  if (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) return false;
  const int now = currentItem(), count = static_cast<int>(description().items.size());
  int to = -1;
  switch (event->key()) {
  case Qt::Key_Down:
  case Qt::Key_Right: to = next(now, 1); break;
  case Qt::Key_Up:
  case Qt::Key_Left: to = next(now < 0 ? count : now, -1); break;
  case Qt::Key_Home: to = next(-1, 1); break;
  case Qt::Key_End: to = next(count, -1); break;
  case Qt::Key_Return:
  case Qt::Key_Enter:
  case Qt::Key_Space:
    if (now < 0) return false;
    // A copy: what it does may make the picture another one.
    if (const auto press = description().items[std::size_t(now)].press) press();
    return true;
  default: return false;
  }
  if (to < 0 || to >= count) return true;
  setCurrentItem(to);
  showItem(to);
  return true;
}

void Described::openMenu(const QContextMenuEvent& event) {
  const bool byKey = event.reason() == QContextMenuEvent::Keyboard;
  const int item = byKey ? currentItem() : itemAt(surface().mapFromGlobal(event.globalPos()));
  QMenu menu(&m_canvas);
  QPoint at = event.globalPos();
  if (item >= 0) {
    const DescribedItem described = description().items[std::size_t(item)];
    if (described.press) menu.addAction(tr("Go to %1").arg(description().nameOf(described)), described.press);
    if (byKey) at = surface().mapToGlobal(described.rect.bottomLeft());
  }
  if (!menu.isEmpty()) menu.addSeparator();
  menu.addActions(m_canvas.actions());
  if (!menu.isEmpty()) menu.exec(at);
}

void Described::paintCurrentItem(QPainter& painter) const {
  const int item = currentItem();
  if (item < 0 || !m_canvas.hasFocus()) return;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme().color(Role::Focus), 2));
  const QRectF ring = QRectF(description().items[std::size_t(item)].rect).adjusted(-1, -1, 1, 1);
  painter.drawRoundedRect(ring.intersected(QRectF(surface().rect()).adjusted(1, 1, -1, -1)), 4, 4);
  painter.restore();
}

} // namespace sockwalk
