#include "app/stage.h"
#include "app/card_dock.h"
#include "views/theme/tab_strip.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <cmath>
#include <QApplication>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

// px
constexpr int Narrowest = 320, Lowest = 200;
constexpr int NarrowestPane = 250;
constexpr int Frame = 10, Handle = 8;

} // namespace

Stage::Stage(QWidget* parent) : QWidget(parent) {
  m_panesBox = new QSplitter(Qt::Horizontal);
  m_panesBox->setHandleWidth(Handle);
  m_panesBox->setChildrenCollapsible(false);
  buildPane(0);
  buildPane(1);
  m_panes[1].frame->hide();
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(5, 1, 5, 5);
  box->addWidget(m_panesBox);
  setMinimumSize(Narrowest, Lowest);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] { update(); });
  connect(qApp, &QApplication::focusChanged, this, [this](const QWidget*, const QWidget* now) { use(now); });
  connect(m_panesBox, &QSplitter::splitterMoved, this, &Stage::changed);
}

void Stage::use(const QWidget* focus) {
  for (std::size_t i = 0; focus && i < m_panes.size(); ++i)
    if (m_panes[i].frame->isAncestorOf(focus) && m_panes[i].shown >= 0) m_active = int(i);
}

void Stage::buildPane(int index) {
  Pane& pane = m_panes[std::size_t(index)];
  pane.frame = new QWidget;
  pane.strip = new TabStrip(tr("Stages"));
  pane.tabs = pane.strip->bar();
  pane.pages = new QStackedWidget;
  auto* header = new QWidget;
  auto* row = new QHBoxLayout(header);
  row->setContentsMargins(2, 0, 2, 0);
  row->setSpacing(0);
  row->addWidget(pane.strip, 1);
  if (index == 0) buildButtons(header);
  auto* box = new QVBoxLayout(pane.frame);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(0);
  box->addWidget(header);
  box->addWidget(pane.pages, 1);
  m_panesBox->addWidget(pane.frame);
  connect(pane.tabs, &QTabBar::currentChanged, this, [this, index](int view) {
    if (!m_busy && view >= 0) showIn(index, view);
  });
}

// At the end of the tabs: two side by side, and the whole window for this.
void Stage::buildButtons(QWidget* header) {
  m_splitButton = new QToolButton;
  m_splitButton->setText(tr("split"));
  m_splitButton->setToolTip(tr("Two stages side by side (Ctrl+\\)"));
  m_splitButton->setProperty("link", true);
  m_splitButton->setCheckable(true);
  header->layout()->addWidget(m_splitButton);
  connect(m_splitButton, &QToolButton::clicked, this, [this](bool on) { setSplit(on); });
  m_wholeButton = new QToolButton;
  m_wholeButton->setText(QStringLiteral("⤢ F12"));
  m_wholeButton->setToolTip(tr("The whole window for the stage, and back (F12)"));
  m_wholeButton->setAccessibleName(m_wholeButton->toolTip());
  m_wholeButton->setProperty("link", true);
  m_wholeButton->setCheckable(true);
  header->layout()->addWidget(m_wholeButton);
  connect(m_wholeButton, &QToolButton::clicked, this, &Stage::wholeWanted);
}

void Stage::addView(const QString& name, const QString& title, QWidget* view) {
  m_names << name;
  m_views << view;
  view->hide();
  view->setParent(this);
  m_busy = true;
  for (Pane& pane : m_panes) pane.strip->addTab(title);
  m_busy = false;
  if (m_views.size() == 1) showIn(0, 0);
  else updateActions();
}

// A view is one widget, so it stands in one pane; choosing it in the other swaps the two.
void Stage::showIn(int paneIndex, int view) {
  Pane& pane = m_panes[std::size_t(paneIndex)];
  Pane& other = m_panes[std::size_t(1 - paneIndex)];
  const int before = pane.shown;
  if (before == view) return;
  m_busy = true;
  if (other.shown == view) {
    other.pages->removeWidget(m_views[view]);
    other.shown = -1;
  }
  if (before >= 0) pane.pages->removeWidget(m_views[before]);
  pane.pages->addWidget(m_views[view]);
  pane.pages->setCurrentWidget(m_views[view]);
  pane.shown = view;
  pane.tabs->setCurrentIndex(view);
  if (m_split && other.shown < 0) {
    const int fill = before >= 0 ? before : (view + 1) % int(m_views.size());
    if (fill != view) {
      other.pages->addWidget(m_views[fill]);
      other.pages->setCurrentWidget(m_views[fill]);
      other.shown = fill;
      other.tabs->setCurrentIndex(fill);
    }
  }
  for (int i = 0; i < m_views.size(); ++i)
    if (i != m_panes[0].shown && i != m_panes[1].shown) m_views[i]->hide(), m_views[i]->setParent(this);
  m_busy = false;
  m_active = paneIndex;
  updateActions();
  emit changed();
}

void Stage::show(const QString& name) {
  const int view = int(m_names.indexOf(name));
  if (view < 0) return;
  if (!m_split) return showIn(0, view);
  for (std::size_t i = 0; i < m_panes.size(); ++i)
    if (m_panes[i].shown == view) return void(m_active = int(i));
  showIn(m_active, view);
}

void Stage::showBeside(const QString& name) {
  const int view = int(m_names.indexOf(name));
  if (view < 0 || m_views.size() < 2) return;
  const int left = m_active;
  if (m_panes[std::size_t(left)].shown == view) return setSplit(true); // beside what was there
  if (!m_split) setSplit(true);
  showIn(1 - left, view);
  m_active = left;
}

void Stage::swapPanes() {
  if (m_split) showIn(0, m_panes[1].shown);
}

void Stage::goToOtherPane() {
  if (!m_split) return;
  const int shown = m_panes[std::size_t(1 - m_active)].shown;
  if (shown < 0) return;
  m_active = 1 - m_active;
  m_views[shown]->setFocus(Qt::ShortcutFocusReason);
}

QString Stage::current() const {
  const int shown = m_panes[std::size_t(m_active)].shown;
  return shown >= 0 ? m_names[shown] : QString();
}
QWidget* Stage::currentView() const {
  const int shown = m_panes[std::size_t(m_active)].shown;
  return shown >= 0 ? m_views[shown] : nullptr;
}

void Stage::setSplit(bool split) {
  split = split && m_views.size() > 1;
  m_split = split;
  m_splitButton->setChecked(split);
  m_panes[1].frame->setVisible(split);
  if (split && m_panes[1].shown < 0) showIn(1, m_panes[0].shown == 1 ? 0 : 1);
  if (!split && m_panes[1].shown >= 0) {
    QWidget* view = m_views[m_panes[1].shown];
    m_panes[1].pages->removeWidget(view);
    view->hide();
    view->setParent(this);
    m_panes[1].shown = -1;
    m_active = 0;
  }
  setMinimumWidth(split ? 2 * NarrowestPane + Handle + Frame : Narrowest);
  if (split) m_panesBox->setSizes({1 << 12, 1 << 12}); // halves of what there is
  if (split) m_active = 0;
  updateActions();
  emit changed();
}

// 0: halves, as nearly as what the two show lets them be.
int Stage::percentOfLeft() const {
  const QList<int> sizes = m_panesBox->sizes();
  const int all = std::max(1, sizes.value(0) + sizes.value(1)), left = m_panes[0].frame->minimumSizeHint().width();
  const int half = std::max(left, std::min(all / 2, all - m_panes[1].frame->minimumSizeHint().width()));
  const double percent = 100.0 * sizes.value(0) / all, halves = 100.0 * half / all;
  const int rounded = qRound(percent);
  return rounded <= 0 || rounded >= 100 || std::abs(percent - halves) <= 1.5 ? 0 : rounded;
}

QString Stage::state() const {
  QStringList shown;
  for (const Pane& pane : m_panes)
    if (pane.shown >= 0) shown << m_names[pane.shown];
  if (const int percent = m_split ? percentOfLeft() : 0) shown << QString::number(percent);
  return shown.join('|');
}
void Stage::restore(const QString& state) {
  const QStringList shown = state.split('|', Qt::SkipEmptyParts);
  setSplit(false);
  if (!shown.isEmpty()) show(shown[0]);
  if (shown.size() > 1 && m_names.contains(shown[1])) {
    setSplit(true);
    showIn(1, int(m_names.indexOf(shown[1])));
    m_active = 0;
    constexpr int Whole = 1 << 13;
    if (const int percent = shown.value(2).toInt(); percent > 0 && percent < 100)
      m_panesBox->setSizes({Whole * percent / 100, Whole * (100 - percent) / 100});
  }
}
void Stage::reset() {
  setSplit(false);
  if (!m_views.isEmpty()) showIn(0, 0);
}

int Stage::leastWidth() const {
  constexpr int One = 380, OfTwo = 320;
  return m_split ? 2 * OfTwo + Handle + Frame : One;
}

void Stage::showWhole(bool whole) { m_wholeButton->setChecked(whole); }

void Stage::updateActions() { m_splitButton->setVisible(m_views.size() > 1); }

void Stage::paintEvent(QPaintEvent*) { paintCard(this); }

} // namespace sockwalk
