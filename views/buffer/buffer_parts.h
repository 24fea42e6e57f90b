// What belongs to a packet besides its linear bytes, drawn: the shared info behind `end` with the pages it points at, the
// sk_buffs that hang on frag_list, and every other sk_buff over the same bytes with its own data and tail, on the scale of
// the strip above it. A click on an sk_buff chooses it.
#pragma once
#include "engine/tell/buffers/buffer_picture.h"
#include "views/buffer/offset_scale.h"
#include "views/theme/described.h"
#include <functional>
#include <QWidget>

namespace sockwalk {

class BufferParts final : public QWidget, public Described {
  Q_OBJECT
public:
  explicit BufferParts(QWidget* parent = nullptr);
  void show(const tell::BufferPicture& picture); // hidden if there is nothing
  static constexpr int AllRows = 5;
  void setMostRows(int rows); // where there is little height the rest is counted
  int heightFor(int mostRows) const;
  void setCover(std::function<QString(const QString&)> cover) { m_cover = std::move(cover); } // see BufferStrip
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

  enum class Kind { SharedInfo, Page, Part, Sharer, More };
  struct Box {
    Kind kind;
    QRectF place;
    QString name, words;     // "page #3", "1448 bytes at 0"
    quint64 address = 0;     // of an sk_buff
    double from = 0, to = 0; // of a sharer: px of its data and tail
  };
  const std::vector<Box>& boxes() const; // as they stand now

signals:
  void chosen(quint64 address);

protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent*) override { update(); }
  void focusOutEvent(QFocusEvent*) override { update(); }
  void resizeEvent(QResizeEvent*) override { forget(); }
  void changeEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }

private:
  Description describe() const override;
  QString said(const QString& words) const { return m_cover ? m_cover(words) : words; }
  int rows(int most) const;
  int sharedRows(int most) const; // of the shared info and frag_list
  size_t shownSharers(int most) const;
  double rowHeight() const;
  QRectF row(int index) const;
  void forget();
  void layOutShared() const;
  void layOutChain(const QRectF& place, std::vector<Box> chain) const;
  void layOutSharers() const;
  void paintBox(QPainter& p, const Box& box, const Box* before) const;
  void paintSharer(QPainter& p, const Box& box) const;
  QString sharedWords() const;

  tell::BufferPicture m_picture;
  std::function<QString(const QString&)> m_cover;
  int m_most = AllRows;
  mutable std::vector<Box> m_boxes;
  mutable bool m_laidOut = false;
};

} // namespace sockwalk
