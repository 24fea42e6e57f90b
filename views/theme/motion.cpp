#include "views/theme/motion.h"

#include <QVariantAnimation>

#include <algorithm>
#include <optional>

namespace sockwalk {
namespace {

double g_speed = 1.0;
std::optional<bool> g_reduced; // the person's choice
bool g_desktopReduced = false;

} // namespace

void Motion::setSpeed(double speed) { g_speed = std::clamp(speed, 0.1, 20.0); }
double Motion::speed() { return g_speed; }
void Motion::setReduced(bool reduced) { g_reduced = reduced; }
void Motion::setDesktopReduced(bool reduced) { g_desktopReduced = reduced; }
bool Motion::reduced() {
  const QByteArray said = qgetenv("SOCKWALK_REDUCED_MOTION");
  if (!said.isEmpty() && said != "0") return true;
  return g_reduced.value_or(g_desktopReduced && said.isEmpty());
}

int Motion::duration(Pace pace) { return reduced() ? 0 : std::max(1, qRound(static_cast<int>(pace) / g_speed)); }

void Motion::run(QVariantAnimation& animation, Pace pace) {
  animation.stop();
  animation.setDuration(duration(pace));
  animation.setEasingCurve(curve());
  // A duration of 0 makes Qt set the end value and finish within start().
  animation.start();
}

} // namespace sockwalk
