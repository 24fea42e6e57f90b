// Help > Keys and Help > About, as text that can be copied.
#pragma once
#include "app/key_maps.h"

class QWidget;

namespace sockwalk {

QString keysTable(KeyMap map); // rich text: key, command, what it does
void showKeys(KeyMap map, QWidget* parent);
QString aboutText(); // rich text: version, licences, what is simplified
void showAbout(QWidget* parent);

} // namespace sockwalk
