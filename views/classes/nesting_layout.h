// Where the boxes, names and values of a nesting lie, in px from the top left of the picture.
#pragma once
#include "engine/base/layer.h"
#include "engine/tell/classes/nesting.h"
#include <QPolygonF>
#include <QRectF>
#include <QString>
#include <vector>

namespace sockwalk {

struct NestingPiece {
  enum Kind : u8 { Box, Title, Range, Group, Name, Value, Chain, ChainDetail, Note } kind;
  QRectF rect;
  QString text;
  Layer layer = Layer::Socket;
  u64 address = 0;      // where a click leads: an object
  bool written = false; // by the step
  int depth = 0;
};
struct NestingArrow {
  QPolygonF line; // along which it is drawn
  QString name;   // the member that points
  QPointF at;     // the middle of the name
};

class NestingLayout {
public:
  NestingLayout() = default;
  NestingLayout(const tell::Nesting& nesting, double width);
  const std::vector<NestingPiece>& pieces() const { return m_pieces; }
  const std::vector<NestingArrow>& arrows() const { return m_arrows; }
  double height() const { return m_height; }

private:
  void putLink(const tell::ChainLink& link, const QRectF& box);
  void tieAcross(const QRectF& left, const QRectF& right, const QString& member);
  void tieDown(const QRectF& above, const QRectF& below, const QString& member);
  double putChain(const std::vector<tell::ChainLink>& chain, double width);
  double putNotes(const tell::Nesting& nesting, QPointF at, double width);
  double putObject(const tell::NestedObject& object, QPointF at, double width);
  double putBox(const tell::NestedBox& box, const QString& note, QPointF at, double width, int depth, u64 address);
  double putGroup(const tell::NestedGroup& group, QPointF at, double width);
  void tie(const tell::Nesting& nesting);
  QRectF rectOf(const QString& member) const; // of the name and value of a member

  std::vector<NestingPiece> m_pieces;
  std::vector<NestingArrow> m_arrows;
  double m_height = 0;
};

} // namespace sockwalk
