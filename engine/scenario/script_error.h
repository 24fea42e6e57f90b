// Why a script or a console line could not be read: an Error that also knows the place.
#pragma once

#include "engine/base/result.h"
#include "engine/scenario/script.h"

namespace sockwalk::scenario {

/// `message` (of Error) is complete for a person: "FILE:LINE:COLUMN: what is wrong, what was expected".
/// Being an Error, it can be returned as any Result<T>.
struct ScriptError : Error {
  std::string file;
  Position position;
  std::string what; ///< the message without the place

  ScriptError(std::string file_, Position position_, std::string what_)
      : file(std::move(file_)), position(position_), what(std::move(what_)) {
    message = (file.empty() ? "" : file + ":") + std::to_string(position.line) + ":" + std::to_string(position.column) +
              ": " + what;
  }
};

/// A Result<T> whose error also knows the place.
template <class T> class [[nodiscard]] ScriptResult : public Result<T> {
public:
  ScriptResult(T value) : Result<T>(std::move(value)) {}
  ScriptResult(ScriptError error) : Result<T>(static_cast<const Error&>(error)), m_error(std::move(error)) {}
  const ScriptError& error() const { return *m_error; }

private:
  std::optional<ScriptError> m_error;
};

} // namespace sockwalk::scenario
