#include "engine/tell/messages.h"

namespace sockwalk::tell {

static TranslateMessage& chosen() {
  static TranslateMessage translate;
  return translate;
}

void speakMessages(TranslateMessage translate) { chosen() = std::move(translate); }
std::string spokenMessage(const std::string& english) { return chosen() ? chosen()(english) : english; }

} // namespace sockwalk::tell
