// The nesting, painted. What the step wrote is lit; a click on a value that points goes to what it points at.
#pragma once
#include "views/classes/nesting_layout.h"
#include "views/theme/picture_canvas.h"

namespace sockwalk {

class ClassesCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  explicit ClassesCanvas(QWidget* parent = nullptr);
  void setNesting(tell::Nesting nesting);
  const NestingLayout& layout() const { return m_layout; }
  // The boxes and the links of the chain, and the members with their values.
  int itemCount() const override { return static_cast<int>(m_items.size()); }
  DescribedItem item(int index) const override;

protected:
  QStringList headings() const override;
  QString summary() const override;
  QRectF rectOfItem(int index) const override;
  int itemIn(QPointF room) const override; // the innermost
  void paint(QPainter& painter) override;
  double contentHeight() const override { return m_layout.height(); }
  double leastWidth() const override;
  void layOut() override;

private:
  struct Item {
    QRectF rect;
    QString name, inside, value; // of a member: "sk_state", "struct sock", "7"
    u64 address = 0;             // where it leads
    bool written = false;
  };
  void paintPiece(QPainter& p, const NestingPiece& piece) const;
  void paintWords(QPainter& p, const NestingPiece& piece, const QFont& font, const QColor& colour,
                  Qt::Alignment side) const;

  tell::Nesting m_nesting;
  NestingLayout m_layout;
  std::vector<Item> m_items;
};

} // namespace sockwalk
