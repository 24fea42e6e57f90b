// The table of a page of the structure view: rows without a tree, as wide as the page.
#pragma once
#include <QHeaderView>
#include <QTreeView>

namespace sockwalk {

inline QTreeView* pageTable(QWidget* page, QAbstractItemModel* model, const QString& name) {
  auto* table = new QTreeView(page);
  table->setAccessibleName(name);
  table->setModel(model);
  table->setRootIsDecorated(false);
  table->setUniformRowHeights(true);
  table->setFrameShape(QFrame::NoFrame);
  table->setAllColumnsShowFocus(true);
  table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table->header()->setProperty("low", true);
  table->header()->setTextElideMode(Qt::ElideRight); // the tip of its section says the whole
  table->header()->setMinimumSectionSize(24);
  return table;
}

} // namespace sockwalk
