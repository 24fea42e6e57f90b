// What a program that ended unexpectedly has left is offered in a banner, one session after the other.
#pragma once
#include "app/autosave.h"

namespace sockwalk {

class Banner;

class Rescue final : public QObject {
  Q_OBJECT
public:
  // `open` takes the file if it can be opened, and says so; otherwise the file stays for the next start.
  Rescue(Banner& banner, std::function<bool(KeptFile&)> open, QObject* parent = nullptr);
  bool look(); // true if there is something to offer

private:
  void offerNext();

  Banner& m_banner;
  std::function<bool(KeptFile&)> m_open;
  std::vector<KeptFile> m_left; // the one that is offered first
};

} // namespace sockwalk
