// The rows that a person asked for: by a part of the member's name (sk_state finds skc_state, as the kernel's source
// does), or only what changed, or what is not zero.
#pragma once
#include <QSortFilterProxyModel>

namespace sockwalk {

class StructureFilter final : public QSortFilterProxyModel {
  Q_OBJECT
public:
  explicit StructureFilter(QObject* parent = nullptr);
  // "" for all; "changed" and "not zero" (and "notzero", "!0") are words of their own.
  void setText(const QString& text);
  bool filtering() const { return m_mode != All; }

protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
  bool isNamed(const QModelIndex& row) const;
  enum Mode { All, Name, Changed, NotZero } m_mode = All;
  QString m_text;
};

} // namespace sockwalk
