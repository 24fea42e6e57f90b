// The engine's text as Qt's.
#pragma once
#include <QString>
#include <string_view>

namespace sockwalk {

inline QString text(std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); }

} // namespace sockwalk
