#include "app/dock_room.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <QEvent>
#include <QJsonArray>
#include <QLayout>
#include <QMenuBar>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QStatusBar>
#include <QToolBar>
#include <utility>

namespace sockwalk {
namespace {

constexpr int Gap = 8;
// LOOK.md's window: what is left of 1280x800 for docks and stage, and how that is shared out.
constexpr int FullWidth = 1264, FullHeight = 684;
constexpr int LeftWidth = 216, ReadingWidth = 248, RightWidth = 472, BottomHeight = 186;
constexpr int StageHeight = 420; // that a tall list below leaves
constexpr int LeastStageHeight = 240;
constexpr QSize LeastSides(180, 300); // left, right

} // namespace

DockRoom::DockRoom(QMainWindow& window)
    : QObject(&window), m_window(window), m_status(window.statusBar()), m_stageWidth(380) {
  window.installEventFilter(this);
  m_status->installEventFilter(this);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, &DockRoom::arrange);
}

void DockRoom::add(CardDock* dock, const DockNeeds& needs) {
  if (m_docks.isEmpty() && m_window.centralWidget()) m_window.centralWidget()->installEventFilter(this);
  m_docks << dock;
  m_needs.insert(dock, needs);
  const auto importance = [this](const CardDock* d) { return m_needs[d].share; };
  m_asked.insert(std::ranges::upper_bound(m_asked, needs.share, {}, importance), dock);
  connect(dock, &CardDock::foldWanted, this, [this, dock](bool fold) { setFolded(dock, fold); });
  const auto moved = [this, dock] {
    if (m_arranging || m_paused) return;
    arrange();
    emit edited(tr("move %1").arg(dock->windowTitle()));
  };
  connect(dock, &QDockWidget::topLevelChanged, this, moved);
  connect(dock, &QDockWidget::dockLocationChanged, this, moved);
  connect(dock->toggleViewAction(), &QAction::triggered, this, [this, dock](bool open) {
    arrange();
    emit edited((open ? tr("open %1") : tr("close %1")).arg(dock->windowTitle()));
  });
}

void DockRoom::reset() {
  m_folded.clear();
  m_byHand = m_tall = false;
  setWide(false);
}

void DockRoom::setTall(bool tall) {
  m_tall = tall;
  arrange();
}
void DockRoom::setReading(bool reading) {
  if (std::exchange(m_reading, reading) != reading) arrange();
}
void DockRoom::setWide(bool wide) {
  m_window.setCorner(Qt::BottomRightCorner, wide ? Qt::BottomDockWidgetArea : Qt::RightDockWidgetArea);
}
void DockRoom::setPaused(bool paused) { m_paused = paused; }
void DockRoom::setStageWidth(int least) {
  if (std::exchange(m_stageWidth, least) != least) arrange();
}

void DockRoom::setFolded(CardDock* dock, bool folded) {
  if (folded) {
    m_folded.insert(dock->objectName());
    if (!dock->isFolded()) m_open[dock->objectName()] = dock->size();
  } else {
    m_folded.remove(dock->objectName());
    ask(dock);
  }
  arrange();
  if (const QSize was = m_open.value(dock->objectName()); m_byHand && !folded && was.isValid()) {
    m_window.resizeDocks({dock}, {was.height()}, Qt::Vertical);
    m_window.resizeDocks({dock}, {was.width()}, Qt::Horizontal);
  }
  emit edited((folded ? tr("fold %1") : tr("unfold %1")).arg(dock->windowTitle()));
}

bool DockRoom::grow(CardDock* dock, Qt::Orientation along, int px) {
  if (dock->isFolded() || dock->isFloating()) return false;
  const auto length = [&] { return along == Qt::Horizontal ? dock->width() : dock->height(); };
  const int before = length();
  m_window.resizeDocks({dock}, {before + px}, along);
  m_window.layout()->activate();
  if (length() == before) return false;
  m_byHand = true;
  emit edited(tr("move an edge"));
  return true;
}

bool DockRoom::growStage(Qt::Orientation along, int px) {
  const auto areas = along == Qt::Vertical ? QList{Qt::BottomDockWidgetArea, Qt::TopDockWidgetArea}
                                           : QList{Qt::RightDockWidgetArea, Qt::LeftDockWidgetArea};
  return std::ranges::any_of(areas, [&](Qt::DockWidgetArea area) {
    const QList<CardDock*> docks = docksAt(area);
    return std::ranges::any_of(docks, [&](CardDock* dock) { return grow(dock, along, -px); });
  });
}

void DockRoom::ask(CardDock* dock) {
  if (m_asked.last() == dock) return;
  m_asked.removeOne(dock);
  m_asked << dock;
  arrange();
}

QJsonObject DockRoom::state() const {
  QStringList folded(m_folded.begin(), m_folded.end());
  folded.sort();
  return {{"folded", QJsonArray::fromStringList(folded)},
          {"tall", m_tall},
          {"wide", under(Qt::BottomRightCorner)},
          {"sized", m_byHand}};
}

void DockRoom::restore(const QJsonObject& state) {
  m_folded.clear();
  for (const QJsonValue name : state["folded"].toArray()) m_folded.insert(name.toString());
  m_tall = state["tall"].toBool();
  m_byHand = state["sized"].toBool();
  setWide(state["wide"].toBool());
  arrange();
}

// ---- what there is

QSize DockRoom::room() const {
  int height = m_window.height() - m_window.menuBar()->sizeHint().height() - m_status->sizeHint().height();
  for (const QToolBar* bar : m_window.findChildren<QToolBar*>(QString(), Qt::FindDirectChildrenOnly))
    height -= bar->maximumHeight() < QWIDGETSIZE_MAX ? bar->maximumHeight() : bar->sizeHint().height();
  const QMargins margins = m_window.contentsMargins();
  return {m_window.width() - margins.left() - margins.right(), height - margins.top() - margins.bottom()};
}

// A length of which this part grows with the type; the rest is taken from the words, which wrap or elide.
double DockRoom::grown(double px, double part) const { return px * (1 + (theme().typeScale() - 1) * part); }

QList<CardDock*> DockRoom::docksAt(Qt::DockWidgetArea area) const {
  QList<CardDock*> found;
  QSet<QDockWidget*> behind;
  for (CardDock* dock : m_docks) {
    if (dock->isHidden() || dock->isFloating() || m_window.dockWidgetArea(dock) != area || behind.contains(dock))
      continue;
    found << dock;
    for (QDockWidget* other : m_window.tabifiedDockWidgets(dock)) behind.insert(other);
  }
  return found;
}

QSize DockRoom::least(const CardDock* dock) const {
  const QSize px = m_needs[dock].least;
  return {int(grown(px.width(), 1)), int(grown(px.height(), 1))};
}

// ---- what folds

CardDock* DockRoom::longestAgo(const QList<CardDock*>& docks, const QSet<CardDock*>& folded) const {
  for (CardDock* dock : m_asked)
    if (docks.contains(dock) && !folded.contains(dock)) return dock;
  return nullptr;
}

QSet<CardDock*> DockRoom::foldedAlready() const {
  QSet<CardDock*> folded;
  for (CardDock* dock : m_docks)
    if (isFoldedByHand(dock)) folded.insert(dock);
  return folded;
}

// Below the stage, when the window is so low that there would be no stage. The one asked for last may have it all the same.
void DockRoom::foldBelow(QSet<CardDock*>& folded) const {
  for (CardDock* dock : docksAt(Qt::BottomDockWidgetArea))
    if (grown(LeastStageHeight, 1) + Gap + least(dock).height() > room().height() && dock != m_asked.last())
      folded.insert(dock);
}

int DockRoom::columnHeight(Qt::DockWidgetArea area) const {
  const bool above = under(area == Qt::LeftDockWidgetArea ? Qt::BottomLeftCorner : Qt::BottomRightCorner);
  const QList<CardDock*> bottom = docksAt(Qt::BottomDockWidgetArea);
  if (!above || bottom.isEmpty()) return room().height();
  const bool open = !bottom.first()->isFolded();
  const int height = !open ? bottom.first()->headingHeight() : m_byHand ? bottom.first()->height() : bottomHeight();
  return room().height() - Gap - height;
}

void DockRoom::foldColumn(Qt::DockWidgetArea area, QSet<CardDock*>& folded) const {
  const QList<CardDock*> docks = docksAt(area);
  const auto wanted = [&] {
    int sum = -Gap;
    for (CardDock* dock : docks) sum += Gap + (folded.contains(dock) ? dock->headingHeight() : least(dock).height());
    return sum;
  };
  const auto open = [&] { return std::ranges::count_if(docks, [&](CardDock* d) { return !folded.contains(d); }); };
  while (open() > 1 && wanted() > columnHeight(area)) folded.insert(longestAgo(docks, folded));
}

// A side gives way as a whole, to spines, when the stage would be too narrow between the two.
void DockRoom::foldSides(QSet<CardDock*>& folded) const {
  const QList<CardDock*> left = docksAt(Qt::LeftDockWidgetArea), right = docksAt(Qt::RightDockWidgetArea);
  const auto wide = [&](const QList<CardDock*>& docks, int leastWidth) {
    if (docks.isEmpty()) return 0;
    return Gap + (longestAgo(docks, folded) ? int(grown(leastWidth, 1)) : docks.first()->spineWidth());
  };
  const auto fits = [&] {
    const int sides = wide(left, LeastSides.width()) + wide(right, LeastSides.height());
    return sides + grown(m_stageWidth, 1) <= room().width();
  };
  const bool askedLeft = left.contains(m_asked.last());
  for (const QList<CardDock*>* side : {askedLeft ? &right : &left, askedLeft ? &left : &right})
    for (CardDock* dock : *side)
      if (!fits() && dock != m_asked.last()) folded.insert(dock);
}

bool DockRoom::fit() {
  QSet<CardDock*> folded = foldedAlready();
  foldBelow(folded);
  for (const Qt::DockWidgetArea side : {Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea}) foldColumn(side, folded);
  foldSides(folded);
  bool changed = false;
  for (CardDock* dock : m_docks) {
    const Qt::DockWidgetArea area = m_window.dockWidgetArea(dock);
    const bool side = area == Qt::LeftDockWidgetArea || area == Qt::RightDockWidgetArea;
    const bool spine = side && !dock->isFloating() && !longestAgo(docksAt(area), folded);
    const auto shape = !folded.contains(dock) ? CardDock::Shape::Open
                       : spine                ? CardDock::Shape::Spine
                                              : CardDock::Shape::Heading;
    changed = changed || shape != dock->shape();
    dock->setShape(shape);
  }
  return changed;
}

// ---- how large

// What is said above the stage takes its room from the list below rather than from the picture.
int DockRoom::aboveStage() const {
  const QWidget* middle = m_window.centralWidget();
  const QLayout* layout = middle ? middle->layout() : nullptr;
  int height = 0;
  for (int i = 0; layout && i + 1 < layout->count(); ++i)
    if (const QWidget* said = layout->itemAt(i)->widget(); said && !said->isHidden())
      height += layout->spacing() + (said->hasHeightForWidth() ? said->heightForWidth(middle->width()) : 0);
  return height;
}

int DockRoom::bottomHeight() const {
  const double height = room().height(), more = std::max(0.0, height - FullHeight);
  const double scarce = std::min(1.0, height / FullHeight);
  const double normal = grown(BottomHeight, 0.1) * scarce + more * 0.25;
  const double tall = std::min(grown(320, 1) + more * 0.25, height - Gap - StageHeight * scarce - aboveStage());
  return int(m_tall ? std::max(normal, tall) : normal);
}

void DockRoom::sizeColumn(Qt::DockWidgetArea area) {
  QList<QDockWidget*> open;
  QList<int> heights;
  int height = columnHeight(area), shares = 0;
  for (CardDock* dock : docksAt(area)) {
    height -= (open.isEmpty() ? 0 : Gap) + (dock->isFolded() ? dock->headingHeight() : 0);
    if (dock->isFolded()) continue;
    open << dock;
    shares += m_needs[dock].share;
  }
  for (QDockWidget* dock : open) heights << height * m_needs[static_cast<CardDock*>(dock)].share / shares;
  if (open.size() > 1) m_window.resizeDocks(open, heights, Qt::Vertical);
}

void DockRoom::size() {
  const double more = room().width() - FullWidth;
  double spare = room().width() - grown(m_stageWidth, 1);
  QList<QDockWidget*> across;
  QList<int> widths;
  const auto side = [&](Qt::DockWidgetArea area, double width, int leastWidth) {
    for (CardDock* dock : docksAt(area)) {
      if (dock->isFolded()) continue;
      across << dock;
      widths << std::max(int(std::min(width, spare - Gap)), int(grown(leastWidth, 1)));
      spare -= Gap + widths.last();
      return;
    }
    if (const QList<CardDock*> spines = docksAt(area); !spines.isEmpty()) spare -= Gap + spines.first()->spineWidth();
  };
  const int reading = m_reading ? ReadingWidth - LeftWidth : 0; // what is read is given by what is looked up
  side(Qt::LeftDockWidgetArea, grown(LeftWidth + reading, 0.4) + more * 0.1, LeastSides.width());
  side(Qt::RightDockWidgetArea, grown(RightWidth - reading, 0.1) + more * (more > 0 ? 0.25 : 0.45),
       LeastSides.height());
  m_window.resizeDocks(across, widths, Qt::Horizontal);
  const QList<CardDock*> bottom = docksAt(Qt::BottomDockWidgetArea);
  if (!bottom.isEmpty() && !bottom.first()->isFolded())
    m_window.resizeDocks({bottom.first()}, {bottomHeight()}, Qt::Vertical);
  sizeColumn(Qt::LeftDockWidgetArea);
  sizeColumn(Qt::RightDockWidgetArea);
}

void DockRoom::arrange() {
  if (m_paused || m_arranging) return;
  const QScopedValueRollback ours(m_arranging, true);
  if (fit()) m_window.layout()->activate();
  const bool starved = m_window.centralWidget() && m_window.centralWidget()->width() < m_stageWidth;
  if (!m_byHand || starved) size();
  emit sized();
}

// An edge between two docks belongs to the window: it is pressed, dragged and let go there.
bool DockRoom::eventFilter(QObject* watched, QEvent* event) {
  const auto sizes = [this] {
    QList<QSize> all;
    for (const CardDock* dock : m_docks) all << dock->size();
    return all;
  };
  if (watched == m_window.centralWidget()) { // something is said there, or no more
    if (event->type() == QEvent::LayoutRequest && m_tall && !m_byHand) arrange();
    return QObject::eventFilter(watched, event);
  }
  if (watched == m_status) { // the window paints what is around it
    if (event->type() == QEvent::Move || event->type() == QEvent::Resize) m_window.update();
    return QObject::eventFilter(watched, event);
  }
  if (event->type() == QEvent::Resize || event->type() == QEvent::Show) arrange();
  if (event->type() == QEvent::MouseButtonPress) {
    const QPoint at = static_cast<QMouseEvent*>(event)->position().toPoint();
    m_pressed = m_window.childAt(at) ? QList<QSize>() : sizes(); // else it is what a dock has no use for
  }
  if (event->type() == QEvent::MouseButtonRelease && m_pressed != sizes() && !m_pressed.isEmpty()) {
    m_byHand = true;
    emit edited(tr("move an edge"));
  }
  return QObject::eventFilter(watched, event);
}

} // namespace sockwalk
