// Menus that are made anew whenever they open.
#pragma once
#include <QMenu>

namespace sockwalk {

void emptyMenu(QMenu& menu); // of its actions and of the menus in it, which QMenu::clear() leaves
QMenu& menuOfPart(QMenu& menu, const QString& part); // the menu in `menu` with that title, made at need; itself for ""

} // namespace sockwalk
