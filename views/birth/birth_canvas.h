// A birth, painted: the parts one under another in order of birth, and at their right the pointers from one to another. It
// rests while the walk goes on: what is still to come is dashed.
#pragma once
#include "engine/tell/birth/birth.h"
#include "engine/tell/step_changes.h"
#include "views/theme/described.h"
#include <functional>
#include <QPolygonF>
#include <QWidget>

namespace sockwalk {

class BirthCanvas final : public QWidget, public Described {
  Q_OBJECT
public:
  explicit BirthCanvas(QWidget* parent = nullptr);
  void show(const tell::Birth& birth, tell::StepRange step);
  const tell::Birth& birth() const { return m_birth; }
  void layOut(); // type or width has changed
  void setCover(std::function<QString(const QString&)> cover) { m_cover = std::move(cover); }
  struct Tie {
    QPolygonF line; // its arrow is at the last point
    QRectF label;
  };
  const std::vector<QRectF>& cards() const { return m_cards; } // as the parts
  const std::vector<Tie>& ties() const { return m_ties; }      // as the ties

signals:
  void goTo(sockwalk::EventIndex position);
  void focusWanted(quint64 address);
  void refused(const QString& why);

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent*) override { layOut(); }
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent*) override { update(); }
  void focusOutEvent(QFocusEvent*) override { update(); }
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }
  bool event(QEvent* event) override;

private:
  Description describe() const override;
  void placeTies(double cardRight);
  int partAt(QPointF at) const;
  int tieAt(QPointF at) const;
  void toPart(int part);
  void toTie(int tie);
  QString said(const QString& words) const { return m_cover ? m_cover(words) : words; }
  QString bornWords(const tell::BirthPart& part) const;
  QString membersOf(const tell::BirthTie& tie) const;
  QString wordsOf(const tell::BirthTie& tie) const;
  bool isFresh(EventIndex event) const { return event >= m_step.from && event < m_step.to; }
  void paintCard(QPainter& p, size_t part) const;
  void paintTie(QPainter& p, size_t tie) const;

  tell::Birth m_birth;
  tell::StepRange m_step;
  std::function<QString(const QString&)> m_cover;
  std::vector<QRectF> m_cards;
  std::vector<Tie> m_ties;
};

} // namespace sockwalk
