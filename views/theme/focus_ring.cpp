#include "views/theme/focus_ring.h"
#include "views/theme/theme.h"
#include <QAbstractItemView>
#include <QApplication>
#include <QFocusEvent>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QScrollBar>
#include <QTabBar>
#include <QTimer>

namespace sockwalk {
namespace {

// Follows the focus from widget to widget, and the widget wherever it is moved.
class FocusFollower final : public QObject {
public:
  explicit FocusFollower(QApplication& app) : QObject(&app) {
    app.installEventFilter(this);
    connect(&app, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
    connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] { soon(); });
    m_placing.setSingleShot(true);
    m_placing.setInterval(0);
    connect(&m_placing, &QTimer::timeout, this, &FocusFollower::place);
  }
  FocusRing* ring() const { return m_ring && m_ring->isVisibleTo(m_ring->window()) ? m_ring.data() : nullptr; }

protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    switch (event->type()) {
    case QEvent::KeyPress: byKeys(true); break;
    case QEvent::MouseButtonPress: byKeys(false); break;
    case QEvent::FocusIn: {
      const auto why = static_cast<QFocusEvent*>(event)->reason();
      if (why == Qt::TabFocusReason || why == Qt::BacktabFocusReason || why == Qt::ShortcutFocusReason) byKeys(true);
      break;
    }
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
      if (m_byKeys && m_followed && watched->isWidgetType() && watched != m_ring &&
          (watched == m_followed || static_cast<QWidget*>(watched)->isAncestorOf(m_followed)))
        soon();
      break;
    default: break;
    }
    return false;
  }

private:
  void byKeys(bool keys) {
    if (std::exchange(m_byKeys, keys) != keys || keys) soon();
  }
  void follow(QWidget* widget) {
    m_followed = widget;
    delete m_inside;
    m_inside = new QObject(this);
    const auto later = [this] { soon(); };
    if (auto* bar = qobject_cast<QTabBar*>(widget)) connect(bar, &QTabBar::currentChanged, m_inside, later);
    if (auto* list = qobject_cast<QAbstractItemView*>(widget)) {
      if (list->selectionModel())
        connect(list->selectionModel(), &QItemSelectionModel::currentChanged, m_inside, later);
      connect(list->verticalScrollBar(), &QScrollBar::valueChanged, m_inside, later);
      connect(list->horizontalScrollBar(), &QScrollBar::valueChanged, m_inside, later);
    }
    soon();
  }
  void soon() {
    if (!m_placing.isActive()) m_placing.start();
  }
  void place() {
    QWidget* const on = m_followed;
    if (m_ring && (!on || m_ring->parentWidget() != on->window())) m_ring->deleteLater(), m_ring = nullptr;
    const bool any = on && m_byKeys && on->isVisible() && !on->isWindow() && on->window()->windowType() != Qt::Popup;
    const QRect place = any ? placeOf(*on) : QRect();
    if (place.isEmpty()) return void(m_ring && (m_ring->hide(), true));
    if (!m_ring) m_ring = new FocusRing(on->window());
    m_ring->lieOn(place, rowOf(*on));
  }
  // What of it is in sight; of a row of tabs the chosen one.
  static QRect placeOf(const QWidget& widget) {
    QRect seen = widget.visibleRegion().boundingRect();
    if (const auto* area = qobject_cast<const QAbstractScrollArea*>(&widget)) { // its viewport lies over it
      const QWidget& port = *area->viewport();
      seen |= port.visibleRegion().boundingRect().translated(port.pos());
    }
    if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) seen &= tabs->tabRect(tabs->currentIndex());
    if (seen.isEmpty()) return {};
    seen.moveTopLeft(widget.mapTo(widget.window(), seen.topLeft()));
    constexpr int out = FocusRing::Outset;
    return seen.adjusted(-out, -out, out, out) & widget.window()->rect();
  }

  // The current row of a list, as far as it is in sight; a list that runs sideways has no rows.
  static QRect rowOf(const QWidget& widget) {
    const auto* list = qobject_cast<const QAbstractItemView*>(&widget);
    if (!list || !list->currentIndex().isValid()) return {};
    const QWidget& port = *list->viewport();
    QRect row = list->visualRect(list->currentIndex());
    const auto* plain = qobject_cast<const QListView*>(list);
    if (!plain || plain->flow() == QListView::TopToBottom) row.setLeft(0), row.setRight(port.width() - 1);
    row &= port.rect();
    return row.isEmpty() ? QRect() : QRect(port.mapTo(widget.window(), row.topLeft()), row.size());
  }

  QPointer<QWidget> m_followed;
  QPointer<QObject> m_inside; // hears what is chosen in it
  QPointer<FocusRing> m_ring;
  QTimer m_placing;
  bool m_byKeys = false;
};

QPointer<FocusFollower> g_follower;

} // namespace

FocusRing::FocusRing(QWidget* window) : QWidget(window) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
  setObjectName(QStringLiteral("focusRing"));
}

// The mask keeps what is inside from being painted with it.
void FocusRing::lieOn(const QRect& place, const QRect& row) {
  setGeometry(place);
  m_row = row.isEmpty() ? QRect() : row.translated(-place.topLeft());
  const auto frame = [](const QRect& of, int wide) {
    return QRegion(of).subtracted(of.adjusted(wide, wide, -wide, -wide));
  };
  setMask(frame(rect(), Width + 3) + (m_row.isEmpty() ? QRegion() : frame(m_row, Width + 1)));
  raise();
  show();
  update();
}

void FocusRing::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme().color(Role::Focus), Width));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 7, 7);
  if (!m_row.isEmpty()) painter.drawRoundedRect(QRectF(m_row).adjusted(1, 1, -1, -1), 3, 3);
}

void installFocusRing(QApplication& app) {
  if (!g_follower) g_follower = new FocusFollower(app);
}

FocusRing* shownFocusRing() { return g_follower ? g_follower->ring() : nullptr; }

} // namespace sockwalk
