#include "app/card_dock.h"
#include "views/theme/icons.h"
#include "views/theme/theme.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

// What a dock is dragged by. Ours, so that it is as low as a line of small type and part of the card.
class TitleBar final : public QWidget {
public:
  TitleBar(QDockWidget* dock, QWidget* header) : QWidget(dock), m_dock(dock) {
    auto* row = new QHBoxLayout(this);
    row->setSpacing(2);
    if (header) {
      row->setContentsMargins(4, 0, 6, 0);
      row->addWidget(header);
      row->addStretch(1);
    } else {
      row->setContentsMargins(14, 5, 6, 0);
      auto* title = new QLabel(dock->windowTitle());
      title->setProperty("role", "small");
      row->addWidget(title, 1);
    }
    row->addWidget(
        button(Icon::Split, QDockWidget::tr("Float or dock"), [dock] { dock->setFloating(!dock->isFloating()); }));
    row->addWidget(button(Icon::Close, QDockWidget::tr("Close (View brings it back)"), [dock] { dock->close(); }));
    setToolTip(QDockWidget::tr("Drag to move"));
    showButtons(false);
  }

protected:
  void enterEvent(QEnterEvent*) override { showButtons(true); }
  void leaveEvent(QEvent*) override { showButtons(false); }

private:
  template <class F> QToolButton* button(Icon icon, const QString& tip, F&& action) {
    auto* b = new QToolButton;
    b->setIcon(makeIcon(icon, IconTone::Muted));
    b->setIconSize({11, 11});
    b->setAutoRaise(true);
    b->setToolTip(tip);
    b->setAccessibleName(tip);
    b->setFocusPolicy(Qt::NoFocus);
    QSizePolicy policy = b->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    b->setSizePolicy(policy);
    b->setStyleSheet("QToolButton { border: 0; background: transparent; padding: 1px; }");
    QObject::connect(b, &QToolButton::clicked, m_dock, action);
    m_buttons << b;
    return b;
  }
  void showButtons(bool on) { // they keep their room, so that nothing jumps
    for (QToolButton* b : m_buttons) b->setVisible(on);
  }
  QDockWidget* m_dock;
  QList<QToolButton*> m_buttons;
};

} // namespace

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
  setTitleBarWidget(new TitleBar(this, header));
  auto* sheet = new QWidget;
  sheet->setMinimumSize(160, 60); // what the person makes of the docks counts, not what a view would like
  auto* box = new QVBoxLayout(sheet);
  box->setContentsMargins(6, 0, 6, 6); // the card's corners stay round
  box->addWidget(content);
  setWidget(sheet);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] { update(); });
}

void CardDock::paintEvent(QPaintEvent*) { paintCard(this); }

} // namespace sockwalk
