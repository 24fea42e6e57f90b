// Where the cards of a family lie, and along which lines they hang together, in px from the top left of the picture. Time
// flows down: what came of a packet stands below it.
#pragma once
#include "views/family/family_tree.h"
#include <QPolygonF>
#include <QRectF>
#include <QString>

namespace sockwalk {

struct FamilyLine {
  QPolygonF points;    // its arrow is at the last one
  int edge = -1;       // of the family
  bool across = false; // it leads from one branch into another, behind what lies between
};
struct FamilyLabel {
  QRectF rect;
  QString words; // "segment · skb_segment()"
};

class FamilyLayout {
public:
  FamilyLayout() = default;
  FamilyLayout(const tell::BufferFamily& family, FamilyTree tree, double width);
  const FamilyTree& tree() const { return m_tree; }
  const std::vector<QRectF>& cards() const { return m_cards; } // as in tree().cards()
  QRectF plinth(int card) const;                               // on which it stands: its data area
  const std::vector<FamilyLine>& lines() const { return m_lines; }
  const std::vector<FamilyLabel>& labels() const { return m_labels; }
  QSizeF size() const { return m_size; }
  int cardAt(QPointF at) const; // -1: none

private:
  struct Row {
    size_t first, end; // of the group's shelves
    double width, height;
  };
  struct Measured {
    QSizeF shelf, whole;
    std::vector<std::vector<Row>> rows; // by group
  };
  double cardWidth(int card) const;
  double gapBefore(const tell::BufferFamily& family, const FamilyShelf& shelf, size_t card) const;
  void measure(const tell::BufferFamily& family, int shelf);
  std::vector<Row> rowsOf(const tell::BufferFamily& family, const FamilyGroup& group);
  QSizeF sizeOf(const std::vector<Row>& rows) const;
  void place(const tell::BufferFamily& family, int shelf, QPointF at);
  void placeGroup(const tell::BufferFamily& family, const FamilyGroup& group, const std::vector<Row>& rows, QPointF at,
                  QPointF trunk, double bus);
  void tie(const tell::BufferFamily& family, const FamilyGroup& group, int shelf, QPolygonF way, bool first);
  void addClones(const tell::BufferFamily& family, const FamilyShelf& shelf);
  void addAcross(const tell::BufferFamily& family);
  void addLabel(const tell::FamilyEdge& edge, QRectF room);

  FamilyTree m_tree;
  double m_width = 0;
  std::vector<Measured> m_measured;
  std::vector<QRectF> m_cards;
  std::vector<FamilyLine> m_lines;
  std::vector<FamilyLabel> m_labels;
  QSizeF m_size;
};

} // namespace sockwalk
