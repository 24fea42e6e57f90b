// The packet's buffer, drawn twice: the whole allocation to scale, and the packet's own stretch magnified,
// with its header bands, the flags of data and tail, and the header marks. Flags glide when a step moves
// them.
#pragma once
#include "engine/tell/buffers/buffer_picture.h"
#include "views/buffer/offset_scale.h"
#include "views/theme/described.h"
#include <functional>
#include <QVariantAnimation>
#include <QWidget>

namespace sockwalk {

class LabelRows;

class BufferStrip final : public QWidget, public Described {
  Q_OBJECT
public:
  explicit BufferStrip(QWidget* parent = nullptr);
  // `glide`: move the flags from where they are now.
  void show(const tell::BufferPicture& picture, bool glide);
  void setTight(bool tight); // there is little height: no title, and what is pulled is told by its colour alone
  // How words are said: a lesson may cover a number in them.
  void setCover(std::function<QString(const QString&)> cover) { m_cover = std::move(cover); }
  void highlight(int from, int to);           // bytes from head; from < 0: none
  double drawnData() const { return m_data; } // where the flags are now, in bytes from head
  double drawnTail() const { return m_tail; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

signals:
  void hovered(int from, int to); // the band under the mouse; (-1, -1): none
  void clicked(int offset);

protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent*) override { update(); }
  void focusOutEvent(QFocusEvent*) override;
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }

private:
  // ---- buffer_words.cpp
  Description describe() const override;
  void showItem(int item) override;
  void describeRegions(Description& out) const;
  void describePointers(Description& out) const;
  DescribedItem region(const QString& name, u32 from, u32 to, const QString& state, const QRectF& place) const;
  DescribedItem pointer(const QString& name, qint64 offset, const QRectF& place) const;
  OffsetScale scale() const;
  double flagX(const OffsetScale& scale, double offset) const;
  QRectF foreign() const; // what lies outside, where a pointer stands there
  QString foreignWords() const;
  QString allocationTitle() const;
  double textHeight() const;
  double titleHeight() const;
  double stripTop() const;
  double stripHeight() const;
  QRectF strip() const;
  QRectF allocation() const;
  void paintAllocation(QPainter& p) const;
  void paintFunnel(QPainter& p, const OffsetScale& x) const;
  void paintBands(QPainter& p, const OffsetScale& x) const;
  void paintBand(QPainter& p, const tell::BufferBand& band, const QRectF& place) const;
  void paintInPart(QPainter& p, const OffsetScale& x) const;
  void paintForeignMemory(QPainter& p) const;
  void paintLight(QPainter& p, const OffsetScale& x) const;
  void paintChecksum(QPainter& p, const OffsetScale& x) const;
  // ---- strip_labels.cpp
  struct FlagColors {
    QColor fill, text;
  };
  QRectF flagRow() const;
  void paintAbove(QPainter& p, const OffsetScale& x) const;
  void paintFlag(QPainter& p, double at, const QRectF& flag, const QString& words, const FlagColors& colors) const;
  void paintArrow(QPainter& p, const OffsetScale& x, LabelRows& used) const;
  void paintMarks(QPainter& p, const OffsetScale& x) const;
  void paintLength(QPainter& p, const OffsetScale& x, LabelRows& used) const;

  QString said(const QString& words) const { return m_cover ? m_cover(words) : words; }

  tell::BufferPicture m_picture;
  std::function<QString(const QString&)> m_cover;
  QVariantAnimation m_glide;
  bool m_tight = false;
  double m_fromData = 0, m_fromTail = 0, m_data = 0, m_tail = 0; // offsets as drawn
  int m_litFrom = -1, m_litTo = -1;
};

} // namespace sockwalk
