// The functions that a packet was handed, in order: one row a stop.
#pragma once
#include "engine/tell/buffers/buffer_journey.h"
#include <functional>
#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace sockwalk {

class JourneyModel final : public QAbstractListModel {
  Q_OBJECT
public:
  enum Role { EventRole = Qt::UserRole, ShapeRole, LayerRole, CurrentRole };
  explicit JourneyModel(QObject* parent = nullptr);
  // Bands are cut anew only when another packet, or more of its life, is shown.
  void show(const Playhead& at, const tell::BufferJourney& journey, int life);
  void clear();
  void setCover(std::function<QString(const QString&)> cover) { m_cover = std::move(cover); } // see BufferStrip
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  int current() const { return m_current; }

  // What a stop looks like in small: bands and flags, as offsets.
  struct Small {
    u32 data, tail;
    std::vector<tell::BufferBand> bands;
  };
  const Small& small(int row) const { return m_small[static_cast<size_t>(row)]; }
  u32 rangeFrom() const { return m_from; }
  u32 rangeTo() const { return m_to; }

private:
  struct Stop {
    QString name;
    EventIndex call;
    Layer layer;
    u32 data, tail;
  };
  QString said(const QString& words) const { return m_cover ? m_cover(words) : words; }

  std::function<QString(const QString&)> m_cover;
  std::vector<Stop> m_stops;
  std::vector<Small> m_small;
  int m_life = -1, m_current = -1;
  u32 m_from = 0, m_to = 0;
};

class JourneyDelegate final : public QStyledItemDelegate {
  Q_OBJECT
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sockwalk
