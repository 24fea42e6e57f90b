#include "app/table_panel.h"
#include "app/described_table.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <algorithm>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

constexpr int Patience = 20; // ms: the picture first

int areaOf(const QWidget* widget) { return widget->width() * widget->height(); }

} // namespace

TablePanel::TablePanel(Walk& walk, QWidget& window)
    : QDockWidget(tr("As a table"), &window), m_window(window), m_chooser(new QComboBox), m_table(new QTableView),
      m_note(new QLabel), m_rows(new DescribedTable(this)), m_sorted(new DescribedSorting(this)) {
  setObjectName("table");
  setAllowedAreas(Qt::AllDockWidgetAreas);
  build();
  m_later.setSingleShot(true);
  m_later.setInterval(Patience);
  connect(&m_later, &QTimer::timeout, this, [this] {
    if (isVisible()) refresh();
  });
  const auto later = [this] { refreshSoon(); };
  connect(&walk, &Walk::opened, this, later);
  connect(&walk, &Walk::recorded, this, later);
  connect(&walk, &Walk::moved, this, later);
  connect(&walk, &Walk::focusChanged, this, later);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, later);
}

// Steps that follow fast upon each other do not put it off for ever.
void TablePanel::refreshSoon() {
  if (isVisible() && !m_later.isActive()) m_later.start();
}

void TablePanel::build() {
  m_chooser->setAccessibleName(tr("Which picture to show as a table"));
  m_sorted->setSourceModel(m_rows);
  m_table->setModel(m_sorted);
  m_table->setAccessibleName(tr("The picture as a table"));
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_table->setTabKeyNavigation(false);
  m_table->setWordWrap(false);
  m_table->setSortingEnabled(true);
  m_table->verticalHeader()->hide();
  m_table->horizontalHeader()->setSortIndicatorClearable(true); // a third click: in the picture's own order
  m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  m_table->horizontalHeader()->setStretchLastSection(true);
  m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_note->setProperty("role", "muted");
  m_note->setTextFormat(Qt::PlainText);
  m_note->setWordWrap(true);
  m_note->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* copyButton = new QPushButton(tr("Copy"));
  copyButton->setToolTip(tr("The chosen rows, or all, with tabs between the cells: for a spreadsheet (Ctrl+C)"));
  auto* head = new QHBoxLayout;
  head->addWidget(m_chooser, 1);
  head->addWidget(copyButton);
  auto* sheet = new QFrame;
  sheet->setProperty("card", true);
  auto* box = new QVBoxLayout(sheet);
  box->addLayout(head);
  box->addWidget(m_table, 1);
  box->addWidget(m_note);
  setWidget(sheet);

  auto* copyRows = new QAction(tr("Copy"), m_table);
  copyRows->setShortcut(QKeySequence::Copy);
  copyRows->setShortcutContext(Qt::WidgetShortcut);
  m_table->addAction(copyRows);
  auto* leave = new QAction(this);
  leave->setShortcut(QKeySequence(Qt::Key_Escape));
  leave->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  addAction(leave);
  m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(copyRows, &QAction::triggered, this, &TablePanel::copy);
  connect(leave, &QAction::triggered, this, &QWidget::close);
  connect(copyButton, &QPushButton::clicked, this, &TablePanel::copy);
  connect(m_table, &QAbstractItemView::activated, this, &TablePanel::goTo);
  connect(m_chooser, &QComboBox::activated, this, [this](int chosen) {
    const QList<QWidget*> all = pictures();
    if (chosen < all.size()) choose(all[chosen]);
  });
}

QList<QWidget*> TablePanel::pictures() const {
  QList<QWidget*> out;
  for (QWidget* widget : m_window.findChildren<QWidget*>()) {
    const bool shows = Described::of(widget) || qobject_cast<QAbstractItemView*>(widget);
    if (shows && widget->isVisible() && !widget->accessibleName().isEmpty() && !isAncestorOf(widget) &&
        widget->window() == m_window.window())
      out << widget;
  }
  return out;
}

// The one that has the keys; the largest of a view; any.
QWidget* TablePanel::wanted(const QWidget* view) const {
  const QList<QWidget*> all = pictures();
  for (QWidget* up = QApplication::focusWidget(); up; up = up->parentWidget())
    if (all.contains(up)) return up;
  QWidget* largest = nullptr;
  for (QWidget* picture : all)
    if (view && view->isAncestorOf(picture) && (!largest || areaOf(picture) > areaOf(largest))) largest = picture;
  return largest || all.isEmpty() ? largest : all.front();
}

void TablePanel::open(const QWidget* view) {
  QWidget* const picture = wanted(view);
  if (isFloating() && !isVisible()) {
    const QSize size(int(theme().scaled(640)), int(theme().scaled(420)));
    setGeometry(QRect(m_window.mapToGlobal(m_window.rect().center()) - QPoint(size.width(), size.height()) / 2, size));
  }
  show();
  choose(picture);
  raise();
  activateWindow();
  m_table->setFocus(Qt::ShortcutFocusReason);
}

void TablePanel::choose(QWidget* picture) {
  if (picture != m_shown) {
    listen(picture);
    m_fresh = true;
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  }
  refresh();
}

void TablePanel::listen(QWidget* picture) {
  if (Described* before = Described::of(m_shown)) before->whenDescribedAnew = nullptr;
  if (m_shown) disconnect(m_shown, &QObject::destroyed, this, nullptr);
  m_shown = picture;
  if (Described* now = Described::of(picture)) now->whenDescribedAnew = [this] { refreshSoon(); };
  if (picture) connect(picture, &QObject::destroyed, this, &TablePanel::refreshSoon);
}

void TablePanel::refresh() {
  const QList<QWidget*> all = pictures();
  if (!all.contains(m_shown)) {
    listen(all.isEmpty() ? nullptr : all.front()); // its view has gone behind another
    m_fresh = true;
  }
  showChoices(all);
  Description description;
  if (const Described* described = Described::of(m_shown)) description = described->description();
  else if (auto* view = qobject_cast<QAbstractItemView*>(m_shown.data())) description = describeItems(*view);
  m_rows->show(description);
  m_note->setText(all.isEmpty() ? tr("No picture is in sight.") : Described::told(description.summary));
  m_note->setVisible(!m_note->text().isEmpty());
  if (std::exchange(m_fresh, false)) layOutColumns();
  m_table->verticalHeader()->setDefaultSectionSize(int(theme().scaled(24)));
}

// As wide as what is in them, as far as that leaves room for the others.
void TablePanel::layOutColumns() {
  m_table->resizeColumnsToContents();
  for (int c = 0; c < m_rows->columnCount(); ++c)
    m_table->setColumnWidth(c, std::min(m_table->columnWidth(c), int(theme().scaled(170))));
}

void TablePanel::showChoices(const QList<QWidget*>& pictures) {
  QStringList names, before;
  for (const QWidget* picture : pictures) names << picture->accessibleName();
  for (int i = 0; i < m_chooser->count(); ++i) before << m_chooser->itemText(i);
  if (names != before) {
    m_chooser->clear();
    m_chooser->addItems(names);
  }
  m_chooser->setCurrentIndex(int(pictures.indexOf(m_shown)));
  setWindowTitle(m_shown ? tr("As a table: %1").arg(m_shown->accessibleName()) : tr("As a table"));
}

void TablePanel::copy() const {
  QList<int> rows;
  for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) rows << index.row();
  if (rows.isEmpty())
    for (int i = 0; i < m_sorted->rowCount(); ++i) rows << i;
  std::sort(rows.begin(), rows.end()); // as they stand
  for (int& row : rows) row = m_sorted->mapToSource(m_sorted->index(row, 0)).row();
  QApplication::clipboard()->setText(m_rows->tabbed(rows));
}

void TablePanel::goTo(const QModelIndex& index) { m_rows->press(m_sorted->mapToSource(index).row()); }

QAction* TablePanel::makeCommand(const std::function<QWidget*()>& view) {
  auto* command = new QAction(tr("Show as ta&ble"), this);
  command->setShortcut(QKeySequence("Ctrl+T"));
  connect(command, &QAction::triggered, this, [this, view] {
    if (isAncestorOf(QApplication::focusWidget())) close();
    else open(view());
  });
  for (QWidget* widget : m_window.findChildren<QWidget*>()) {
    const Qt::ContextMenuPolicy policy = widget->contextMenuPolicy(); // a custom menu lists the widget's actions itself
    const bool list = qobject_cast<QAbstractItemView*>(widget) &&
                      (policy == Qt::DefaultContextMenu || policy == Qt::CustomContextMenu);
    if (widget->accessibleName().isEmpty() || isAncestorOf(widget) || !(list || Described::of(widget))) continue;
    widget->addAction(command);
    if (list && policy == Qt::DefaultContextMenu) widget->setContextMenuPolicy(Qt::ActionsContextMenu);
  }
  return command;
}

// The keys go back to the picture.
void TablePanel::closeEvent(QCloseEvent* event) {
  QDockWidget::closeEvent(event);
  if (!m_shown) return;
  m_window.activateWindow();
  m_shown->setFocus(Qt::OtherFocusReason);
}

} // namespace sockwalk
