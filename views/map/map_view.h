// The map of the network stack, for the system call or frame that the walk is in.
#pragma once
#include "engine/tell/map/stack_map.h"
#include "views/walk/picture_view.h"

namespace sockwalk {

class MapCanvas;

class MapView final : public PictureView {
  Q_OBJECT
public:
  explicit MapView(Walk& walk, QWidget* parent = nullptr);
  MapCanvas& canvas() { return *m_canvas; }

private:
  void opened() override;
  void recorded() override { m_reader.forget(); }
  void refresh() override;

  tell::MapReader m_reader;
  MapCanvas* m_canvas;
};

} // namespace sockwalk
