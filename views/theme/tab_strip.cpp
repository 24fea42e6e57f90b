#include "views/theme/tab_strip.h"
#include <QEvent>
#include <QMenu>
#include <QToolButton>

namespace sockwalk {

class TabStrip::Bar final : public QTabBar {
public:
  int widthOf(int tab) const { return tabSizeHint(tab).width(); }
  int wholeWidth() const {
    int sum = 0;
    for (int tab = 0; tab < count(); ++tab) sum += widthOf(tab);
    return sum;
  }
};

TabStrip::TabStrip(const QString& accessibleName, QWidget* parent) : QWidget(parent), m_bar(new Bar) {
  m_bar->setExpanding(false);
  m_bar->setUsesScrollButtons(false);
  m_bar->setElideMode(Qt::ElideRight);
  m_bar->setDrawBase(false);
  m_bar->setAccessibleName(accessibleName);
  m_bar->installEventFilter(this);
  m_more = new QToolButton;
  m_more->setProperty("link", true);
  m_more->setPopupMode(QToolButton::InstantPopup);
  m_more->setAccessibleName(accessibleName);
  m_more->setToolTip(tr("All tabs"));
  m_more->setFocusPolicy(Qt::TabFocus);
  m_more->setMenu(new QMenu(m_more));
  m_more->hide();
  connect(m_more->menu(), &QMenu::aboutToShow, this, &TabStrip::fillList);
  m_bar->setParent(this);
  m_more->setParent(this);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  connect(m_bar, &QTabBar::currentChanged, this, &TabStrip::fit);
}

QTabBar* TabStrip::bar() const { return m_bar; }

int TabStrip::addTab(const QString& title) {
  const int tab = m_bar->addTab(title);
  m_bar->setTabToolTip(tab, title); // should it be cut
  fit();
  updateGeometry();
  return tab;
}

QSize TabStrip::sizeHint() const { return {m_bar->wholeWidth(), m_bar->sizeHint().height()}; }
QSize TabStrip::minimumSizeHint() const {
  int widest = 0;
  for (int tab = 0; tab < m_bar->count(); ++tab) widest = std::max(widest, m_bar->widthOf(tab));
  return {widest + m_more->sizeHint().width(), m_bar->sizeHint().height()};
}

void TabStrip::resizeEvent(QResizeEvent*) { fit(); }

// Other words, or others in size, take another room.
bool TabStrip::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::FontChange ||
      event->type() == QEvent::StyleChange || event->type() == QEvent::LanguageChange)
    fit();
  return QWidget::eventFilter(watched, event);
}

// The first ones stand there, and always the one that shows.
void TabStrip::fit() {
  if (m_fitting) return;
  m_fitting = true;
  const int shown = m_bar->currentIndex();
  const bool all = m_bar->wholeWidth() <= width();
  int room = width() - (all ? 0 : m_more->sizeHint().width());
  if (!all && shown >= 0) room -= m_bar->widthOf(shown);
  bool full = false;
  int hidden = 0, used = 0;
  for (int tab = 0; tab < m_bar->count(); ++tab) {
    if (tab != shown && !all) full = full || (room -= m_bar->widthOf(tab)) < 0;
    const bool visible = all || tab == shown || !full;
    m_bar->setTabVisible(tab, visible);
    hidden += !visible;
    used += visible ? m_bar->widthOf(tab) : 0;
  }
  m_more->setText(QStringLiteral("+%1 ▾").arg(hidden));
  m_more->setVisible(hidden > 0);
  const QSize more = m_more->sizeHint();
  m_bar->setGeometry(0, 0, std::min(used, width() - (hidden ? more.width() : 0)), height());
  m_more->setGeometry(m_bar->width(), (height() - more.height()) / 2, more.width(), more.height());
  m_fitting = false;
}

void TabStrip::fillList() {
  QMenu* menu = m_more->menu();
  menu->clear();
  for (int tab = 0; tab < m_bar->count(); ++tab) {
    QAction* action = menu->addAction(m_bar->tabText(tab), this, [this, tab] { m_bar->setCurrentIndex(tab); });
    action->setCheckable(true);
    action->setChecked(tab == m_bar->currentIndex());
  }
}

} // namespace sockwalk
