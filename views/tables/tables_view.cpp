#include "views/tables/tables_view.h"
#include "engine/journal/era_of.h"
#include "engine/tell/lessons/covered_pictures.h"
#include "views/tables/tables_filter.h"
#include "views/tables/tables_model.h"
#include "views/tables/tables_tree.h"
#include "views/theme/theme.h"
#include "views/walk/empty_page.h"
#include "views/walk/words.h"
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <utility>

namespace sockwalk {

TablesView::TablesView(Walk& walk, QWidget* parent) : View(walk, parent) {
  m_model = new TablesModel(this);
  m_filter = new TablesFilter(this);
  m_filter->setSourceModel(m_model);
  m_pages = new QStackedWidget(this);
  m_empty = new EmptyPage(walk, this);
  connect(m_empty, &EmptyPage::openRequested, this, &View::openRequested);
  m_pages->addWidget(m_empty);
  m_pages->addWidget(makePage());
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);
  connect(m_words, &QLineEdit::textChanged, this, [this](const QString& text) {
    m_filter->setWords(text);
    unfold();
    showCount();
  });
  connect(m_tree, &QAbstractItemView::clicked, this, &TablesView::lookAt);
  connect(m_tree, &QAbstractItemView::activated, this, &TablesView::lookAt);
  connect(m_filter, &QAbstractItemModel::modelReset, this, &TablesView::unfold);
  // A table that was empty, or filtered out, opens with its first entries; one that somebody has closed stays so.
  connect(m_filter, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& table, int first, int last) {
    if (table.isValid() && last - first + 1 == m_filter->rowCount(table)) m_tree->expand(table);
    for (int r = first; r <= last && !table.isValid(); ++r) m_tree->expand(m_filter->index(r, 0));
  });
  if (walk.isOpen()) m_live.reset(&walk.journal());
  read(0, false);
}

void TablesView::opened() {
  m_live.reset(&m_walk.journal());
  read(0, false);
}

bool TablesView::find() {
  focusLine(m_words);
  return m_words->isVisible();
}

void TablesView::focused(u64 address) {
  m_model->setFocus(address);
  m_wanted = address;
  showFocused();
}

void TablesView::showFocused() {
  if (!m_wanted || m_stale) return;
  const QModelIndex row = m_filter->mapFromSource(m_model->rowOf(std::exchange(m_wanted, 0)));
  if (!row.isValid()) return;
  m_tree->expand(row.parent());
  if (!m_tree->viewport()->rect().contains(m_tree->visualRect(row)))
    m_tree->scrollTo(row, QAbstractItemView::PositionAtCenter);
}

void TablesView::restyled() {
  m_tree->layOutColumns(m_model->severalSpaces());
  m_tree->doItemsLayout();
}

QWidget* TablesView::makePage() {
  auto* page = new QWidget(this);
  m_words = new QLineEdit(page);
  m_words->setPlaceholderText(tr("Filter: tcp 8080, 127.0.0.1, listen, routes eth0 …"));
  m_words->setToolTip(m_words->placeholderText());
  m_words->setClearButtonEnabled(true);
  m_words->setAccessibleName(tr("Filter of the tables"));
  m_words->setMaximumWidth(int(theme().scaled(360)));
  m_choice = new QComboBox(page);
  m_choice->setAccessibleName(tr("Which tables"));
  m_choice->addItem(tr("All tables"), QString());
  m_choice->addItem(tr("Where calls lead"), QStringLiteral("ops"));
  m_choice->setItemData(1, tr("net_families, inetsw, and the tables of functions side by side"), Qt::ToolTipRole);
  connect(m_choice, &QComboBox::activated, this, [this] { showOnly(m_choice->currentData().toString()); });
  m_count = new QLabel(page);
  m_count->setProperty("role", "muted");
  m_tree = new TablesTree(page);
  m_tree->setModel(m_filter);
  m_tree->setItemDelegate(new TablesDelegate(m_tree));
  m_tree->setAccessibleName(tr("The kernel's tables"));
  auto* top = new QHBoxLayout;
  top->setContentsMargins(12, 6, 12, 4);
  top->addWidget(m_choice);
  top->addWidget(m_words, 1);
  top->addStretch(1);
  top->addWidget(m_count);
  auto* box = new QVBoxLayout(page);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(0);
  m_stopped = new QLabel(page); // what stands below is as a softirq left it, half done
  m_stopped->setProperty("role", "danger");
  m_stopped->setContentsMargins(12, 0, 12, 4);
  m_stopped->setWordWrap(true);
  box->addLayout(top);
  box->addWidget(m_stopped);
  box->addWidget(m_tree, 1);
  return page;
}

void TablesView::moved(EventIndex from, EventIndex to, bool jump) { read(lastStep(from, to, jump).from, !jump); }

void TablesView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  if (m_stale) read(m_stepFrom, false);
  showFocused();
}

tell::StepChanges TablesView::lastChanges() const { return {m_walk.journal(), m_stepFrom, m_walk.position()}; }

// All their words are needed to find some, or to cover them; otherwise those of the few that are in sight.
std::vector<tell::KernelTable> TablesView::readHere() {
  if (!m_filter->filters() && m_walk.covers().empty())
    return tell::readTablesInShort(m_walk.playhead(), m_live, lastChanges());
  auto tables = tell::readTables(m_walk.playhead(), m_live, lastChanges());
  tell::cover(tables, m_walk.covers());
  return tables;
}

void TablesView::read(EventIndex from, bool scroll) {
  m_stepFrom = from;
  m_stale = !isVisible(); // nobody looks: it is read when somebody does
  if (m_stale) return;
  std::vector<tell::KernelTable> tables;
  if (m_walk.isOpen()) {
    m_live.update();
    tables = readHere();
    if (!m_only.isEmpty()) tables = tell::tablesNamed(std::move(tables), m_only.toStdString());
  }
  const bool several = m_model->severalSpaces();
  m_model->setTables(std::move(tables), [this](const tell::KernelTable& table) {
    return tell::withWords(table, m_walk.playhead(), m_live, lastChanges());
  });
  m_tree->viewport()->update();
  if (m_model->severalSpaces() != several || m_tree->isColumnHidden(TablesModel::Space) == m_model->severalSpaces())
    m_tree->layOutColumns(m_model->severalSpaces());
  showCount();
  if (scroll) follow();
}

bool TablesView::showOnly(const QString& tables) {
  const auto all = m_walk.isOpen() ? tell::readTablesInShort(m_walk.playhead(), m_live, lastChanges())
                                   : std::vector<tell::KernelTable>();
  const bool found = tables.isEmpty() || !tell::tablesNamed(all, tables.toStdString()).empty();
  if (found) m_only = tables; // one that is hidden reads it when it is seen
  if (found) read(m_stepFrom, false);
  if (found && m_choice->findData(m_only) < 0) m_choice->addItem(m_only, m_only);
  m_choice->setCurrentIndex(m_choice->findData(m_only));
  const auto& shown = m_model->tables();
  m_tree->setSideBySide(!m_only.isEmpty() && std::ranges::any_of(shown, [](const tell::KernelTable& t) {
    return !t.rows.empty() && t.rows.front().heading;
  }));
  return found;
}

void TablesView::showCount() {
  m_stopped->setText(stoppedSentence(m_walk));
  m_stopped->setVisible(!m_stopped->text().isEmpty());
  const int all = m_model->entries(), shown = m_filter->entries();
  if (m_walk.isOpen() && eraOf(m_walk.journal()) == Era::Linux26)
    m_empty->say(tr("No tables of 2.6 are shown"),
                 tr("The Linux of 2.6 is here without devices and packets. Which descriptor leads to which socket "
                    "stands in Objects."));
  else if (m_walk.isOpen())
    m_empty->say(tr("No table has an entry yet"),
                 tr("Hash tables of sockets, queues, routes, neighbours, netfilter's hooks, open files and rings "
                    "appear here, as they fill."));
  else
    m_empty->say(tr("No walk is open"),
                 tr("Open a scenario or a packet file: the tables in which the kernel looks things up appear here, "
                    "and what waits in its queues: hash tables of sockets, routes, neighbours, netfilter's hooks, "
                    "open files, rings."));
  m_pages->setCurrentIndex(all || !m_only.isEmpty() ? 1 : 0); // a table that is asked for says itself that it is empty
  m_count->setText(m_filter->filters() ? tr("%1 of %2 entries").arg(shown).arg(all) : tr("%1 entries").arg(all));
}

// Tables are unfolded at first; what the person folds stays so.
void TablesView::unfold() { m_tree->expandAll(); }

// The eye follows the change: into sight with it, if nothing that the step touched is there already.
void TablesView::follow() {
  const QRect seen = m_tree->viewport()->rect();
  QModelIndex first;
  for (int t = 0; t < m_filter->rowCount(); ++t) {
    const QModelIndex table = m_filter->index(t, 0);
    for (int r = 0; m_tree->isExpanded(table) && r < m_filter->rowCount(table); ++r) {
      const QModelIndex row = m_filter->index(r, 0, table);
      const auto mark = tell::RowMark(row.data(TablesModel::MarkRole).toInt());
      if (mark == tell::RowMark::None || mark == tell::RowMark::Taken) continue;
      if (!first.isValid()) first = row;
      if (seen.contains(m_tree->visualRect(row))) return;
    }
  }
  if (first.isValid()) m_tree->scrollTo(first, QAbstractItemView::PositionAtCenter);
}

void TablesView::lookAt(const QModelIndex& index) {
  if (!index.parent().isValid())
    return m_tree->setExpanded(index.siblingAtColumn(0), !m_tree->isExpanded(index.siblingAtColumn(0)));
  const u64 address = index.data(TablesModel::AddressRole).toULongLong();
  if (!address) return;
  m_walk.setFocus(address);
  m_walk.point(static_cast<quint32>(address));
}

static const ViewRegistration registered{
    {"tables", QT_TRANSLATE_NOOP("Views", "Tables"), ViewPlace::Stage, 4, {940, 640}, makeView<TablesView>}};

} // namespace sockwalk
