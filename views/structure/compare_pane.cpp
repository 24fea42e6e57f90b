#include "views/structure/compare_pane.h"
#include "engine/tell/position.h"
#include "engine/tell/structures/structures.h"
#include "views/structure/compare_model.h"
#include "views/structure/page_table.h"
#include "views/theme/elided_label.h"
#include "views/theme/theme.h"
#include "views/walk/kept_moments.h"
#include "views/walk/text.h"
#include <QCheckBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>

namespace sockwalk {

ComparePane::ComparePane(Walk& walk, QWidget* parent) : QWidget(parent), m_walk(walk), m_model(new CompareModel(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 2, 0, 0);
  column->setSpacing(2);
  column->addWidget(buildHead());
  m_table = pageTable(this, m_model, tr("What differs"));
  m_why = new QLabel(this);
  m_why->setProperty("role", "muted");
  m_why->setWordWrap(true);
  m_why->setAlignment(Qt::AlignCenter);
  m_why->setMargin(16);
  m_pages = new QStackedWidget(this);
  m_pages->addWidget(m_why);
  m_pages->addWidget(m_table);
  column->addWidget(m_pages, 1);
  connect(&m_later, &QTimer::timeout, this, &ComparePane::seekWriters);
  connect(m_table, &QTreeView::activated, this,
          [this](const QModelIndex& i) { emit memberChosen(i.data(CompareModel::OffsetRole).toUInt()); });
}

QWidget* ComparePane::buildHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(0, 0, 4, 0);
  m_with = new QToolButton(head);
  m_with->setText(tr("Compare with…"));
  m_with->setToolTip(tr("Another object of this kind, or this one at another moment"));
  m_with->setPopupMode(QToolButton::InstantPopup);
  m_menu = new QMenu(m_with);
  m_with->setMenu(m_menu);
  m_summary = new ElidedLabel(head);
  m_summary->setProperty("role", "muted");
  m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_all = new QCheckBox(tr("all members"), head);
  m_all->setToolTip(tr("Show the members that are alike, too; those that differ are lit"));
  row->addWidget(m_with);
  row->addWidget(m_summary, 1);
  row->addWidget(m_all);
  connect(m_menu, &QMenu::aboutToShow, this, [this] {
    m_menu->clear();
    fillMenu(*m_menu);
  });
  connect(m_all, &QCheckBox::toggled, m_model, &CompareModel::setAll);
  return head;
}

void ComparePane::clear() {
  m_later.stop();
  m_writers.reset();
  m_subject = {};
  m_other = 0;
  m_moment.reset();
  m_there.reset();
  m_model->show({});
}

void ComparePane::show(const tell::StructureSubject& subject) {
  if (!subject.same(m_subject) && m_moment) m_moment.reset(); // it was another object's moment
  m_subject = subject;
  if (isVisible()) fill();
}
void ComparePane::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  fill();
}

// ---- with what
void ComparePane::compareWith(u64 address) {
  m_other = address;
  m_otherOne = tell::subjectAt(m_walk.playhead(), address); // another may be born there later
  m_moment.reset();
  emit compared();
  fill();
}
void ComparePane::compareWithBefore() {
  m_other = 0;
  m_moment.reset();
  emit compared();
  fill();
}
void ComparePane::compareWithMoment(EventIndex position) {
  m_other = 0;
  m_moment = std::min(position, m_walk.journal().size());
  emit compared();
  fill();
}

// Those of the same type first; then those that have something in common.
void ComparePane::addObjects(QMenu& menu) {
  constexpr int Most = 12;
  int shownObjects = 0;
  const auto live = tell::liveStructures(m_walk.playhead());
  for (const bool same : {true, false})
    for (const tell::LiveStructure& s : live) {
      const LayoutInfo* layout = layoutNamed(s.type);
      if (static_cast<u32>(s.address) == m_subject.base || (layout == m_subject.layout) != same) continue;
      if (!tell::commonLayout(layout, m_subject.layout) || ++shownObjects > Most) continue;
      menu.addAction(text(s.id), this, [this, at = s.address] { compareWith(at); });
    }
  if (!shownObjects) menu.addAction(tr("No other object of this kind lives now"))->setEnabled(false);
  if (shownObjects > Most) menu.addAction(tr("… and %n more", nullptr, shownObjects - Most))->setEnabled(false);
}

// Before the call or frame of the playhead, or, of what that has made, when it was made.
EventIndex ComparePane::beforeCall() const {
  const EventIndex here = m_walk.position();
  const int stimulus = here ? m_walk.journal().stimulusAt(here - 1) : -1;
  const EventIndex begin = stimulus < 0 ? 0 : m_walk.journal().stimuli()[size_t(stimulus)].event;
  return m_subject.cache.empty() ? begin : std::max(begin, m_subject.born + 1);
}

void ComparePane::addMoments(QMenu& menu) {
  const Journal& journal = m_walk.journal();
  const EventIndex here = m_walk.position();
  const auto add = [&](const QString& words, EventIndex position) {
    menu.addAction(words, this, [this, position] { compareWithMoment(position); });
  };
  add(tr("Itself, a step before"), stepBackInto(journal, here, m_walk.unit()));
  menu.addAction(tr("Itself, before this call or frame"), this, &ComparePane::compareWithBefore);
  if (!m_subject.cache.empty()) add(tr("Itself, when it was made"), m_subject.born + 1);
  for (const KeptMoment& moment : KeptMoments::all(m_walk))
    add(tr("Itself, at the bookmark “%1”").arg(moment.name), moment.position);
  menu.addAction(tr("Itself, at another moment…"), this, &ComparePane::askForMoment);
}

void ComparePane::fillMenu(QMenu& menu) {
  if (!m_walk.isOpen() || !m_subject.layout) {
    menu.addAction(tr("There is nothing to compare"))->setEnabled(false);
    return;
  }
  addMoments(menu);
  menu.addSeparator();
  addObjects(menu);
}

void ComparePane::askForMoment() {
  bool taken = false;
  const QString wish =
      QInputDialog::getText(this, tr("Compare with another moment"),
                            tr("A step (57), \"event 1200\", \"stimulus 3\", a function where it is next called, start "
                               "or end:"),
                            QLineEdit::Normal, {}, &taken);
  if (!taken || wish.trimmed().isEmpty()) return;
  const auto position = tell::positionNamed(m_walk.journal(), m_walk.position(), wish.trimmed().toStdString());
  if (!position) return emit refused(text(position.error().message));
  compareWithMoment(*position);
}

// ---- the comparison
void ComparePane::say(const QString& why) {
  m_later.stop();
  m_writers.reset();
  m_why->setText(why);
  m_model->show({});
  m_summary->setWords({});
  m_pages->setCurrentIndex(0);
}

void ComparePane::fill() {
  if (!m_walk.isOpen() || !m_subject) return;
  if (!m_subject.layout) return say(tr("These are plain bytes: they have no members to compare."));
  const Playhead* there = &m_walk.playhead();
  if (!m_other) {
    const EventIndex moment = m_moment.value_or(beforeCall());
    if (!m_subject.cache.empty() && (moment <= m_subject.born || moment > m_subject.died))
      return say(tr("This object does not live at the other moment."));
    if (!m_there || &m_there->journal() != &m_walk.journal()) m_there = std::make_unique<Playhead>(m_walk.journal());
    m_there->seek(moment);
    there = m_there.get();
  }
  const tell::StructureSubject other = m_other ? tell::subjectAt(*there, m_other) : m_subject;
  if (!other || (m_other && !other.same(m_otherOne))) return say(tr("The other object does not live at this moment."));
  const tell::ComparedAt left{&m_walk.playhead(), m_subject}, right{there, other};
  auto compared = tell::compareValues(left, right);
  if (!compared) return say(text(compared.error().message));
  const QString summary = shown(tell::comparisonSummary(*compared));
  m_model->setCovers(&m_walk.covers(), m_subject.base, other.base);
  m_model->show(std::move(*compared));
  m_summary->setWords(summary);
  m_pages->setCurrentIndex(1);
  m_writers = std::make_unique<tell::ComparedWriters>(left, right, m_model->comparison());
  seekWriters();
  fitColumns();
}

void ComparePane::seekWriters() {
  constexpr EventIndex AtOnce = 1 << 19; // events that are looked at without a wait that one feels
  if (!m_writers) return;
  m_writers->advance(m_model->sought(), AtOnce) ? m_later.stop() : m_later.start(0);
  m_model->writersFound();
}

void ComparePane::restyle() {
  m_table->doItemsLayout();
  fitColumns();
}

// Names and both values always; who wrote them beside that, as far as there is room.
void ComparePane::fitColumns() {
  const int room = m_table->viewport()->width();
  const double shares[] = {0.26, 0.16, 0.21, 0.16};
  for (int c = 0; c < CompareModel::RightWriter; ++c) m_table->header()->resizeSection(c, int(room * shares[c]));
}
void ComparePane::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitColumns();
}

} // namespace sockwalk
