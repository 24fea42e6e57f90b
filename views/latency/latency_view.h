// Where the time of packets went.
#pragma once
#include "views/walk/picture_view.h"

namespace sockwalk {

class LatencyCanvas;
class RecordReader;

class LatencyView final : public PictureView {
  Q_OBJECT
public:
  explicit LatencyView(Walk& walk, QWidget* parent = nullptr);
  LatencyCanvas& canvas() { return *m_canvas; }

private:
  void opened() override;
  void refresh() override;

  RecordReader& m_reader;
  LatencyCanvas* m_canvas;
};

} // namespace sockwalk
