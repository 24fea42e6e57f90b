#include "views/watch/watch_view.h"
#include "views/theme/find_bar.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include "views/watch/watch_model.h"
#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace sockwalk {

WatchView::WatchView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_model(new WatchModel(walk, this)), m_table(new QTableView(this)),
      m_pages(new QStackedWidget(this)) {
  auto* nothing =
      new QLabel(tr("Nothing is watched yet. Choose a member in Structure and press W, or watch it from the "
                    "menu of its row: its value stands here at every step."),
                 this);
  nothing->setProperty("role", "muted");
  nothing->setAlignment(Qt::AlignCenter);
  nothing->setWordWrap(true);
  nothing->setMargin(16);
  m_table->setModel(m_model);
  m_table->setAccessibleName(tr("Members that are watched"));
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setShowGrid(false);
  m_table->setWordWrap(false);
  m_table->verticalHeader()->hide();
  m_table->setTabKeyNavigation(false);
  m_pages->addWidget(nothing);
  m_pages->addWidget(m_table);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(8, 4, 8, 6);
  box->addWidget(m_pages);
  setFocusProxy(m_table);
  connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& i) {
    if (i.column() != WatchModel::Stops) lookAt(i);
  });
  connect(m_table, &QTableView::activated, this, &WatchView::lookAt);
  connect(m_model, &QAbstractItemModel::modelReset, this, &WatchView::showPage);
  buildMenu();
  m_find = new FindBar(this, tr("An object, a member, a value"),
                       searchOf({[this] { return m_model->rowCount(); },
                                 [this](int row) {
                                   return m_model->index(row, WatchModel::Member).data().toString() + ' ' +
                                          m_model->index(row, WatchModel::Value).data().toString();
                                 },
                                 [this] { return m_table->currentIndex().row(); },
                                 [this](int row) {
                                   if (row >= 0) m_table->selectRow(row);
                                 }}));
  m_model->reread();
  layOut();
}

bool WatchView::find() {
  if (!m_model->rowCount()) return false;
  m_find->open();
  return true;
}

void WatchView::buildMenu() {
  m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
  const auto add = [this](const QString& words, QKeySequence key, auto act) {
    auto* action = new QAction(words, m_table);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, act);
    m_table->addAction(action);
  };
  add(tr("&Show it in Structure"), QKeySequence(Qt::Key_Return), [this] { lookAt(m_table->currentIndex()); });
  add(tr("&Stop on change, or no longer"), QKeySequence(Qt::Key_Space), [this] {
    const int row = m_table->currentIndex().row();
    if (row >= 0) m_walk.watches().setStops(row, !m_walk.watches().all()[size_t(row)].stops);
  });
  add(tr("&No longer watch it"), QKeySequence(Qt::Key_Delete), [this] { removeChosen(); });
}

void WatchView::removeChosen() {
  const int row = m_table->currentIndex().row();
  m_walk.watches().remove(row);
  if (m_model->rowCount()) m_table->selectRow(std::clamp(row, 0, m_model->rowCount() - 1));
}

void WatchView::lookAt(const QModelIndex& index) {
  if (!index.isValid()) return;
  m_walk.setFocus(0); // the same object again, and another member of it
  m_walk.setFocus(index.data(WatchModel::AddressRole).toULongLong());
}

void WatchView::opened() { m_model->show({}); }

void WatchView::moved(EventIndex from, EventIndex to, bool jump) { m_model->show(lastStep(from, to, jump)); }

void WatchView::showPage() { m_pages->setCurrentIndex(m_model->rowCount() ? 1 : 0); }

void WatchView::layOut() {
  const QFontMetrics letters(theme().mono(11.5));
  const auto wide = [&](int count) { return letters.averageCharWidth() * count; };
  QHeaderView* header = m_table->horizontalHeader();
  header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  header->setHighlightSections(false);
  header->setSectionResizeMode(WatchModel::Member, QHeaderView::Stretch);
  header->resizeSection(WatchModel::Value, wide(24));
  header->resizeSection(WatchModel::Before, wide(20));
  header->resizeSection(WatchModel::Writer, wide(26));
  header->resizeSection(WatchModel::Stops, wide(18));
  m_table->verticalHeader()->setDefaultSectionSize(letters.height() + int(theme().scaled(6)));
}

static const ViewRegistration registered{
    {"watch", QT_TRANSLATE_NOOP("Views", "Watch"), ViewPlace::Bottom, 4, {1264, 160}, makeView<WatchView>}};

} // namespace sockwalk
