#include "app/card_dock.h"
#include "views/theme/elided_label.h"
#include "views/theme/icons.h"
#include "views/theme/theme.h"
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

// A small triangle: down while the dock is open, to the right while it is folded.
class FoldArrow final : public QAbstractButton {
public:
  explicit FoldArrow(CardDock* dock) : m_dock(dock) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::ArrowCursor);
  }
  QSize sizeHint() const override { return {16, int(theme().scaled(18))}; }

protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(QRectF(rect()).center());
    if (m_dock->isFolded()) painter.rotate(-90);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().color(underMouse() || hasFocus() ? Role::Accent : Role::Muted));
    painter.drawPolygon(QPolygonF({{-4, -2}, {4, -2}, {0, 3}}));
    if (!hasFocus()) return;
    painter.resetTransform();
    painter.setPen(theme().color(Role::AccentLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
  }
  void enterEvent(QEnterEvent*) override { update(); }
  void leaveEvent(QEvent*) override { update(); }

private:
  CardDock* m_dock;
};

} // namespace

// What a dock is dragged by. Ours, so that it is as low as a line of small type and part of the card.
class CardDock::TitleBar final : public QWidget {
public:
  TitleBar(CardDock* dock, QWidget* header) : QWidget(dock), m_dock(dock), m_header(header) {
    auto* row = new QHBoxLayout(this);
    row->setSpacing(2);
    row->setContentsMargins(4, 3, 4, 0);
    m_fold = new FoldArrow(dock);
    QObject::connect(m_fold, &QAbstractButton::clicked, dock, [dock] { emit dock->foldWanted(!dock->isFolded()); });
    row->addWidget(m_fold);
    if (!m_header) {
      auto* title = new ElidedLabel;
      title->setText(dock->windowTitle());
      title->setProperty("role", "small");
      m_header = title;
    }
    row->addWidget(m_header, 1);
    addButton(Icon::Split, QDockWidget::tr("Float or dock"), [dock] { dock->setFloating(!dock->isFloating()); });
    addButton(Icon::Close, QDockWidget::tr("Close (View brings it back)"),
              [dock] { dock->toggleViewAction()->trigger(); });
    showButtons(false);
    shapeChanged();
  }
  void shapeChanged() {
    const bool folded = m_dock->isFolded();
    m_header->setVisible(m_dock->shape() != Shape::Spine);
    m_fold->setToolTip(folded ? CardDock::tr("Unfold") : CardDock::tr("Fold to the heading"));
    m_fold->setAccessibleName(QStringLiteral("%1: %2").arg(m_dock->windowTitle(), m_fold->toolTip()));
    m_fold->update();
    showButtons(false);
  }

protected:
  void enterEvent(QEnterEvent*) override { showButtons(true); }
  void leaveEvent(QEvent*) override { showButtons(false); }
  void mouseDoubleClickEvent(QMouseEvent* event) override {
    if (event->button() == Qt::LeftButton) emit m_dock->foldWanted(!m_dock->isFolded());
  }

private:
  template <class F> void addButton(Icon icon, const QString& tip, F&& action) {
    auto* b = new QToolButton;
    b->setIcon(makeIcon(icon, IconTone::Muted));
    b->setIconSize({11, 11});
    b->setAutoRaise(true);
    b->setToolTip(tip);
    b->setAccessibleName(tip);
    b->setFocusPolicy(Qt::NoFocus);
    b->setStyleSheet("QToolButton { border: 0; background: transparent; padding: 1px; }");
    QObject::connect(b, &QToolButton::clicked, m_dock, action);
    layout()->addWidget(b);
    m_buttons << b;
  }
  // They lie over the heading's end rather than take room from it: nothing moves when the pointer comes.
  void showButtons(bool on) {
    for (QToolButton* b : m_buttons) {
      QSizePolicy policy = b->sizePolicy();
      policy.setRetainSizeWhenHidden(m_dock->shape() != Shape::Spine);
      b->setSizePolicy(policy);
      b->setVisible(on && m_dock->shape() != Shape::Spine);
    }
  }
  CardDock* m_dock;
  QWidget* m_header;
  QAbstractButton* m_fold;
  QList<QToolButton*> m_buttons;
};

// The dock's name, upwards: what is left of it at the side of the window.
class CardDock::Spine final : public QWidget {
public:
  explicit Spine(CardDock* dock) : m_dock(dock) { setCursor(Qt::PointingHandCursor); }

protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setFont(theme().small());
    painter.setPen(theme().color(underMouse() ? Role::Accent : Role::Muted));
    painter.translate(width() / 2.0, 4);
    painter.rotate(90);
    painter.drawText(QRectF(0, -width() / 2.0, height() - 8, width()), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_dock->windowTitle(), Qt::ElideRight, height() - 8));
  }
  void mousePressEvent(QMouseEvent*) override {}
  void mouseReleaseEvent(QMouseEvent*) override { emit m_dock->foldWanted(false); }
  void enterEvent(QEnterEvent*) override { update(); }
  void leaveEvent(QEvent*) override { update(); }

private:
  CardDock* m_dock;
};

void paintCard(QWidget* widget) {
  QPainter painter(widget);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme().color(Role::Hairline), 1));
  painter.setBrush(theme().color(Role::Card));
  painter.drawRoundedRect(QRectF(widget->rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

CardDock::CardDock(const QString& name, const QString& title, QWidget* content, QWidget* parent, QWidget* header)
    : QDockWidget(title, parent), m_content(content) {
  setObjectName(name);
  m_title = new TitleBar(this, header);
  setTitleBarWidget(m_title);
  auto* holder = new QWidget;
  auto* places = new QVBoxLayout(holder);
  places->setContentsMargins(0, 0, 0, 0);
  m_sheet = new QWidget;
  m_sheet->setMinimumSize(160, 60); // what the person makes of the docks counts, not what a view would like
  auto* box = new QVBoxLayout(m_sheet);
  box->setContentsMargins(5, 0, 5, 5); // the card's corners stay round
  box->addWidget(content);
  m_spine = new Spine(this);
  m_spine->hide();
  places->addWidget(m_sheet);
  places->addWidget(m_spine);
  setWidget(holder);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] { update(); });
}

int CardDock::headingHeight() const { return m_title->sizeHint().height() + 4; }
int CardDock::spineWidth() const { return int(theme().scaled(26)); }

void CardDock::setShape(Shape shape) {
  m_shape = shape;
  m_sheet->setVisible(shape == Shape::Open);
  m_spine->setVisible(shape == Shape::Spine);
  m_title->shapeChanged();
  setMinimumSize(0, 0);
  setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX);
  if (shape == Shape::Heading) setFixedHeight(headingHeight());
  if (shape == Shape::Spine) setFixedWidth(spineWidth());
}

void CardDock::paintEvent(QPaintEvent*) { paintCard(this); }

} // namespace sockwalk
