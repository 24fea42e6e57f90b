#include "views/theme/linked.h"
#include "views/theme/theme.h"
#include <array>

namespace sockwalk {
namespace {

// Of each shade: light, dark, high contrast.
constexpr std::array<QRgb, 3> Line{0xff0b5f58, 0xff74e5d5, 0xff7dfff0};
constexpr std::array<QRgb, 3> Fill{0xffc9f0ea, 0xff143f3c, 0xff003b38};

QColor of(const std::array<QRgb, 3>& shades) { return QColor(shades[std::size_t(theme().shade())]); }

} // namespace

QColor linkedColor() { return of(Line); }
QColor linkedFill() { return of(Fill); }

} // namespace sockwalk
