// A walk before a class: its stops are its calls and frames.
#pragma once
#include "app/presenter/presented.h"
#include "views/walk/walk.h"

namespace sockwalk {

class PresentedWalk final : public Presented {
  Q_OBJECT
public:
  PresentedWalk(Walk& walk, QString title, QObject* parent);
  QString title() const override { return m_title; }
  QStringList stops() const override;
  int stop() const override;
  void goTo(int stop) override;
  QString notes() const override;

private:
  Walk& m_walk;
  QString m_title;
  int m_stop = -1;
};

} // namespace sockwalk
