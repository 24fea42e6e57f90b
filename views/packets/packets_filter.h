// Which packets are listed, and in which rows. What is typed is evaluated a slice at a time between other events, so that no
// key waits, however long the list is; rows appear as they are found.
#pragma once
#include "engine/tell/packets/packet_filter.h"
#include <QAbstractProxyModel>
#include <QTimer>

namespace sockwalk {

class PacketsModel;

class PacketsFilter final : public QAbstractProxyModel {
  Q_OBJECT
public:
  PacketsFilter(PacketsModel& model, QObject* parent = nullptr);
  void setText(const QString& text);
  const tell::PacketFilter& filter() const { return m_filter; }
  bool looking() const { return m_slices.isActive(); } // there are packets that were not looked at yet
  std::vector<int> fitting() const;                    // rows of the source, of all packets and as they are now

  QModelIndex mapToSource(const QModelIndex& index) const override;
  QModelIndex mapFromSource(const QModelIndex& index) const override;
  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex&) const override { return {}; }
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;

signals:
  void listed(); // the rows are others, or all packets have been looked at

private:
  void begin(); // anew, from the first packet
  void slice();
  void publish();
  void forget();
  void sourceChanged(const QModelIndex& first, const QModelIndex& last);

  PacketsModel& m_model;
  tell::PacketFilter m_filter;
  std::vector<int> m_rows; // of the source; ascending
  bool m_stale = false;    // m_rows are those of another text
  QTimer m_slices, m_settled;
};

} // namespace sockwalk
