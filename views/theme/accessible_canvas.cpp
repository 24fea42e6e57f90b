#include "views/theme/accessible_canvas.h"
#include "views/theme/described.h"
#include <QAccessibleWidget>
#include <QPointer>
#include <QWidget>
#include <QWindow>

namespace sockwalk {
namespace {

// One item. It knows its number only: what it says is asked for anew each time, so that it is true at every moment.
class AccessibleItem final : public QAccessibleInterface,
                             public QAccessibleActionInterface,
                             public QAccessibleValueInterface {
public:
  AccessibleItem(QWidget* canvas, int index) : m_canvas(canvas), m_index(index) {}

  bool isValid() const override { return item() != nullptr; }
  QObject* object() const override { return nullptr; }
  QWindow* window() const override { return m_canvas ? m_canvas->window()->windowHandle() : nullptr; }
  QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_canvas); }
  QAccessibleInterface* child(int) const override { return nullptr; }
  QAccessibleInterface* childAt(int, int) const override { return nullptr; }
  int childCount() const override { return 0; }
  int indexOfChild(const QAccessibleInterface*) const override { return -1; }
  QAccessible::Role role() const override { return item() ? item()->role : QAccessible::NoRole; }

  QString text(QAccessible::Text which) const override {
    const DescribedItem* it = item();
    if (!it) return {};
    const Description& all = described()->description();
    if (which == QAccessible::Name) return Described::told(all.nameOf(*it));
    if (which == QAccessible::Description) return Described::told(all.wordsOf(*it));
    return which == QAccessible::Value && it->value ? QString::number(it->value->now) : QString();
  }
  void setText(QAccessible::Text, const QString&) override {}

  QRect rect() const override {
    const DescribedItem* it = item();
    return it ? it->rect.translated(described()->surface().mapToGlobal(QPoint())) : QRect();
  }
  QAccessible::State state() const override {
    QAccessible::State s;
    const DescribedItem* it = item();
    if (!it) return s.invalid = true, s;
    s.focusable = true;
    s.focused = m_canvas->hasFocus() && described()->currentItem() == m_index;
    s.selectable = it->press != nullptr;
    s.selected = it->lit;
    s.readOnly = !it->value;
    s.invisible = !m_canvas->isVisible();
    s.offscreen = !described()->surface().rect().intersects(it->rect);
    return s;
  }

  void* interface_cast(QAccessible::InterfaceType type) override {
    const DescribedItem* it = item();
    if (type == QAccessible::ActionInterface) return static_cast<QAccessibleActionInterface*>(this);
    if (type == QAccessible::ValueInterface && it && it->value) return static_cast<QAccessibleValueInterface*>(this);
    return nullptr;
  }
  QStringList actionNames() const override {
    QStringList names;
    if (item() && item()->press) names << pressAction();
    return names << setFocusAction();
  }
  void doAction(const QString& name) override {
    if (!item()) return;
    if (name == setFocusAction()) {
      m_canvas->setFocus();
      described()->setCurrentItem(m_index);
    }
    if (name != pressAction()) return;
    if (const auto press = item()->press) press(); // a copy: the picture may become another one
  }
  QStringList keyBindingsForAction(const QString& name) const override {
    return name == pressAction() ? QStringList{QStringLiteral("Return")} : QStringList();
  }

  QVariant currentValue() const override { return value(&DescribedItem::Value::now); }
  QVariant minimumValue() const override { return value(&DescribedItem::Value::least); }
  QVariant maximumValue() const override { return value(&DescribedItem::Value::most); }
  QVariant minimumStepSize() const override { return 1.0; }
  void setCurrentValue(const QVariant& to) override {
    if (item() && item()->value) item()->value->set(to.toDouble());
  }

private:
  Described* described() const { return Described::of(m_canvas); }
  const DescribedItem* item() const {
    const Described* d = described();
    if (!d || m_index >= static_cast<int>(d->description().items.size())) return nullptr;
    return &d->description().items[std::size_t(m_index)];
  }
  QVariant value(double DescribedItem::Value::*of) const {
    return item() && item()->value ? QVariant(*item()->value.*of) : QVariant();
  }

  QPointer<QWidget> m_canvas;
  int m_index;
};

class AccessibleCanvas final : public QAccessibleWidget {
public:
  AccessibleCanvas(QWidget* canvas, QAccessible::Role role) : QAccessibleWidget(canvas, role) {}
  ~AccessibleCanvas() override {
    for (const QAccessible::Id id : m_items) QAccessible::deleteAccessibleInterface(id);
  }

  int childCount() const override { return described() ? int(described()->description().items.size()) : 0; }
  QAccessibleInterface* child(int index) const override {
    if (index < 0 || index >= childCount()) return nullptr;
    while (int(m_items.size()) <= index)
      m_items.push_back(QAccessible::registerAccessibleInterface(new AccessibleItem(widget(), int(m_items.size()))));
    return QAccessible::accessibleInterface(m_items[std::size_t(index)]);
  }
  int indexOfChild(const QAccessibleInterface* of) const override {
    for (int i = 0; i < childCount(); ++i)
      if (child(i) == of) return i;
    return -1;
  }
  QAccessibleInterface* childAt(int x, int y) const override {
    return described() ? child(described()->itemAt(described()->surface().mapFromGlobal(QPoint(x, y)))) : nullptr;
  }
  QAccessibleInterface* focusChild() const override {
    if (!described() || !widget()->hasFocus()) return nullptr;
    QAccessibleInterface* const current = child(described()->currentItem());
    return current ? current : QAccessible::queryAccessibleInterface(widget());
  }
  // What is there at the moment, before how to use it.
  QString text(QAccessible::Text which) const override {
    const QString own = QAccessibleWidget::text(which);
    if (which != QAccessible::Description || !described()) return own;
    QStringList words{Described::told(described()->description().summary), own};
    words.removeAll(QString());
    return words.join(QLatin1Char('\n'));
  }

private:
  Described* described() const { return Described::of(widget()); }
  mutable std::vector<QAccessible::Id> m_items;
};

QAccessibleInterface* makeCanvas(const QString&, QObject* object) {
  const Described* described = Described::of(object);
  return described ? new AccessibleCanvas(&described->canvas(), described->role()) : nullptr;
}

} // namespace

void installAccessibleCanvases() {
  static const bool once = (QAccessible::installFactory(makeCanvas), true);
  Q_UNUSED(once)
}

} // namespace sockwalk
