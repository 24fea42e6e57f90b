#pragma once
// A value, or the reason why there is none.
//
//   Result<CaptureFile> opened = CaptureFile::open(path);
//   if (!opened)
//     return opened.error();          // an Error converts to any Result<...>
//   use(*opened);
//
// An Error is meant for a person: it names the file (and line, or frame) and says what was expected.
// It never stands for a packet that the simulated stack drops; those are events of the journal.
#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace sockwalk {

struct Error {
  std::string message; // may hold several lines, the later ones being commands to type; no newline at the end
};

template <class T> class [[nodiscard]] Result {
public:
  Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return m_state.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return checked(); }
  const T& value() const& { return const_cast<Result*>(this)->checked(); }
  T&& value() && { return std::move(checked()); }
  T& operator*() & { return checked(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(checked()); }
  T* operator->() { return &checked(); }
  const T* operator->() const { return &value(); }

  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&m_state);
  }

private:
  T& checked() {
    assert(ok());
    return *std::get_if<0>(&m_state);
  }
  std::variant<T, Error> m_state;
};

template <> class [[nodiscard]] Result<void> {
public:
  Result() = default;
  Result(Error error) : m_error(std::move(error)) {}

  bool ok() const { return !m_error; }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    assert(m_error);
    return *m_error;
  }

private:
  std::optional<Error> m_error;
};

} // namespace sockwalk
