#include "views/structure/structure_view.h"
#include "views/structure/compare_pane.h"
#include "views/structure/find_pane.h"
#include "views/structure/heat_pane.h"
#include "views/structure/history_pane.h"
#include "views/structure/memory_pane.h"
#include "views/structure/structure_delegate.h"
#include "views/structure/structure_filter.h"
#include "views/structure/structure_model.h"
#include "views/structure/structure_tree.h"
#include "views/theme/described.h"
#include "views/theme/elided_label.h"
#include "views/theme/icons.h"
#include "views/theme/tab_strip.h"
#include "views/theme/theme.h"
#include "views/walk/selecting.h"
#include "views/walk/text.h"
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QTreeView>

namespace sockwalk {

namespace {
constexpr double RoomForBoth = 340;        // px: ten members and three writes
constexpr int NarrowestFilter = 80;        // px
constexpr EventIndex JumpLooksBack = 4000; // after a jump: how far back the last write is looked for

QLabel* label(const char* role, QWidget* parent) {
  auto* l = new QLabel(parent);
  l->setProperty("role", role);
  l->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return l;
}
} // namespace

StructureView::StructureView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_model(new StructureModel(this)), m_filter(new StructureFilter(this)),
      m_history(new HistoryPane(walk, this)) {
  setAccessibleName(tr("Structure"));
  m_model->setCovers(&m_walk.covers());
  m_filter->setSourceModel(m_model);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 0, 2, 2);
  column->setSpacing(2);
  m_heading = buildHeading();
  column->addWidget(m_heading);
  m_body = new QStackedWidget(this);
  m_empty = label("muted", this);
  m_empty->setWordWrap(true);
  m_empty->setAlignment(Qt::AlignCenter);
  m_empty->setMargin(20);
  m_empty->setText(tr("Nothing has been written yet. Take a step: the object that it writes to is shown "
                      "here, member by member. Or click any object."));
  auto* page = new QWidget(this);
  auto* inner = new QVBoxLayout(page);
  inner->setContentsMargins(0, 0, 0, 0);
  inner->setSpacing(2);
  auto* splitter = new QSplitter(Qt::Vertical, page);
  splitter->setChildrenCollapsible(false);
  inner->addWidget(buildTools());
  splitter->addWidget(buildBody());
  splitter->addWidget(m_history);
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 1);
  inner->addWidget(splitter, 1);
  m_body->addWidget(m_empty);
  m_body->addWidget(page);
  column->addWidget(m_body);
  connect(&Selecting::of(walk), &Selecting::changed, this, &StructureView::showSelection);
  Selecting::of(walk).letGoBy(*this);
  restyle();
  if (walk.isOpen()) moved(0, walk.position(), true);
}

// ---- what it is made of
QToolButton* StructureView::button(int icon, const QString& toolTip) {
  auto* b = new QToolButton(this);
  if (icon >= 0) b->setIcon(makeIcon(static_cast<Icon>(icon)));
  b->setToolTip(toolTip);
  b->setAccessibleName(toolTip);
  b->setAutoRaise(true);
  b->setStyleSheet("QToolButton { padding: 1px 4px; }"); // the name of the structure needs the room
  return b;
}

// "struct socket   socket #3 · 128 bytes · 2 cache lines", and where one came from.
QWidget* StructureView::buildHeading() {
  auto* heading = new QWidget(this);
  auto* row = new QHBoxLayout(heading);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(2);
  m_title = new QLabel(heading);
  m_title->setProperty("role", "title");
  m_details = new ElidedLabel(heading);
  m_details->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_back = button(-1, tr("Back to the object looked at before"));
  m_back->setText(QStringLiteral("‹"));
  m_forward = button(-1, tr("Forward again"));
  m_forward->setText(QStringLiteral("›"));
  m_followButton = button(static_cast<int>(Icon::Follow), tr("Follow: show the object that each step writes to"));
  m_followButton->setCheckable(true);
  m_followButton->setChecked(true);
  row->addWidget(m_title);
  row->addSpacing(8);
  row->addWidget(m_details, 1);
  row->addWidget(m_back);
  row->addWidget(m_forward);
  row->addWidget(m_followButton);
  connect(m_back, &QToolButton::clicked, this, &StructureView::back);
  connect(m_forward, &QToolButton::clicked, this, &StructureView::forward);
  connect(m_followButton, &QToolButton::toggled, this, &StructureView::setFollow);
  return heading;
}

QWidget* StructureView::buildTools() {
  auto* bar = new QWidget(this);
  auto* tools = new QHBoxLayout(bar);
  tools->setContentsMargins(0, 0, 4, 0);
  auto* strip = new TabStrip(tr("Structure"), bar);
  m_tabs = strip->bar();
  m_tabs->setProperty("plain", true);
  m_tabs->setStyleSheet("QTabBar::tab { padding: 4px 6px; }"); // the filter needs the room
  for (const QString& name : {tr("Members"), tr("Groups"), tr("Memory"), tr("Heat"), tr("Compare"), tr("Find")})
    strip->addTab(name);
  m_search = new QLineEdit(bar);
  m_search->setPlaceholderText(tr("Filter: a name, changed, not zero"));
  m_search->setToolTip(tr("Shows members whose name holds this; or only those that are \"changed\" or \"not zero\""));
  m_search->setAccessibleName(tr("Filter members"));
  m_search->setClearButtonEnabled(true);
  m_search->setProperty("low", true);
  m_search->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // tabs first
  m_search->setMinimumWidth(NarrowestFilter);
  tools->addWidget(strip);
  tools->addWidget(m_search, 1);
  connect(m_search, &QLineEdit::textChanged, this, &StructureView::setFilter);
  return bar;
}

QWidget* StructureView::buildBody() {
  m_pages = new QStackedWidget(this);
  m_tree = new StructureTree(m_pages);
  m_tree->setAccessibleName(tr("Members of the structure"));
  m_tree->setModel(m_filter);
  m_tree->setItemDelegate(new StructureDelegate(m_tree));
  m_tree->setFrameShape(QFrame::NoFrame);
  m_tree->setAllColumnsShowFocus(true);
  m_tree->setTreePosition(StructureModel::MemberColumn);
  m_tree->setMouseTracking(true);
  m_tree->setUniformRowHeights(true); // a step marks rows anew: they must not be measured again, each and every one
  m_tree->viewport()->installEventFilter(this);
  m_tree->setExpandsOnDoubleClick(true);
  m_tree->header()->setProperty("low", true);
  m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_tree->header()->setMinimumSectionSize(24);
  m_tree->header()->setStretchLastSection(true);
  m_tree->header()->setSectionsMovable(false);
  // What a person reads comes first: name and value, then the place.
  m_tree->header()->moveSection(StructureModel::MemberColumn, 0);
  m_tree->header()->moveSection(m_tree->header()->visualIndex(StructureModel::ValueColumn), 1);
  buildPages();
  connect(m_tree, &QTreeView::clicked, this, &StructureView::clicked);
  m_tree->addAction(followAction());
  connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& row) {
    showHistory();
    if (m_tree->hasFocus()) selectEverywhere(row);
  });
  connect(m_tree, &QTreeView::clicked, this, [this](const QModelIndex& row) {
    m_chosen = true;
    showHistory();
    selectEverywhere(row);
    m_walk.point(m_subject.base + row.siblingAtColumn(0).data(StructureModel::OffsetRole).toUInt());
  });
  connect(&m_walk, &Walk::memberWanted, this, [this](quint32 offset) {
    if (offset >= m_subject.base && offset - m_subject.base < m_subject.size) selectMember(offset - m_subject.base);
  });
  const auto noteOpen = [this](const QModelIndex& i, bool open) {
    if (m_quiet || !m_subject.layout) return;
    auto& set = m_open[openKey()];
    const QString path = i.data(StructureModel::PathRole).toString();
    if (open) set.insert(path);
    else set.remove(path);
  };
  connect(m_tree, &QTreeView::expanded, this, [this, noteOpen](const QModelIndex& i) {
    noteOpen(i, true);
    openGroups(i);
    if (!m_quiet) fitColumns();
  });
  connect(m_tree, &QTreeView::collapsed, this, [noteOpen](const QModelIndex& i) { noteOpen(i, false); });
  connect(m_memory, &MemoryPane::clicked, this, [this](quint32 offset) {
    selectMember(offset);
    m_walk.point(m_subject.base + offset);
  });
  buildMenu();
  return m_pages;
}

void StructureView::restyle() {
  const Theme& t = theme();
  m_title->setFont(t.mono(12.5, QFont::Bold));
  m_details->setFont(t.small());
  m_tree->setIndentation(int(t.scaled(8)));
  m_tree->doItemsLayout();
  m_history->restyle();
  m_heat->restyle();
  m_compare->restyle();
  m_find->restyle();
  fitColumns();
}
bool StructureView::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) {
    fitColumns();
    keepInSight(static_cast<QResizeEvent*>(event)->oldSize().height());
  }
  return QWidget::eventFilter(watched, event);
}
// The history of a member opens over the row that it is about: what was seen stays in sight.
void StructureView::keepInSight(int heightBefore) {
  const QModelIndex now = m_tree->currentIndex();
  const QRect row = m_tree->visualRect(now);
  if (!now.isValid() || row.bottom() < 0 || row.top() >= heightBefore || row.bottom() < m_tree->viewport()->height())
    return;
  const auto scroll = [this, row = QPersistentModelIndex(now)] { m_tree->scrollTo(row); };
  QMetaObject::invokeMethod(m_tree, scroll, Qt::QueuedConnection); // once its bar knows the new height
}
// The widest name below `parent` that is seen or may be scrolled to.
double StructureView::widestName(const QModelIndex& parent, int depth) const {
  const QFontMetricsF m(theme().mono(11.5));
  double widest = 0;
  for (int row = 0; row < m_filter->rowCount(parent); ++row) {
    const QModelIndex i = m_filter->index(row, 0, parent);
    const QString name = i.siblingAtColumn(StructureModel::MemberColumn).data().toString();
    if (i.data(StructureModel::KindRole).toInt() == int(StructureModel::Kind::Member))
      widest = std::max(widest, m.horizontalAdvance(name) + (depth + 1) * m_tree->indentation());
    if (m_tree->isExpanded(i)) widest = std::max(widest, widestName(i, depth + 1));
  }
  return widest;
}

// Names whole, then as much of the values as there is room for.
void StructureView::fitColumns() {
  const QFontMetricsF m(theme().mono(11.5));
  QHeaderView* h = m_tree->header();
  const int offset = int(m.horizontalAdvance(QStringLiteral("128:0–2"))) + 8,
            size = int(m.horizontalAdvance(QStringLiteral("2280"))) + 8;
  const bool type = width() > theme().scaled(640); // else the type is in the tool tip
  m_tree->setColumnHidden(StructureModel::TypeColumn, !type);
  const int room = m_tree->viewport()->width() - offset - size - (type ? int(theme().scaled(190)) : 0);
  const int whole = int(widestName({}, 0)) + 18; // a union's bracket may stand before it
  const int name = std::max(60, std::min(std::max(whole, room * 45 / 100), room * 70 / 100));
  h->resizeSection(StructureModel::OffsetColumn, offset);
  h->resizeSection(StructureModel::SizeColumn, size);
  h->resizeSection(StructureModel::MemberColumn, name);
  h->resizeSection(StructureModel::ValueColumn, std::max(60, room - name));
}

// ---- which object
void StructureView::focused(u64 address) {
  if (!m_walk.isOpen()) return;
  if (!address) return setFollow(true);
  setFollow(false);
  lookAt(address);
}

void StructureView::reset() {
  m_past.clear();
  m_future.clear();
  m_subject = {};
  m_model->show(nullptr, {});
  m_history->clear();
  m_memory->show(nullptr, {}, {});
  m_heat->clear();
  m_compare->clear();
  m_find->clear();
  m_body->setCurrentIndex(0);
  setFollow(true);
}

void StructureView::setFollow(bool follow) {
  m_followButton->setChecked(follow);
  if (m_follow == follow) return;
  m_follow = follow;
  if (follow && m_walk.isOpen()) moved(m_walk.position(), m_walk.position(), true);
}

void StructureView::lookAt(quint64 address) {
  if (!m_walk.isOpen()) return;
  const tell::StructureSubject subject = tell::subjectAt(m_walk.playhead(), address);
  if (!subject) return;
  display(subject, true);
  if (subject.covers(static_cast<u32>(address)) && static_cast<u32>(address) != subject.base)
    selectMember(static_cast<u32>(address) - subject.base);
}

void StructureView::moved(EventIndex from, EventIndex position, bool jump) {
  m_from = jump ? (position ? position - 1 : 0) : from;
  bool drawn = false; // another object: it has been drawn as of this moment
  if (m_follow) {
    const EventIndex since = jump ? (position > JumpLooksBack ? position - JumpLooksBack : 0) : from;
    const u64 address = tell::lastWritten(m_walk.playhead(), since, position);
    const tell::StructureSubject subject =
        address ? tell::subjectAt(m_walk.playhead(), address) : tell::StructureSubject{};
    drawn = subject && !subject.same(m_subject);
    if (drawn) display(subject, false);
  }
  if (m_subject && !drawn) refresh(m_from, position);
  if (from == position && Selecting::of(m_walk).now()) return showSelection(); // it comes to the front
  markSelection();
}

void StructureView::display(const tell::StructureSubject& subject, bool remember) {
  if (remember && m_subject && !subject.same(m_subject)) {
    constexpr size_t MostRemembered = 100;
    m_past.push_back(Arena::addressOf(m_subject.base));
    if (m_past.size() > MostRemembered) m_past.erase(m_past.begin());
    m_future.clear();
  }
  m_subject = subject;
  m_quiet = true;
  m_model->show(&m_walk.playhead(), subject, order());
  m_quiet = false;
  openDefault();
  fitColumns();
  m_body->setCurrentIndex(1);
  refresh(m_from, m_walk.position());
  markSelection();
}

void StructureView::back() {
  while (!m_past.empty()) {
    const tell::StructureSubject subject = tell::subjectAt(m_walk.playhead(), m_past.back());
    m_past.pop_back();
    if (!subject) continue; // it does not live at this moment
    m_future.push_back(Arena::addressOf(m_subject.base));
    setFollow(false);
    return display(subject, false);
  }
  showHead();
}
void StructureView::forward() {
  while (!m_future.empty()) {
    const tell::StructureSubject subject = tell::subjectAt(m_walk.playhead(), m_future.back());
    m_future.pop_back();
    if (!subject) continue;
    m_past.push_back(Arena::addressOf(m_subject.base));
    setFollow(false);
    return display(subject, false);
  }
  showHead();
}

// ---- what of it
void StructureView::refresh(EventIndex from, EventIndex position) {
  // Its end may have been recorded since.
  if (const Allocation* a = m_subject.cache.empty() ? nullptr : m_walk.journal().allocationBornAt(m_subject.born))
    m_subject.died = a->died;
  m_model->refresh(tell::changesBetween(m_walk.journal(), m_subject, from, position));
  if (m_filter->filtering()) m_filter->invalidate();
  showPages();
  showHead();
  if (const QModelIndex changed = m_model->firstChanged(); changed.isValid()) {
    m_chosen = false; // the step chose the member, not the person
    reveal(changed);
    m_memory->select(changed.data(StructureModel::OffsetRole).toUInt(),
                     changed.data(StructureModel::SizeRole).toUInt());
  }
  showHistory();
}

void StructureView::showHead() {
  m_title->setText(text(tell::subjectTitle(m_subject)));
  // What has become of an object comes before what it is.
  const QString fate = shown(tell::subjectFate(m_walk.journal(), m_subject, m_walk.position()));
  QStringList more{QString::fromStdString(addressText(Arena::addressOf(m_subject.base)))};
  if (m_subject.layout) more << text(m_subject.layout->title);
  QStringList words{shown(tell::subjectDetails(m_subject))};
  if (!fate.isEmpty()) words.prepend(fate);
  m_details->setWords(words.join(QStringLiteral(" · ")), Described::told(more.join('\n')));
  m_back->setEnabled(!m_past.empty());
  m_forward->setEnabled(!m_future.empty());
}

// The first member of a socket is a smaller socket: the chain down to it is open from the start.
void StructureView::openDefault() {
  const QString key = openKey();
  m_quiet = true;
  if (!m_open.contains(key)) {
    constexpr int Deepest = 6;
    QModelIndex at = m_model->index(0, 0);
    QSet<QString> open;
    for (int i = 0; i < Deepest && at.isValid() && m_model->hasChildren(at); ++i, at = m_model->index(0, 0, at))
      if (const int kind = at.data(StructureModel::KindRole).toInt();
          kind == int(StructureModel::Kind::Member) || kind == int(StructureModel::Kind::Theme))
        open.insert(at.data(StructureModel::PathRole).toString());
    m_open[key] = open;
  }
  openGroups({});
  m_quiet = false;
}

// Anonymous unions and structs are only a way to say where members lie: they are always open.
void StructureView::openGroups(const QModelIndex& parent) {
  const QSet<QString>& open = m_open[openKey()];
  for (int r = 0; r < m_filter->rowCount(parent); ++r) {
    const QModelIndex i = m_filter->index(r, 0, parent);
    if (!m_filter->hasChildren(i)) continue;
    const bool anonymous = i.data(StructureModel::KindRole).toInt() == int(StructureModel::Kind::Group) &&
                           i.siblingAtColumn(StructureModel::MemberColumn).data().toString().startsWith('(');
    const bool wanted =
        anonymous || m_filter->filtering() || open.contains(i.data(StructureModel::PathRole).toString());
    if (!wanted || m_tree->isExpanded(i)) continue;
    m_tree->expand(i); // and, by its signal, what is inside
    if (m_quiet) openGroups(i);
  }
}

bool StructureView::find() {
  if (!m_subject) return false;
  if (tab() != GroupsTab && tab() != FindTab) setTab(MembersTab);
  focusLine(tab() == FindTab ? m_find->line() : m_search);
  return true;
}

void StructureView::setFilter(const QString& text) {
  if (m_search->text() != text) m_search->setText(text);
  m_filter->setText(text);
  m_quiet = true;
  openGroups({});
  m_quiet = false;
}

void StructureView::reveal(const QModelIndex& row) {
  const QModelIndex i = m_filter->mapFromSource(row);
  if (!i.isValid()) return;
  m_quiet = true;
  for (QModelIndex p = i.parent(); p.isValid(); p = p.parent()) m_tree->expand(p);
  m_quiet = false;
  m_tree->setCurrentIndex(i);
  m_tree->scrollTo(i);
}

void StructureView::selectMember(quint32 offset) {
  m_chosen = true;
  const QModelIndex row = m_model->indexAt(offset);
  if (!row.isValid()) return;
  reveal(row);
  m_memory->select(row.data(StructureModel::OffsetRole).toUInt(), row.data(StructureModel::SizeRole).toUInt());
}

void StructureView::clicked(const QModelIndex& filtered) {
  const u64 target = filtered.siblingAtColumn(0).data(StructureModel::PointerRole).toULongLong();
  if (filtered.column() != StructureModel::ValueColumn || !target) return;
  if (tell::subjectAt(m_walk.playhead(), target)) m_walk.setFocus(target);
}

// By keys there is no column to point at: the row's own pointer is meant.
QAction* StructureView::followAction() {
  auto* follow = new QAction(tr("Look at what it points to"), m_tree);
  follow->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
  follow->setShortcutContext(Qt::WidgetShortcut);
  connect(follow, &QAction::triggered, this, [this] {
    m_chosen = true;
    showHistory();
    clicked(m_tree->currentIndex().siblingAtColumn(StructureModel::ValueColumn));
  });
  return follow;
}

void StructureView::showHistory() {
  if (!m_walk.isOpen() || !m_subject) return;
  const QModelIndex row = m_filter->mapToSource(m_tree->currentIndex()).siblingAtColumn(0);
  // In a low dock the room is the table's until a person asks for a member's history.
  const bool room = m_chosen || height() >= theme().scaled(RoomForBoth);
  m_history->show(m_subject, m_model->placeOf(row), row.data(StructureModel::PathRole).toString(), room);
}

static const ViewRegistration registered{
    {"structure", QT_TRANSLATE_NOOP("Views", "Structure"), ViewPlace::Right, 1, {420, 480}, makeView<StructureView>}};

} // namespace sockwalk
