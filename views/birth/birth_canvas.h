// A birth, painted: the parts one under another in order of birth, and at their right the pointers from one to another. It
// rests while the walk goes on: what is still to come is dashed.
#pragma once
#include "engine/tell/birth/birth.h"
#include "engine/tell/step_changes.h"
#include "views/theme/picture_canvas.h"
#include <QPolygonF>

namespace sockwalk {

class BirthCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  explicit BirthCanvas(QWidget* parent = nullptr);
  void show(const tell::Birth& birth, tell::StepRange step);
  const tell::Birth& birth() const { return m_birth; }
  struct Tie {
    QPolygonF line; // its arrow is at the last point
    QRectF label;
  };
  // px of what is scrolled
  const std::vector<QRectF>& cards() const { return m_cards; } // as the parts
  const std::vector<Tie>& ties() const { return m_ties; }      // as the ties

  int itemCount() const override {
    return static_cast<int>(m_cards.size() + m_ties.size());
  } // the parts, then the ties
  DescribedItem item(int index) const override;
  int itemHere() const override; // what the moment's step has made

signals:
  void refused(const QString& why);

protected:
  QStringList headings() const override;
  QRectF rectOfItem(int index) const override;
  QString tipAt(QPointF room, int index) const override;
  void paint(QPainter& painter) override;
  double contentHeight() const override { return m_height; }
  double leastWidth() const override;
  void layOut() override;

private:
  bool isPart(int index) const { return index < static_cast<int>(m_cards.size()); }
  const tell::BirthTie& tieOf(int index) const { return m_birth.ties[size_t(index) - m_cards.size()]; }
  void placeTies(double cardRight);
  void toPart(int part);
  bool isFresh(EventIndex event) const { return event >= m_step.from && event < m_step.to; }
  void paintCard(QPainter& p, size_t part) const;
  void paintTie(QPainter& p, size_t tie) const;

  tell::Birth m_birth;
  tell::StepRange m_step;
  std::vector<QRectF> m_cards;
  std::vector<Tie> m_ties;
  double m_height = 0;
};

} // namespace sockwalk
