// The colours of what is selected in several views at once: on the wire, in the buffer, in Structure and in Source. No view
// uses them for anything else.
#pragma once
#include <QColor>

namespace sockwalk {

QColor linkedColor(); // text, lines
QColor linkedFill();  // what lies behind it

} // namespace sockwalk
