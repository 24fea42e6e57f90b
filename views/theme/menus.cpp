#include "views/theme/menus.h"

namespace sockwalk {

void emptyMenu(QMenu& menu) {
  menu.clear();
  qDeleteAll(menu.findChildren<QMenu*>(Qt::FindDirectChildrenOnly));
}

QMenu& menuOfPart(QMenu& menu, const QString& part) {
  if (part.isEmpty()) return menu;
  const QString title = '&' + QString(part).replace('&', "&&");
  for (const QAction* action : menu.actions())
    if (action->menu() && action->text() == title) return *action->menu();
  return *menu.addMenu(title);
}

} // namespace sockwalk
