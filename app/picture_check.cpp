#include "app/picture_check.h"
#include "app/text_recorder.h"
#include "views/call_path/call_path_items.h"
#include "views/objects/objects_items.h"
#include <algorithm>
#include <cmath>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QGraphicsView>
#include <QHash>
#include <QHelpEvent>
#include <QImage>
#include <QLayout>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTabBar>
#include <QToolButton>

namespace sockwalk {
namespace {

constexpr double LeastType = 8;       // px
constexpr double LeastContrast = 1.6; // of what is told on purpose in a whisper: what is still to come
constexpr int Hair = 2;               // px that are no trouble: an antialiased edge, a letter's overhang

bool larger(const QRectF& rect) { return rect.width() > Hair && rect.height() > Hair; }

QString className(const QWidget& widget) { return QString(widget.metaObject()->className()).section("::", -1); }

// The innermost thing of ours that it is in.
QString placeOf(const QWidget* widget) {
  for (; widget; widget = widget->parentWidget())
    if (QLatin1String(widget->metaObject()->className()).startsWith(QLatin1String("sockwalk::")) || widget->isWindow())
      return className(*widget);
  return {};
}

QString nameOf(const QWidget& widget) {
  for (const QString& name : {widget.property("text").toString(), widget.accessibleName(), widget.objectName()})
    if (!name.isEmpty()) return QString("%1 “%2”").arg(className(widget), name);
  return className(widget);
}

// What lies over the window for a while: the hits of a search, the welcome page.
bool liesOver(const QWidget* widget, const QWidget& window) {
  while (widget && widget->parentWidget() != &window) widget = widget->parentWidget();
  return widget && !widget->isWindow() && window.layout() && window.layout()->indexOf(widget) < 0;
}

// Whether such a thing hides it.
bool liesBelow(const QWidget& widget, const QWidget& window) {
  const QRect place(widget.mapTo(&window, QPoint()), widget.size());
  for (const auto* other : window.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
    if (other->isVisible() && liesOver(other, window) && !other->isAncestorOf(&widget) && other != &widget &&
        other->geometry().contains(place))
      return true;
  return false;
}

// Of two colours, from 1 to 21, as the W3C's guidelines for the web have it.
double brightness(const QColor& color) {
  const auto linear = [](double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}
double contrast(const QColor& a, const QColor& b) {
  const auto [darker, lighter] = std::minmax({brightness(a), brightness(b)});
  return (lighter + 0.05) / (darker + 0.05);
}
QColor mixed(const QColor& over, const QColor& under) {
  const double a = over.alphaF();
  return QColor::fromRgbF(float(over.redF() * a + under.redF() * (1 - a)),
                          float(over.greenF() * a + under.greenF() * (1 - a)),
                          float(over.blueF() * a + under.blueF() * (1 - a)));
}

// The colour that most of the pixels in and around a text have, apart from its own; its own if there is no other.
QColor ground(const QImage& picture, const QRect& text, const QColor& letters) {
  QHash<QRgb, int> counts;
  QRgb most = letters.rgb();
  const QRect place = text.adjusted(-2, -2, 2, 2) & picture.rect();
  for (int y = place.top(); y <= place.bottom(); ++y)
    for (int x = place.left(); x <= place.right(); ++x) {
      const QRgb color = picture.pixel(x, y);
      if (color != letters.rgb() && ++counts[color] > counts.value(most)) most = color;
    }
  return QColor(most);
}

class Check {
public:
  Check(QWidget& window, QSize wanted) : m_window(window), m_wanted(wanted) {}

  std::vector<Trouble> run() {
    if (m_window.width() > m_wanted.width() || m_window.height() > m_wanted.height())
      add({Trouble::TooLarge, QString("%1×%2").arg(m_window.width()).arg(m_window.height()), className(m_window),
           QString("%1×%2").arg(m_wanted.width()).arg(m_wanted.height())});
    checkTexts();
    for (QWidget* widget : m_window.findChildren<QWidget*>())
      if (widget->isVisible() && widget->window() == &m_window && !liesBelow(*widget, m_window)) checkWidget(*widget);
    std::sort(m_found.begin(), m_found.end());
    m_found.erase(std::unique(m_found.begin(), m_found.end()), m_found.end());
    return std::move(m_found);
  }

private:
  void add(Trouble trouble) { m_found.push_back(std::move(trouble)); }
  void add(Trouble::Kind kind, const DrawnText& text, const QString& other = {}) {
    add({kind, text.text.trimmed(), placeOf(text.in), other});
  }

  // ---- texts
  void checkTexts() {
    const std::vector<DrawnText> texts = TextRecorder::textsOf(m_window);
    const QImage picture = m_window.grab().toImage();
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const DrawnText& text = texts[i];
      if (!text.in) continue;
      if (text.coveredBy) {
        const bool right = liesOver(text.coveredBy, m_window) || qobject_cast<const QScrollBar*>(text.coveredBy);
        if (!right) add(Trouble::Covered, text, placeOf(text.coveredBy));
      } else if (const QString sides = cutAt(text); !sides.isEmpty()) {
        add(Trouble::Cut, text, sides);
      }
      if (text.size < LeastType) add(Trouble::Tiny, text);
      if (const QRect seen = text.seen.boundingRect(); seen.height() > 4 && text.seen.rectCount() == 1) {
        const QColor under = ground(picture, seen, text.color);
        if (contrast(mixed(text.color, under), under) < LeastContrast) add(Trouble::Faint, text);
      }
      if (text.text.contains(QChar(0x2026)) && !dotsAreRight(text)) add(Trouble::Dots, text);
      for (std::size_t j = 0; j < i; ++j)
        if (onEachOther(text, texts[j])) add(Trouble::OnText, text, texts[j].text.trimmed());
    }
  }

  bool onEachOther(const DrawnText& a, const DrawnText& b) const {
    if (!larger(a.ink & b.ink) || (a.text == b.text && a.ink == b.ink)) return false;
    return larger((a.seen & b.seen).boundingRect());
  }

  // The sides at which it is cut; what a scroll bar leads to is not.
  QString cutAt(const DrawnText& text) const {
    bool across = true, down = true;
    for (const QWidget* w = text.in; w && w != &m_window; w = w->parentWidget()) {
      across = across && !scrolls(*w, Qt::Horizontal);
      down = down && !scrolls(*w, Qt::Vertical);
    }
    // A list scrolls, but each of its cells has its own room.
    const bool inCell = qobject_cast<const QAbstractItemView*>(text.in->parentWidget());
    const QString own = text.clip.isNull() ? QString() : sidesAt(text.ink, text.clip, across || inCell, down);
    const QRect seen = text.seen.boundingRect();
    if (!own.isEmpty() || !seen.isEmpty()) return own.isEmpty() ? sidesAt(text.ink, seen, across, down) : own;
    return across && down ? QStringLiteral("whole") : QString();
  }
  static bool scrolls(const QWidget& widget, Qt::Orientation way) {
    const auto leads = [](const QScrollBar* bar) { return bar->maximum() > bar->minimum(); };
    const auto* area = qobject_cast<const QAbstractScrollArea*>(widget.parentWidget());
    if (area) // its viewport, and what stands beside it, as the numbers of lines do
      return qobject_cast<const QGraphicsView*>(area) ||
             leads(way == Qt::Vertical ? area->verticalScrollBar() : area->horizontalScrollBar());
    for (const auto* bar : widget.parentWidget()->findChildren<QScrollBar*>(QString(), Qt::FindDirectChildrenOnly))
      if (bar->orientation() == way && leads(bar)) return true; // a canvas with a bar beside it
    return false;
  }
  static QString sidesAt(const QRectF& ink, const QRectF& room, bool across, bool down) {
    QStringList sides;
    if (across && ink.left() < room.left() - Hair) sides << "left";
    if (across && ink.right() > room.right() + Hair) sides << "right";
    if (down && ink.top() < room.top() - Hair) sides << "top";
    if (down && ink.bottom() > room.bottom() + Hair) sides << "bottom";
    return sides.join(", ");
  }

  // Dots that the text has of its own, or for which a tip says the whole: the widget is asked as a resting mouse asks it.
  bool dotsAreRight(const DrawnText& text) const {
    const QString drawn = text.text.trimmed();
    const QPoint middle = (text.seen.isEmpty() ? text.ink.toRect() : text.seen.boundingRect()).center();
    const QPoint at = text.in->mapFrom(&m_window, middle);
    if (text.in->property("text").toString().contains(drawn)) return true;
    const auto* view = qobject_cast<const QAbstractItemView*>(text.in->parentWidget());
    if (view && view->indexAt(at).data().toString().contains(drawn)) return true;
    hideTip();
    const QPointF global = text.in->mapToGlobal(QPointF(at));
    QMouseEvent come(QEvent::MouseMove, at, global, Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(text.in, &come);
    QHelpEvent ask(QEvent::ToolTip, at, global.toPoint());
    QApplication::sendEvent(text.in, &ask);
    return hideTip();
  }
  static bool hideTip() { // true: there was one
    for (QWidget* widget : QApplication::topLevelWidgets())
      if (widget->isVisible() && widget->inherits("QTipLabel")) return widget->hide(), true;
    return false;
  }

  // ---- widgets
  void checkWidget(QWidget& widget) {
    if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) checkTabs(*tabs);
    if (widget.objectName() == "qt_toolbar_ext_button")
      add({Trouble::Arrows, nameOf(*widget.parentWidget()), placeOf(&widget)});
    if (const auto* stage = qobject_cast<const QGraphicsView*>(&widget)) checkNodes(*stage);
    const QWidget& parent = *widget.parentWidget();
    const auto* area = qobject_cast<const QAbstractScrollArea*>(parent.parentWidget());
    const bool scrolled = area && area->viewport() == &parent;
    if (!scrolled && !liesOver(&widget, m_window)) checkPlace(widget, parent);
  }

  void checkTabs(const QTabBar& tabs) {
    for (const auto* arrow : tabs.findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly))
      if (arrow->isVisible() && (arrow->arrowType() == Qt::LeftArrow || arrow->arrowType() == Qt::RightArrow)) {
        add({Trouble::Arrows, nameOf(tabs), placeOf(&tabs)});
        return;
      }
    for (int i = 0; i < tabs.count(); ++i) // or cut off, where there are no arrows
      if (tabs.isTabVisible(i) && !tabs.rect().adjusted(-1, -1, 1, 1).contains(tabs.tabRect(i)))
        return add({Trouble::Arrows, nameOf(tabs), placeOf(&tabs)});
  }

  void checkPlace(QWidget& widget, const QWidget& parent) {
    const QRect room = parent.rect().adjusted(-1, -1, 1, 1), place = widget.geometry();
    if (!place.isEmpty() && !room.contains(place)) add({Trouble::Outside, nameOf(widget), placeOf(&widget)});
    for (QObject* child : parent.children()) {
      const auto* other = qobject_cast<const QWidget*>(child);
      if (!other || other == &widget) break; // each pair once
      if (other->isWindow() || !other->isVisible() || liesOver(other, m_window)) continue;
      if (larger(QRectF(place & other->geometry())))
        add({Trouble::OnWidget, nameOf(widget), placeOf(&widget), nameOf(*other)});
    }
  }

  // ---- graphs
  struct Node {
    QRectF rect;
    QString name;
  };
  void checkNodes(const QGraphicsView& stage) {
    std::vector<Node> nodes;
    for (const QGraphicsItem* item : stage.items())
      if (const auto* pill = dynamic_cast<const PillItem*>(item)) nodes.push_back({pill->rect(), pill->toolTip()});
      else if (const auto* card = dynamic_cast<const ObjectItem*>(item))
        nodes.push_back({card->sceneBoundingRect().adjusted(4, 4, -4, -4), card->toolTip()});
    for (std::size_t i = 0; i < nodes.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (larger(nodes[i].rect & nodes[j].rect))
          add({Trouble::OnNode, nodes[i].name, placeOf(&stage), nodes[j].name});
  }

  QWidget& m_window;
  QSize m_wanted;
  std::vector<Trouble> m_found;
};

} // namespace

QString Trouble::words() const {
  switch (kind) {
  case Cut: return tr("%1: “%2” is cut (%3)").arg(place, what, other);
  case Dots: return tr("%1: “%2” is cut with dots, and no tip says the whole").arg(place, what);
  case Covered: return tr("%1: “%2” is covered in part by %3").arg(place, what, other);
  case Tiny: return tr("%1: “%2” is too small to read").arg(place, what);
  case Faint: return tr("%1: “%2” can hardly be told from what it stands on").arg(place, what);
  case OnText: return tr("%1: “%2” lies on “%3”").arg(place, what, other);
  case OnNode: return tr("%1: the node %2 lies on %3").arg(place, what, other);
  case OnWidget: return tr("%1: %2 lies on %3").arg(place, what, other);
  case Outside: return tr("%1: %2 stands outside of what it is in").arg(place, what);
  case Arrows: return tr("%1: a part of %2 is hidden behind arrows").arg(place, what);
  case TooLarge: return tr("%1: is %2, and was given %3").arg(place, what, other);
  }
  return {};
}

std::vector<Trouble> troubleIn(QWidget& window, QSize wanted) { return Check(window, wanted).run(); }

} // namespace sockwalk
