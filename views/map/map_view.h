// The map of the network stack, for the system call or frame that the walk is in.
#pragma once
#include "engine/tell/map/stack_map.h"
#include "views/walk/view.h"

class QLabel;

namespace sockwalk {

class MapCanvas;

class MapView final : public View {
  Q_OBJECT
public:
  explicit MapView(Walk& walk, QWidget* parent = nullptr);
  MapCanvas& canvas() { return *m_canvas; }

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void recorded() override { m_reader.forget(); }
  void restyled() override { draw(); }
  void draw();

  tell::MapReader m_reader;
  QLabel* m_title;
  MapCanvas* m_canvas;
};

} // namespace sockwalk
