// The call stack as one line of names, outermost left; the innermost always shows, what does not fit is behind "...".
#pragma once
#include "engine/tell/source/source_frames.h"
#include "views/theme/described.h"
#include <QRect>
#include <QWidget>

namespace sockwalk {

class FrameStrip final : public QWidget, public Described {
  Q_OBJECT
public:
  explicit FrameStrip(QWidget* parent = nullptr);
  void setFrames(std::vector<tell::SourceFrame> frames); // the innermost is chosen
  int chosen() const { return m_chosen; }
  void choose(int frame); // clamped
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {40, sizeHint().height()}; }

signals:
  void chosenChanged(int frame);

protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  bool event(QEvent*) override;
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }

private:
  struct Chip {
    int frame;
    QRect rect;
  }; // frame -1: the ones that do not fit
  std::vector<Chip> chips() const;
  const Chip* chipAt(const std::vector<Chip>& all, QPoint at) const;
  void openRest(QPoint at);
  Description describe() const override;

  std::vector<tell::SourceFrame> m_frames;
  int m_chosen = -1;
};

} // namespace sockwalk
