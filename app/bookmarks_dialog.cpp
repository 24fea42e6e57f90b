#include "app/bookmarks_dialog.h"
#include "app/bookmark_edits.h"
#include "app/edits.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTableWidget>
#include <QVBoxLayout>

namespace sockwalk {

BookmarksDialog::BookmarksDialog(Walk& walk, Bookmarks& bookmarks, Edits& edits, PlaceWords words, QWidget* parent)
    : QDialog(parent), m_walk(walk), m_bookmarks(bookmarks), m_edits(edits), m_words(std::move(words)),
      m_table(new QTableWidget(0, ColumnCount, this)), m_nothing(new QLabel(this)) {
  setWindowTitle(tr("Bookmarks and notes"));
  build();
  buildActions();
  connect(&bookmarks, &Bookmarks::changed, this, &BookmarksDialog::fill);
  connect(&walk, &Walk::opened, this, &QDialog::close);
  fill();
  resize(int(theme().scaled(620)), int(theme().scaled(320)));
  m_table->setFocus();
}

void BookmarksDialog::build() {
  m_nothing->setText(tr("No moment is marked yet. Ctrl+B marks the one at which you stand."));
  m_nothing->setProperty("role", "muted");
  m_nothing->setWordWrap(true);
  m_table->setAccessibleName(tr("Bookmarks and notes"));
  m_table->setHorizontalHeaderLabels({tr("Note"), tr("Moment")});
  m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_table->horizontalHeader()->setSectionResizeMode(Place, QHeaderView::Stretch);
  m_table->horizontalHeader()->resizeSection(Note, int(theme().scaled(240)));
  m_table->verticalHeader()->hide();
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setShowGrid(false);
  m_table->setTabKeyNavigation(false);
  m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
  m_go = new QPushButton(tr("&Go there"));
  m_go->setDefault(true);
  auto* edit = new QPushButton(tr("&Edit the note"));
  m_remove = new QPushButton(tr("&Remove"));
  auto* close = new QPushButton(tr("&Close"));
  auto* row = new QHBoxLayout;
  for (QPushButton* button : {m_go, edit, m_remove}) row->addWidget(button);
  row->addStretch(1);
  row->addWidget(close);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(16, 16, 16, 16);
  box->addWidget(m_nothing);
  box->addWidget(m_table, 1);
  box->addLayout(row);
  connect(m_go, &QPushButton::clicked, this, &BookmarksDialog::go);
  connect(m_remove, &QPushButton::clicked, this, &BookmarksDialog::remove);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  connect(edit, &QPushButton::clicked, this, [this] {
    if (QTableWidgetItem* note = m_table->item(m_table->currentRow(), Note)) m_table->editItem(note);
  });
  connect(m_table, &QTableWidget::itemSelectionChanged, this, &BookmarksDialog::showButtons);
  connect(m_table, &QTableWidget::itemChanged, this, [this](QTableWidgetItem* item) {
    if (!m_filling && item->column() == Note) noteWritten(item->row());
  });
}

void BookmarksDialog::buildActions() {
  QAction* undo = m_edits.stack().createUndoAction(this, tr("Undo"));
  QAction* redo = m_edits.stack().createRedoAction(this, tr("Redo"));
  undo->setShortcut(QKeySequence::Undo);
  redo->setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
  m_table->setFocus(); // its keys work at once
  auto* removal = new QAction(tr("Remove"), m_table);
  removal->setShortcut(QKeySequence(Qt::Key_Delete));
  removal->setShortcutContext(Qt::WidgetShortcut);
  connect(removal, &QAction::triggered, this, &BookmarksDialog::remove);
  m_table->addAction(removal);
  addActions({undo, redo});
}

// What was chosen stays chosen, or what has come in its place.
void BookmarksDialog::fill() {
  const QScopedValueRollback filling(m_filling, true);
  const int row = m_table->currentRow();
  const auto& all = m_bookmarks.all();
  m_table->setRowCount(int(all.size()));
  for (int i = 0; i < int(all.size()); ++i) {
    auto* note = new QTableWidgetItem(all[size_t(i)].note);
    auto* place = new QTableWidgetItem(m_words(all[size_t(i)].position));
    place->setFlags(place->flags() & ~Qt::ItemIsEditable);
    place->setToolTip(place->text());
    m_table->setItem(i, Note, note);
    m_table->setItem(i, Place, place);
  }
  if (!all.empty()) m_table->selectRow(std::clamp(row, 0, int(all.size()) - 1));
  m_nothing->setVisible(all.empty());
  showButtons();
}

void BookmarksDialog::showButtons() {
  for (QPushButton* button : findChildren<QPushButton*>())
    if (button == m_go || button == m_remove) button->setEnabled(chosen() != NoEvent);
}

EventIndex BookmarksDialog::chosen() const {
  const int row = m_table->currentRow();
  return row >= 0 && row < int(m_bookmarks.all().size()) ? m_bookmarks.all()[size_t(row)].position : NoEvent;
}

void BookmarksDialog::noteWritten(int row) {
  const Bookmark before = m_bookmarks.all()[size_t(row)];
  const QString note = m_table->item(row, Note)->text().trimmed();
  if (note != before.note) m_edits.push(bookmarkSet(m_bookmarks, before.position, note));
}

void BookmarksDialog::go() {
  if (chosen() != NoEvent) m_walk.seek(chosen());
}

void BookmarksDialog::remove() {
  if (chosen() != NoEvent) m_edits.push(bookmarkRemoved(m_bookmarks, chosen()));
}

} // namespace sockwalk
