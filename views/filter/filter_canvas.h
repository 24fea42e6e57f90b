// The filters, painted. A click on an instruction that ran goes to where it did.
#pragma once
#include "views/filter/filter_layout.h"
#include "views/theme/picture_canvas.h"

namespace sockwalk {

class FilterCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  explicit FilterCanvas(QWidget* parent = nullptr);
  void show(std::vector<FilterPicture> filters);
  const std::vector<FilterPicture>& filters() const { return m_filters; }
  const FilterLayout& layout() const { return m_layout; }
  int itemCount() const override { return static_cast<int>(m_items.size()); }
  DescribedItem item(int index) const override;
  int itemHere() const override; // the instruction that has just run

protected:
  QStringList headings() const override;
  QString summary() const override;
  QRectF rectOfItem(int index) const override;
  QString tipAt(QPointF room, int item) const override;
  void paint(QPainter& painter) override;
  double contentHeight() const override { return m_layout.height(); }
  double leastWidth() const override { return FilterLayout::leastWidth(m_filters); }
  void layOut() override;

private:
  enum class Part { Program, Instruction, A, X, Word, Bytes };
  struct Item {
    size_t filter;
    Part part;
    u32 index = 0; // of an instruction, a word, a row of bytes
  };
  struct Read { // of one byte
    bool ever = false, now = false;
  };
  const tell::FilterTold& toldOf(const Item& item) const { return m_filters[item.filter].told; }
  const FilterBlock& blockOf(const Item& item) const { return m_layout.blocks()[item.filter]; }
  static Read readOf(const tell::FilterTold& told, u32 byte);
  QString wordOf(const tell::FilterTold& told, u32 index) const; // what M[index] is; nothing: it was not written
  QStringList cellsOf(const Item& item) const;
  QString bytesOf(const Item& item) const; // "08 06 00 01"
  QString readBy(const Item& item) const;  // "read by (000): bytes 12 to 13"
  static QString packetTitle(const FilterPicture& filter);

  void paintProgram(QPainter& p, size_t filter) const;
  void paintInstruction(QPainter& p, const FilterBlock& block, const tell::FilterTold& told, size_t index) const;
  void paintRegister(QPainter& p, const QRectF& box, const QString& name, const QString& value, const QString& more,
                     bool known) const;
  void paintBytes(QPainter& p, const FilterPicture& filter, const FilterBytes& row) const;

  std::vector<FilterPicture> m_filters;
  FilterLayout m_layout;
  std::vector<Item> m_items;
};

} // namespace sockwalk
