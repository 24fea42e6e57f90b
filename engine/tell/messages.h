// Errors, as a person reads them. They are put together below tell, in English, with what was found in them; in another
// language the message is read again by the patterns in which it may have been put together.
#pragma once
#include <functional>
#include <string>

namespace sockwalk::tell {

using TranslateMessage = std::function<std::string(const std::string&)>;
void speakMessages(TranslateMessage translate);
std::string spokenMessage(const std::string& english);

} // namespace sockwalk::tell
