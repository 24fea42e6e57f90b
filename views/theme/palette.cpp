#include "views/theme/palette.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sockwalk {
namespace {

struct Pair {
  QRgb light;
  QRgb dark;
};

constexpr std::array<Pair, roleCount> roleTable{{
    {0xf3f5f8, 0x15181d}, // Page
    {0xffffff, 0x1c2027}, // Card
    {0xeef2f7, 0x272d36}, // Raised
    {0xd5dae1, 0x363d48}, // Hairline
    {0x1f2937, 0xd9dee6}, // Text
    {0x111827, 0xf3f5f8}, // Title
    {0x5b6779, 0x9aa5b5}, // Muted
    {0x94a3b8, 0x6b7686}, // Faint
    {0x0072b2, 0x5cb3e8}, // Accent
    {0xffffff, 0x0b1020}, // OnAccent
    {0xe8f1fa, 0x1d3245}, // AccentTint
    {0xbfdbfe, 0x2b5273}, // AccentLine
    {0x9a4a06, 0xf3c15b}, // Changed
    {0xfff4d6, 0x3a3018}, // ChangedFill
    {0xf0b93a, 0xa67c1f}, // ChangedLine
    {0xc81e1e, 0xff8585}, // Danger
    {0xfdecec, 0x3a1d20}, // DangerFill
    {0xffffff, 0x0b1020}, // OnDanger
    {0xdc2626, 0xf25555}, // Playhead
    {0x067647, 0x4fce98}, // Good
    {0x64748b, 0x8593a6}, // PathEdge
    {0xc3cbd6, 0x4a5462}, // FutureEdge
    {0x6b4191, 0xc9aae8}, // Info
    {0xece3f4, 0x352944}, // InfoFill
}};

// Okabe and Ito's set, which colour-blind eyes tell apart; in the dark the same hues, lighter.
constexpr std::array<Pair, layerCount> layerTable{{
    {0x6b7280, 0x9ca3af}, // user
    {0x8a6d3b, 0xc4a468}, // VFS
    {0x0072b2, 0x4aa8e0}, // socket
    {0x56b4e9, 0x8ccff5}, // inet
    {0x009e73, 0x35c79b}, // transport
    {0xe69f00, 0xf5bd42}, // IP
    {0xd55e00, 0xf58a42}, // link
    {0xcc79a7, 0xe0a3c6}, // device
}};

QColor pick(const Pair& pair, Shade shade) { return QColor::fromRgb(shade == Shade::Light ? pair.light : pair.dark); }

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
    const bool enough = std::all_of(backgrounds.begin(), backgrounds.end(),
                                    [&](const QColor& b) { return contrast(candidate, b) >= 4.6; });
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
  const bool light = shade == Shade::Light;
  LayerColors colors;
  colors.fill = fill;
  colors.line = fill;
  colors.textOnFill = textUpon(fill);
  colors.band = mix(fill, card, light ? 0.07 : 0.09);
  colors.text = readable(fill, shade, {card, colors.band, roleColor(Role::Page, shade)});
  colors.faintFill = mix(fill, card, light ? 0.22 : 0.20);
  colors.faintLine = mix(fill, card, 0.55);
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
  case PacketPart::Payload: return derive(pick({0x525d6e, 0x9ca3af}, shade), shade);
  case PacketPart::SharedInfo: break;
  }
  LayerColors info = derive(roleColor(Role::Info, shade), shade);
  info.faintFill = roleColor(Role::InfoFill, shade);
  return info;
}

} // namespace sockwalk
