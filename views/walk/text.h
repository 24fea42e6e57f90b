// The engine's text as Qt's, in the person's language.
#pragma once
#include "engine/tell/text.h"
#include <QString>
#include <string_view>

namespace sockwalk {

inline QString text(std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); }
// What is told: its words translated, then its places filled in.
QString shown(const tell::Text& told);

} // namespace sockwalk
