// The functions that a packet was handed, in order: one row a stop.
#pragma once
#include "engine/tell/buffers/buffer_picture.h"
#include <functional>
#include <optional>
#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace sockwalk {

class JourneyModel final : public QAbstractListModel {
  Q_OBJECT
public:
  enum Role { EventRole = Qt::UserRole, ShapeRole, LayerRole, CurrentRole };
  explicit JourneyModel(QObject* parent = nullptr);
  // `now`: what the large picture shows, and so does the stop where the packet is. `pictureAt`: what it would show at a
  // moment, asked once for each other stop that comes into sight.
  void show(const Journal& journal, const tell::BufferJourney& journey, const tell::BufferPicture& now,
            std::function<tell::BufferPicture(EventIndex)> pictureAt);
  void clear();
  void setCover(std::function<QString(const QString&)> cover) { m_cover = std::move(cover); } // see BufferStrip
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  int current() const { return m_current; }

  // The picture of a stop in small: where a click on it leads to, and where the packet is, what is there now.
  struct Small {
    u32 data = 0, tail = 0, from = 0, to = 0; // data and tail, and the stretch that the packet ever uses
    std::vector<tell::BufferBand> bands, rangeBands;
    static Small of(const tell::BufferPicture& picture);
  };
  const Small& small(int row) const;

private:
  struct Stop {
    QString name;
    EventIndex call;
    Layer layer;
  };
  QString said(const QString& words) const { return m_cover ? m_cover(words) : words; }
  QString shape(int row) const;

  std::function<QString(const QString&)> m_cover;
  std::vector<Stop> m_stops;
  mutable std::vector<std::optional<Small>> m_small; // made when they are looked at
  Small m_now;
  std::function<tell::BufferPicture(EventIndex)> m_pictureAt;
  int m_life = -1, m_current = -1;
};

class JourneyDelegate final : public QStyledItemDelegate {
  Q_OBJECT
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sockwalk
