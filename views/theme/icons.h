// Icons drawn by code, in the theme's colours at the moment they are painted: a change of theme needs no
// new icons, and they are sharp at every scale.
#pragma once

#include <QIcon>

namespace sockwalk {

enum class Icon {
  ToStart,
  RunBack,
  BackOut,
  BackOver,
  BackInto, // backward
  Run,
  Pause,
  StepInto,
  StepOver,
  StepOut,
  ToEnd, // forward
  NextCall,
  NextWrite, // to the next call of a function, write of a member
  Open,
  Save,
  Search,
  Fit,
  Follow,
  Split,
  Close,
  Sun,
  Moon,
};
inline constexpr int iconCount = static_cast<int>(Icon::Moon) + 1;

// OnAccent is for filled (primary) buttons.
enum class IconTone { Normal, Muted, OnAccent };

QIcon makeIcon(Icon icon, IconTone tone = IconTone::Normal);

} // namespace sockwalk
