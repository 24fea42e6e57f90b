// The engine's text as Qt's, in the person's language.
#pragma once
#include "engine/tell/text.h"
#include <QString>
#include <string_view>

namespace sockwalk {

inline QString text(std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); }
// What is told: its words translated, then its places filled in; what an open question asks for is covered.
QString shown(const tell::Text& told);
// Who knows what is asked for: the walk says so.
using ShownCover = QString (*)(QString words);
void coverShown(ShownCover cover);

} // namespace sockwalk
