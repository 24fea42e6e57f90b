#include "app/rescue.h"
#include "app/banner.h"
#include <QDateTime>
#include <QFileInfo>
#include <QLocale>

namespace sockwalk {

Rescue::Rescue(Banner& banner, std::function<bool(KeptFile&)> open, QObject* parent)
    : QObject(parent), m_banner(banner), m_open(std::move(open)) {}

bool Rescue::look() {
  m_left = filesOfTheDead();
  offerNext();
  return !m_left.empty();
}

void Rescue::offerNext() {
  if (m_left.empty()) return m_banner.hide();
  const QDateTime when = QFileInfo(m_left.front().path).lastModified();
  const bool today = when.date() == QDate::currentDate();
  const QString time = today ? when.toString("HH:mm") : QLocale().toString(when, QLocale::ShortFormat);
  QString words = tr("Sockwalk ended unexpectedly; your session of %1 can be opened again.").arg(time);
  if (m_left.size() > 1) words += " " + tr("%n more after it.", nullptr, int(m_left.size()) - 1);
  const auto decided = [this](bool done) {
    if (!done) return;
    m_left.erase(m_left.begin());
    offerNext();
  };
  m_banner.ask(words, {{tr("&Open it"), [this, decided] { decided(m_open(m_left.front())); }},
                       {tr("&Forget it"), [this, decided] { forget(m_left.front()), decided(true); }}});
}

} // namespace sockwalk
