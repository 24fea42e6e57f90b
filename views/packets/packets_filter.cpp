#include "views/packets/packets_filter.h"
#include "views/packets/packets_model.h"

namespace sockwalk {

void PacketsFilter::setWords(const QString& text) {
  m_words = text.toLower().split(' ', Qt::SkipEmptyParts);
  invalidateFilter();
}

bool PacketsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  if (m_words.isEmpty()) return true;
  const auto* model = sourceModel();
  const auto cell = [&](int column, int role = Qt::DisplayRole) {
    return model->data(model->index(row, column, parent), role);
  };
  QString haystack;
  for (const QString& word : m_words) {
    if (word == QLatin1String("in") || word == QLatin1String("out")) {
      if (cell(0, PacketsModel::InRole).toBool() != (word == QLatin1String("in"))) return false;
      continue;
    }
    if (word == QLatin1String("dropped") || word == QLatin1String("drop")) {
      if (!cell(0, PacketsModel::DroppedRole).toBool()) return false;
      continue;
    }
    if (haystack.isEmpty())
      for (int c : {PacketsModel::Number, PacketsModel::Interface, PacketsModel::Protocol, PacketsModel::Source,
                    PacketsModel::Destination, PacketsModel::Info})
        haystack += cell(c).toString().toLower() + ' ';
    if (!haystack.contains(word)) return false;
  }
  return true;
}

} // namespace sockwalk
