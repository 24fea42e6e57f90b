// Where the time of packets went.
#pragma once
#include "views/walk/view.h"

class QStackedWidget;

namespace sockwalk {

class EmptyPage;
class LatencyCanvas;
class RecordReader;

class LatencyView final : public View {
  Q_OBJECT
public:
  explicit LatencyView(Walk& walk, QWidget* parent = nullptr);
  LatencyCanvas& canvas() { return *m_canvas; }

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void restyled() override;
  void refresh();

  RecordReader& m_reader;
  QStackedWidget* m_pages;
  EmptyPage* m_empty;
  LatencyCanvas* m_canvas;
};

} // namespace sockwalk
