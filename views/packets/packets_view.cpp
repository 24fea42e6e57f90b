#include "views/packets/packets_view.h"
#include "views/packets/comparison_pane.h"
#include "views/packets/filter_line.h"
#include "views/packets/frame_details.h"
#include "views/packets/happenings_pane.h"
#include "views/packets/packets_filter.h"
#include "views/packets/packets_model.h"
#include "views/packets/verdict_delegate.h"
#include "views/theme/theme.h"
#include "views/walk/selecting.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QTabBar>
#include <QTableView>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace sockwalk {

using Kind = tell::PacketFilter::Kind;

static const tell::PacketVocabulary vocabulary;

PacketsView::PacketsView(Walk& walk, QWidget* parent) : View(walk, parent) {
  m_model = new PacketsModel(this);
  m_model->setCovers(&m_walk.covers());
  connect(&walk, &Walk::coversChanged, this, [this] {
    m_table->viewport()->update();
    showDetails(std::exchange(m_shown, -2)); // anew
  });
  m_filter = new PacketsFilter(*m_model, this);
  makeFilter();
  m_table = new QTableView(this);
  layOutTable();
  makeSides();
  m_parts = new QSplitter(Qt::Horizontal, this);
  m_parts->addWidget(m_table);
  m_parts->addWidget(m_sides);
  m_parts->setStretchFactor(0, 3);
  m_parts->setStretchFactor(1, 1);
  m_parts->setSizes({940, 300});
  auto* top = new QHBoxLayout;
  top->addWidget(m_words, 2);
  top->addWidget(m_count);
  top->addWidget(m_problem, 1);
  top->addWidget(m_totals);
  auto* page = new QWidget(this);
  auto* box = new QVBoxLayout(page);
  box->setContentsMargins(8, 4, 8, 4);
  box->setSpacing(4);
  box->addLayout(top);
  box->addWidget(m_parts, 1);
  m_pages = new QStackedWidget(this);
  m_pages->addWidget(makeEmpty());
  m_pages->addWidget(page);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);
  connect(m_table, &QTableView::activated, this, &PacketsView::goTo);
  connect(m_table, &QTableView::clicked, this, &PacketsView::goTo);
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
    if (m_table->hasFocus()) goTo(index); // arrow keys go along the packets
  });
  connect(&walk, &Walk::recordingChanged, this, &PacketsView::showTotals);
  connect(&Selecting::of(walk), &Selecting::changed, this, &PacketsView::showSelection);
  Selecting::of(walk).letGoBy(*this);
  connect(&walk, &Walk::markChanged, this, &PacketsView::showMark);
  if (walk.isOpen()) opened();
  showCount();
  follow(true);
}

// Where there is no room for the columns and a frame beside them, as on paper, the frame stands below.
void PacketsView::resizeEvent(QResizeEvent* event) {
  View::resizeEvent(event);
  constexpr int BothBeside = 1120, BothBelow = 400; // px
  const bool below = width() < theme().scaled(BothBeside) && height() >= theme().scaled(BothBelow);
  const Qt::Orientation wanted = below ? Qt::Vertical : Qt::Horizontal;
  if (m_parts->orientation() == wanted) return;
  m_parts->setOrientation(wanted);
  m_parts->setSizes(below ? QList<int>{220, 180} : QList<int>{940, 300});
}

void PacketsView::makeSides() {
  m_sides = new QTabWidget(this);
  m_sides->setDocumentMode(true);
  m_sides->setUsesScrollButtons(false);
  m_sides->tabBar()->setProperty("plain", true);
  m_sides->addTab(m_details = new FrameDetails(this), tr("Frame"));
  m_sides->addTab(m_comparison = new ComparisonPane(this), tr("Compared"));
  m_sides->addTab(m_happenings = new HappeningsPane(this), tr("What happened"));
  connect(m_details, &FrameDetails::chosen, this, [this](int from, int length) {
    if (m_shown >= 0) Selecting::of(m_walk).selectFrame(rows().packetOf(m_shown), u32(from), u32(length));
  });
  m_happenings->heading()->hide(); // the tab says it
  m_happenings->setNumbering([this](const tell::Happening& h) {
    return h.packet < 0 ? QString() : PacketsModel::numberOf(m_model->rows(), m_model->rows().rowOf(h.packet));
  });
  connect(m_happenings, &HappeningsPane::goTo, this, [this](EventIndex event) { m_walk.seek(event + 1); });
  connect(m_comparison, &ComparisonPane::goTo, this, [this](EventIndex call) { m_walk.seek(call + 1); });
  m_sides->hide(); // until there is a frame
}

void PacketsView::makeFilter() {
  m_words = new FilterLine(vocabulary, this);
  m_words->setClearButtonEnabled(true);
  m_words->setAccessibleName(tr("Filter of the packets"));
  m_words->setMaximumWidth(int(theme().scaled(620)));
  m_count = new QLabel(this);
  m_count->setProperty("role", "muted");
  m_totals = new QLabel(this);
  m_problem = new QLabel(this); // takes the room that is left, and no more
  m_problem->setProperty("role", "danger");
  m_problem->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  connect(m_words, &QLineEdit::textChanged, this, &PacketsView::filterBy);
  connect(m_filter, &PacketsFilter::listed, this, [this] {
    showCount();
    select(m_model->current());
  });
}

const tell::PacketRows& PacketsView::rows() const { return m_model->rows(); }
std::vector<int> PacketsView::listed() const { return m_filter->fitting(); }
bool PacketsView::looking() const { return m_filter->looking(); }

// What is wrong is said beside the line; what was listed before stays.
void PacketsView::filterBy(const QString& words) {
  m_filter->setText(words);
  const tell::PacketFilter& filter = m_filter->filter();
  m_words->setState(filter.kind() == Kind::Wrong        ? FilterLine::State::Wrong
                    : filter.kind() == Kind::Expression ? FilterLine::State::Good
                                                        : FilterLine::State::Plain);
  const QString problem = filter.problem() ? shown(filter.problem()->sentence) : QString();
  m_problem->setText(problem);
  m_problem->setToolTip(problem);
  showCount();
}

bool PacketsView::find() {
  focusLine(m_words);
  return m_words->isVisible();
}

void PacketsView::opened() {
  m_model->reset(&m_walk.session());
  layOutColumns();
  const bool relived = m_model->rows().relived();
  m_sides->setTabVisible(1, relived);
  m_sides->setVisible(relived);
  m_happenings->setJournal(&m_walk.journal());
  if (relived) m_sides->setCurrentWidget(m_happenings); // the way in
  m_shown = -1;
  showCount();
}

void PacketsView::recorded() {
  m_model->update();
  m_happenings->recorded();
  showCount();
  follow(false);
}

void PacketsView::restyled() {
  layOutTable();
  showDetails(std::exchange(m_shown, -1));
}

QWidget* PacketsView::makeEmpty() {
  auto* page = new QWidget(this);
  auto* box = new QVBoxLayout(page);
  auto* words = new QLabel(
      tr("No packet has come or gone in this walk yet. A capture, a scenario that sends, or a TAP brings some."), page);
  words->setWordWrap(true);
  words->setAlignment(Qt::AlignCenter);
  words->setProperty("role", "muted");
  auto* button = new QPushButton(tr("Open a capture..."), page);
  connect(button, &QPushButton::clicked, this, &PacketsView::openRequested);
  box->addStretch();
  box->addWidget(words);
  box->addWidget(button, 0, Qt::AlignCenter);
  box->addStretch();
  return page;
}

void PacketsView::layOutTable() {
  m_table->setModel(m_filter);
  m_table->setAccessibleName(tr("Packets"));
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setShowGrid(false);
  m_table->setWordWrap(false);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setTabKeyNavigation(false);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_table->verticalHeader()->setDefaultSectionSize(int(theme().scaled(20)));
  m_table->horizontalHeader()->setHighlightSections(false);
  m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_table->setItemDelegateForColumn(PacketsModel::OurKernel, new VerdictDelegate(m_table));
  const int widths[] = {40, 72, 56, 92, 54, 128, 128, 48, 120, 92, 150};
  for (int c = 0; c < PacketsModel::ColumnCount; ++c) m_table->setColumnWidth(c, int(theme().scaled(widths[c])));
  m_table->horizontalHeader()->setStretchLastSection(true);
  layOutColumns();
}

// What became of it matters more than the line about its contents, which takes the room that is left. A capture that is
// relived has come by one device; there the line says more than whatever stands in the others.
void PacketsView::layOutColumns() {
  const bool relived = m_model->rows().relived();
  m_words->setPlaceholderText(relived
                                  ? tr("Filter: tcp.stream == 3 && outcome == different, drop.reason, 10.0.2.2, in ...")
                                  : tr("Filter: tcp.port == 80 && outcome == dropped, udp 7777, 10.0.2.2, in ..."));
  m_words->setToolTip(m_words->placeholderText());
  QHeaderView* header = m_table->horizontalHeader();
  header->setSectionHidden(PacketsModel::OurKernel, !relived);
  header->setSectionHidden(PacketsModel::Interface, relived);
  header->setSectionHidden(PacketsModel::Length, relived);
  header->moveSection(header->visualIndex(PacketsModel::Info), PacketsModel::ColumnCount - 1);
  if (!relived) return;
  const auto narrow = [this](int column, int width) { m_table->setColumnWidth(column, int(theme().scaled(width))); };
  narrow(PacketsModel::Source, 112);
  narrow(PacketsModel::Destination, 112);
  narrow(PacketsModel::Info, 196);
  header->moveSection(header->visualIndex(PacketsModel::Info), header->visualIndex(PacketsModel::OurKernel));
}

static QString countOfFrames(int listed, int all) {
  return listed != all ? PacketsView::tr("%1 of %2 frames").arg(listed).arg(all)
         : all == 1    ? PacketsView::tr("1 frame")
                       : PacketsView::tr("%1 frames").arg(all);
}

QString PacketsView::countOf(int listed) const {
  const int all = m_model->rowCount();
  if (m_model->rows().relived()) return countOfFrames(listed, all);
  return listed != all ? tr("%1 of %2 packets").arg(listed).arg(all)
         : all == 1    ? tr("1 packet")
                       : tr("%1 packets").arg(all);
}

void PacketsView::showCount() {
  m_pages->setCurrentIndex(m_model->rowCount() ? 1 : 0);
  m_count->setText(countOf(m_filter->rowCount()));
  showTotals();
}

void PacketsView::showTotals() {
  const tell::PacketRows& rows = m_model->rows();
  const int same = rows.count(tell::Verdict::Same), equivalent = rows.count(tell::Verdict::Equivalent),
            different = rows.count(tell::Verdict::Different);
  const bool judged = same + equivalent + different;
  m_totals->setText(judged
                        ? tr("relived: %1 same · %2 equivalent · %3 different").arg(same).arg(equivalent).arg(different)
                    : !rows.relived()    ? QString()
                    : m_walk.recording() ? tr("the capture is being relived ...")
                                         : tr("stopped before the capture's end: nothing is judged"));
  m_totals->setProperty("role", different ? "danger" : judged ? "good" : "muted");
  m_totals->style()->polish(m_totals);
}

// Marks the packet that came or went last, keeps it in sight, and takes it apart.
void PacketsView::follow(bool scroll) {
  if (!m_walk.isOpen()) return;
  m_model->setPosition(m_walk.position());
  m_happenings->setPosition(m_walk.position());
  const int row = m_model->current();
  showDetails(row);
  if (!scroll || row < 0 || m_going || !select(row)) return;
  m_table->scrollTo(m_table->currentIndex());
  // Rows that have just come are laid out on the way back to the event loop; only then can they be scrolled to.
  QTimer::singleShot(0, m_table, [this] { m_table->scrollTo(m_table->currentIndex()); });
}

// What is selected elsewhere was not shown while this rested.
void PacketsView::moved(EventIndex from, EventIndex position, bool) {
  follow(true);
  if (from == position) showSelection();
  showMark();
}

void PacketsView::showMark() {
  if (m_walk.marked().kind != tell::Point::Packet) return;
  for (int row = 0; row < rows().size(); ++row)
    if (rows().number(row) == m_walk.marked().number) {
      if (select(row)) m_table->scrollTo(m_table->currentIndex());
      return showDetails(row);
    }
}

bool PacketsView::select(int row) {
  const QModelIndex index = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_model->index(row, 0));
  if (!index.isValid() || index == m_table->currentIndex()) return index.isValid();
  const QSignalBlocker quiet(m_table->selectionModel());
  m_table->setCurrentIndex(index);
  m_table->viewport()->update();
  return true;
}

void PacketsView::showDetails(int row) {
  if (row == m_shown) return;
  m_shown = row;
  m_sides->setVisible(row >= 0 || m_model->rows().relived());
  const bool there = row >= 0 && row < m_model->rowCount();
  m_details->setFrame(there ? m_model->frame(row) : ByteView());
  const bool told = there && !m_model->covered(row);
  m_comparison->setComparison(told ? tell::comparison(m_model->rows(), row) : tell::PacketComparison());
  markSelection();
}

// The frame that has what is selected is taken apart, whichever came or went last.
void PacketsView::showSelection() {
  const int row = Selecting::of(m_walk).now().packet < 0 ? -1 : rows().rowOf(Selecting::of(m_walk).now().packet);
  if (row < 0) return markSelection();
  m_sides->setCurrentWidget(m_details);
  select(row);
  if (row != m_shown) return showDetails(row);
  markSelection();
}

void PacketsView::markSelection() {
  const tell::Selection& s = Selecting::of(m_walk).now();
  const bool here = s.packet >= 0 && m_shown >= 0 && rows().packetOf(m_shown) == s.packet;
  m_details->mark(here ? int(s.inFrame) : 0, here ? int(s.size) : 0);
}

void PacketsView::goTo(const QModelIndex& index) {
  if (!index.isValid() || m_going) return;
  const EventIndex to = m_filter->data(index, PacketsModel::EventRole).toUInt() + 1;
  m_going = true;
  m_walk.seek(to);
  m_going = false;
  showDetails(m_filter->mapToSource(index).row()); // of a frame for which nothing came or went, too
}

static const ViewRegistration registered{
    {"packets", QT_TRANSLATE_NOOP("Views", "Packets"), ViewPlace::Bottom, 2, {1264, 320}, makeView<PacketsView>}};

} // namespace sockwalk
