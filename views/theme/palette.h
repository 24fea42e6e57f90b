// Colours by meaning, for light, dark and high contrast (white on black, lines at full strength). Nothing here depends on a running application, so that the
// contrast of every text colour can be tested as plain numbers.
#pragma once

#include "engine/base/layer.h"
#include "engine/base/packet_part.h"

#include <QColor>

namespace sockwalk {

enum class Shade { Light, Dark, Contrast };
// What every text has at least against what it stands on (WCAG 2: AA; high contrast AAA).
constexpr double leastContrast(Shade shade) { return shade == Shade::Contrast ? 7 : 4.5; }

// What a colour is for, wherever it is not a layer's.
enum class Role {
  Page,        // behind the cards
  Card,        // cards, docks, the stage
  Raised,      // buttons at rest, table heads
  Hairline,    // borders
  Text,        // words
  Title,       // headings, the strongest text
  Muted,       // secondary words, still easy to read
  Faint,       // placeholders and disabled words: not for anything that must be read
  Accent,      // links, the selected, the primary button
  OnAccent,    // text on Accent
  AccentTint,  // background of the selected
  AccentLine,  // border of a call-out
  Changed,     // amber: text and mark of what the last step changed
  ChangedFill, // background of a changed row
  ChangedLine, // border of a changed row
  Danger,      // red: data loss, drops, panics
  DangerFill,  // background of such a message
  OnDanger,    // text on Danger
  Playhead,    // red line of the playhead
  Good,        // verified
  PathEdge,    // an edge walked and returned from
  FutureEdge,  // an edge still to come
  Info,        // skb_shared_info: violet line and text
  InfoFill,    // skb_shared_info: background
  Focus,       // the ring around what has the keys
};
inline constexpr int roleCount = static_cast<int>(Role::Focus) + 1;

// One layer's colours. `fill` is LOOK.md's colour; the rest follow from it.
struct LayerColors {
  QColor fill;       // the running function, bars of the timeline, header bands
  QColor line;       // border of what is on the path (the same hue)
  QColor textOnFill; // text upon fill, contrast at least leastContrast()
  QColor text;       // the layer's name as coloured text on a card or on its band, contrast at least leastContrast()
  QColor band;       // opaque background tint of the layer's band
  QColor faintFill;  // pulled headers, bars to come; Text upon it has contrast at least leastContrast()
  QColor faintLine;  // border of what is still to come
};

QColor roleColor(Role role, Shade shade);
QColor blankColor(bool black); // of a screen on which nothing is to be seen
LayerColors layerColors(Layer layer, Shade shade);
LayerColors packetColors(PacketPart part, Shade shade); // of the buffer's bands, hex bytes and sequence lanes

// WCAG 2 contrast of two opaque colours, 1 to 21.
double contrast(const QColor& a, const QColor& b);

// `amount` of `over` (0..1) laid upon `under`, opaque.
QColor mix(const QColor& over, const QColor& under, double amount);

} // namespace sockwalk
