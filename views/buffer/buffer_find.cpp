#include "views/buffer/buffer_view.h"
#include "views/buffer/bytes_pane.h"
#include "views/theme/find_bar.h"
#include <algorithm>
#include <optional>
#include <QRegularExpression>
#include <QTreeWidget>

namespace sockwalk {

namespace {

// "45 00", "45:00:00:54"; or a text in quotation marks, by its letters.
std::optional<QByteArray> bytesIn(const QString& text) {
  static const QRegularExpression pairs(R"(^[0-9a-fA-F]{2}([\s:]*[0-9a-fA-F]{2})+$)");
  if (text.size() > 2 && text.startsWith('"') && text.endsWith('"')) return text.mid(1, text.size() - 2).toUtf8();
  if (!pairs.match(text).hasMatch()) return std::nullopt;
  return QByteArray::fromHex(text.toLatin1().replace(':', ' '));
}

} // namespace

std::vector<QTreeWidgetItem*> BufferView::allFields() const {
  std::vector<QTreeWidgetItem*> out;
  for (QTreeWidgetItemIterator item(m_fields); *item; ++item) out.push_back(*item);
  return out;
}

// Names and values of the fields first; then the bytes.
void BufferView::buildFind() {
  const auto fields = searchOf({[this] { return int(allFields().size()); },
                                [this](int i) {
                                  const QTreeWidgetItem* item = allFields()[size_t(i)];
                                  return item->text(0) + ' ' + item->text(1);
                                },
                                [this] {
                                  const auto all = allFields();
                                  return int(std::ranges::find(all, m_fields->currentItem()) - all.begin());
                                },
                                [this](int i) {
                                  if (i < 0) return;
                                  QTreeWidgetItem* item = allFields()[size_t(i)];
                                  m_fields->setCurrentItem(item);
                                  m_fields->scrollToItem(item);
                                }});
  m_find = new FindBar(this, tr("A field, its value, or bytes: 45 00"), [this, fields](const QString& text, int way) {
    const FindBar::Found found = fields(text, way);
    return found.count ? found : findBytes(text, way);
  });
}

FindBar::Found BufferView::findBytes(const QString& text, int direction) {
  const auto wanted = bytesIn(text);
  const QByteArray all(reinterpret_cast<const char*>(m_picture.bytes.data()), qsizetype(m_picture.bytes.size()));
  std::vector<qsizetype> places;
  if (wanted)
    for (qsizetype at = all.indexOf(*wanted); at >= 0; at = all.indexOf(*wanted, at + 1)) places.push_back(at);
  if (places.empty()) {
    m_foundByte = -1;
    lightItem(m_fields->currentItem());
    return {};
  }
  auto at =
      direction > 0 ? std::ranges::upper_bound(places, m_foundByte) : std::ranges::lower_bound(places, m_foundByte);
  if (direction < 0) at = at == places.begin() ? std::prev(places.end()) : std::prev(at);
  else if (at == places.end()) at = places.begin();
  m_foundByte = *at;
  light(int(*at), int(*at + wanted->size()), true);
  return {int(at - places.begin()) + 1, int(places.size())};
}

bool BufferView::find() {
  if (!m_picture.present) return false;
  if (m_isBeside) setBeside(false); // what is looked through stands there
  m_find->open();
  return true;
}

} // namespace sockwalk
