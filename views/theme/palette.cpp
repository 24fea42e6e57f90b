#include "views/theme/palette.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sockwalk {
namespace {

struct Shades {
  QRgb light;
  QRgb dark;
  QRgb contrast;
};

constexpr std::array<Shades, roleCount> roleTable{{
    {0xf3f5f8, 0x15181d, 0x000000}, // Page
    {0xffffff, 0x1c2027, 0x000000}, // Card
    {0xeef2f7, 0x272d36, 0x1c1c1c}, // Raised
    {0xd5dae1, 0x363d48, 0xc8c8c8}, // Hairline
    {0x1f2937, 0xd9dee6, 0xffffff}, // Text
    {0x111827, 0xf3f5f8, 0xffffff}, // Title
    {0x5b6779, 0x9aa5b5, 0xe2e2e2}, // Muted
    {0x94a3b8, 0x6b7686, 0xb8b8b8}, // Faint
    {0x0072b2, 0x5cb3e8, 0x6fd0ff}, // Accent
    {0xffffff, 0x0b1020, 0x000000}, // OnAccent
    {0xe8f1fa, 0x1d3245, 0x00344f}, // AccentTint
    {0xbfdbfe, 0x2b5273, 0x6fd0ff}, // AccentLine
    {0x9a4a06, 0xf3c15b, 0xffd23f}, // Changed
    {0xfff4d6, 0x3a3018, 0x3d2f00}, // ChangedFill
    {0xf0b93a, 0xa67c1f, 0xffd23f}, // ChangedLine
    {0xc81e1e, 0xff8585, 0xffacac}, // Danger
    {0xfdecec, 0x3a1d20, 0x4a0000}, // DangerFill
    {0xffffff, 0x0b1020, 0x000000}, // OnDanger
    {0xdc2626, 0xf25555, 0xff6b6b}, // Playhead
    {0x067647, 0x4fce98, 0x7dffb0}, // Good
    {0x64748b, 0x8593a6, 0xffffff}, // PathEdge
    {0xc3cbd6, 0x4a5462, 0xa8a8a8}, // FutureEdge
    {0x6b4191, 0xc9aae8, 0xe0c4ff}, // Info
    {0xece3f4, 0x352944, 0x2d1a4a}, // InfoFill
    {0x005fcc, 0x7cc4ff, 0xffe600}, // Focus
}};

// Okabe and Ito's set, which colour-blind eyes tell apart; in the dark the same hues, lighter; on black lighter still.
constexpr std::array<Shades, layerCount> layerTable{{
    {0x6b7280, 0x9ca3af, 0xc8cdd6}, // user
    {0x8a6d3b, 0xc4a468, 0xd9b878}, // VFS
    {0x0072b2, 0x4aa8e0, 0x5cc0ff}, // socket
    {0x56b4e9, 0x8ccff5, 0xa6dcff}, // inet
    {0x009e73, 0x35c79b, 0x4fe0b0}, // transport
    {0xe69f00, 0xf5bd42, 0xffc94d}, // IP
    {0xd55e00, 0xf58a42, 0xff9d5c}, // link
    {0xcc79a7, 0xe0a3c6, 0xf0b3d6}, // device
}};

QColor pick(const Shades& shades, Shade shade) {
  const QRgb of[] = {shades.light, shades.dark, shades.contrast};
  return QColor::fromRgb(of[static_cast<std::size_t>(shade)]);
}

double linear(double channel) {
  return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c) {
  return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

// The hue kept, pushed toward black (or white) just until it can be read on every given background.
QColor readable(const QColor& hue, Shade shade, std::initializer_list<QColor> backgrounds) {
  const QColor pole = shade == Shade::Light ? QColor(Qt::black) : QColor(Qt::white);
  for (int percent = 0; percent < 100; percent += 2) {
    const QColor candidate = mix(pole, hue, percent / 100.0);
    const bool enough = std::all_of(backgrounds.begin(), backgrounds.end(), [&](const QColor& b) {
      return contrast(candidate, b) >= leastContrast(shade) + 0.1;
    });
    if (enough) return candidate;
  }
  return pole;
}

QColor textUpon(const QColor& fill) {
  const QColor dark = QColor::fromRgb(0x0b1020);
  return contrast(Qt::white, fill) >= 4.5 ? QColor(Qt::white) : dark;
}

LayerColors derive(const QColor& fill, Shade shade) {
  const QColor card = roleColor(Role::Card, shade);
  const bool light = shade == Shade::Light, strong = shade == Shade::Contrast;
  LayerColors colors;
  colors.fill = fill;
  colors.line = fill;
  colors.textOnFill = textUpon(fill);
  colors.band = mix(fill, card, light ? 0.07 : strong ? 0.16 : 0.09);
  colors.text = readable(fill, shade,
                         {card, colors.band, roleColor(Role::Page, shade), roleColor(Role::Raised, shade),
                          roleColor(Role::AccentTint, shade)});
  colors.faintFill = mix(fill, card, light ? 0.22 : strong ? 0.28 : 0.20);
  colors.faintLine = mix(fill, card, strong ? 0.85 : 0.55);
  return colors;
}

} // namespace

QColor mix(const QColor& over, const QColor& under, double amount) {
  const auto blend = [amount](int a, int b) { return static_cast<int>(std::lround(a * amount + b * (1 - amount))); };
  return QColor(blend(over.red(), under.red()), blend(over.green(), under.green()), blend(over.blue(), under.blue()));
}

double contrast(const QColor& a, const QColor& b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor roleColor(Role role, Shade shade) { return pick(roleTable[static_cast<std::size_t>(role)], shade); }

QColor blankColor(bool black) { return black ? Qt::black : Qt::white; }

LayerColors layerColors(Layer layer, Shade shade) {
  return derive(pick(layerTable[static_cast<std::size_t>(layer)], shade), shade);
}

LayerColors packetColors(PacketPart part, Shade shade) {
  switch (part) {
  case PacketPart::Ethernet: return layerColors(Layer::Link, shade);
  case PacketPart::Arp:
  case PacketPart::Ipv4: return layerColors(Layer::Ip, shade);
  case PacketPart::Transport: return layerColors(Layer::Transport, shade);
  // Payload is the user's: their hue, but dark, so that it stands as the heaviest block.
  case PacketPart::Payload: return derive(pick({0x525d6e, 0x9ca3af, 0xc8cdd6}, shade), shade);
  case PacketPart::SharedInfo: break;
  }
  LayerColors info = derive(roleColor(Role::Info, shade), shade);
  info.faintFill = roleColor(Role::InfoFill, shade);
  return info;
}

} // namespace sockwalk
