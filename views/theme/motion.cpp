#include "views/theme/motion.h"

#include <QVariantAnimation>

#include <algorithm>

namespace sockwalk {
namespace {

double g_speed = 1.0;
bool g_reduced = false;

bool reducedByEnvironment() {
  return qEnvironmentVariableIsSet("SOCKWALK_REDUCED_MOTION") && qgetenv("SOCKWALK_REDUCED_MOTION") != "0";
}

} // namespace

void Motion::setSpeed(double speed) { g_speed = std::clamp(speed, 0.1, 20.0); }
double Motion::speed() { return g_speed; }
void Motion::setReduced(bool reduced) { g_reduced = reduced; }
bool Motion::reduced() { return g_reduced || reducedByEnvironment(); }

int Motion::duration(Pace pace) { return reduced() ? 0 : std::max(1, qRound(static_cast<int>(pace) / g_speed)); }

void Motion::run(QVariantAnimation& animation, Pace pace) {
  animation.stop();
  animation.setDuration(duration(pace));
  animation.setEasingCurve(curve());
  // A duration of 0 makes Qt set the end value and finish within start().
  animation.start();
}

} // namespace sockwalk
