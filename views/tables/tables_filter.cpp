#include "views/tables/tables_filter.h"
#include "views/tables/tables_model.h"

namespace sockwalk {

void TablesFilter::setWords(const QString& text) {
  m_words = text.toLower().split(' ', Qt::SkipEmptyParts);
  invalidateFilter();
}

bool TablesFilter::accepts(const QModelIndex& entry) const {
  const QString all = entry.data(TablesModel::WordsRole).toString().toLower();
  return std::all_of(m_words.begin(), m_words.end(), [&](auto& word) { return all.contains(word); });
}

// A table stays while one of its entries does; the socket under a port's bucket is found by the port as well, for
// its own key has it.
bool TablesFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  if (m_words.isEmpty()) return true;
  const QModelIndex index = sourceModel()->index(row, 0, parent);
  if (parent.isValid()) return accepts(index);
  for (int r = 0; r < sourceModel()->rowCount(index); ++r)
    if (accepts(sourceModel()->index(r, 0, index))) return true;
  return false;
}

int TablesFilter::entries() const {
  int n = 0;
  for (int t = 0; t < rowCount(); ++t) n += rowCount(index(t, 0));
  return n;
}

} // namespace sockwalk
