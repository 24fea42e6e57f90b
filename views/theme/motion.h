// How long things move, and how. Every animation in the program asks here, so that the speed slider and
// reduced motion reach all of them.
#pragma once

#include <QEasingCurve>

class QVariantAnimation;

namespace sockwalk {

class Motion {
public:
  enum class Pace { Quick = 180, Normal = 220, Slow = 250 }; // ms at speed 1

  // The speed slider: 1 is normal, 2 twice as fast; clamped to 0.1..20.
  static void setSpeed(double speed);
  static double speed();

  // Reduced motion: what the environment asks for (SOCKWALK_REDUCED_MOTION, set and not 0); what the person has chosen;
  // where they have chosen nothing, the desktop's setting (desktop_wishes.h), unless the environment says 0.
  static void setReduced(bool reduced);
  static void setDesktopReduced(bool reduced);
  static bool reduced();

  // Milliseconds; 0 means "set the end value at once".
  static int duration(Pace pace = Pace::Normal);
  static QEasingCurve curve() { return QEasingCurve(QEasingCurve::OutCubic); }

  // Gives the animation its duration and curve and starts it from where it is; with reduced motion it
  // jumps to its end value. A running animation is simply started anew: nothing ever waits for it.
  static void run(QVariantAnimation& animation, Pace pace = Pace::Normal);
};

} // namespace sockwalk
