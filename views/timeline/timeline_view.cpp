#include "views/timeline/timeline_view.h"
#include "views/theme/theme.h"
#include "views/timeline/timeline_canvas.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QEvent>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QToolButton>

namespace sockwalk {

static QToolButton* scopeButton(const QString& text, const QString& tip, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setText(text);
  button->setToolTip(tip);
  button->setProperty("link", true);
  button->setCheckable(true);
  button->setCursor(Qt::PointingHandCursor);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

TimelineView::TimelineView(Walk& walk, QWidget* parent) : View(walk, parent) {
  auto* box = new QHBoxLayout(this);
  box->setContentsMargins(8, 2, 2, 4);
  box->setSpacing(2);
  m_canvas = new TimelineCanvas(walk, this);
  m_bar = new QScrollBar(Qt::Vertical, this);
  m_bar->hide();
  box->addWidget(m_canvas, 1);
  box->addWidget(m_bar);
  m_call = scopeButton(tr("this system call"), tr("Show only the stimulus that the playhead is in (C)"), this);
  m_whole = scopeButton(tr("whole walk"), tr("Show the whole walk (0)"), this);
  connect(m_call, &QToolButton::clicked, this, [this] { m_canvas->setScope(TimelineCanvas::Scope::Call); });
  connect(m_whole, &QToolButton::clicked, this, [this] { m_canvas->setScope(TimelineCanvas::Scope::Whole); });
  connect(m_canvas, &TimelineCanvas::scopeChanged, this, &TimelineView::showScope);
  connect(m_canvas, &TimelineCanvas::laidOut, this, [this] {
    const QSignalBlocker quiet(m_bar);
    m_bar->setRange(0, m_canvas->scrollRange());
    m_bar->setPageStep(m_canvas->height());
    m_bar->setValue(m_canvas->scroll());
    m_bar->setVisible(m_canvas->scrollRange() > 0);
    placeButtons();
  });
  connect(m_bar, &QScrollBar::valueChanged, m_canvas, &TimelineCanvas::setScroll);
  m_find = new FindBar(this, tr("A function; Return goes to its next call"),
                       [this](const QString& name, int direction) { return findCall(name, direction); });
  setFocusProxy(m_canvas);
  setMinimumHeight(72);
  showScope();
}

bool TimelineView::find() {
  if (!m_walk.isOpen()) return false;
  m_find->open();
  return true;
}

// While one types the walk stays; then it goes from call to call, and from the last to the first.
FindBar::Found TimelineView::findCall(const QString& name, int direction) {
  if (name.isEmpty() || !m_walk.isOpen()) return {};
  std::vector<bool> wanted;
  for (const FunctionInfo* f : Symbols::get().functions())
    wanted.push_back(text(f->name).contains(name, Qt::CaseInsensitive));
  const Journal& j = m_walk.journal();
  const auto fits = [&](EventIndex i) { return j[i].type == EventType::Call && wanted[j[i].b]; };
  const EventIndex size = j.size(), here = m_walk.position(); // the call that led here is at here - 1
  for (EventIndex n = 0; n < size; ++n) {
    const EventIndex i = direction < 0 ? EventIndex((u64{here} + 2 * u64{size} - 2 - n) % size) : (here + n) % size;
    if (!fits(i)) continue;
    if (direction) m_walk.seek(i + 1);
    return {0, 1};
  }
  return {};
}

QSize TimelineView::sizeHint() const { return {900, int(theme().scaled(150))}; }

void TimelineView::fit() { m_canvas->setScope(TimelineCanvas::Scope::Whole); }

void TimelineView::showScope() {
  m_call->setChecked(m_canvas->scope() == TimelineCanvas::Scope::Call);
  m_whole->setChecked(m_canvas->scope() == TimelineCanvas::Scope::Whole);
  for (QToolButton* b : {m_call, m_whole}) {
    b->setFont(theme().sans(11, b->isChecked() ? QFont::Bold : QFont::Normal));
    b->adjustSize();
  }
  placeButtons();
}

void TimelineView::placeButtons() {
  const int right = width() - (m_bar->isVisible() ? m_bar->width() + 6 : 6);
  m_call->move(right - m_call->width(), 1);
  m_whole->move(m_call->x() - m_whole->width() - 4, 1);
  m_canvas->setReserved(right - m_whole->x() + 8);
  m_call->raise();
  m_whole->raise();
}

void TimelineView::resizeEvent(QResizeEvent*) { placeButtons(); }
void TimelineView::changeEvent(QEvent* event) {
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) placeButtons();
  QWidget::changeEvent(event);
}

static const ViewRegistration registered{
    {"timeline", QT_TRANSLATE_NOOP("Views", "Timeline"), ViewPlace::Bottom, 1, {1264, 160}, makeView<TimelineView>}};

} // namespace sockwalk
