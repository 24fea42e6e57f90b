// The filters of sockets at the moment, and what the latest run of each has come to.
#pragma once
#include "engine/tell/live_objects.h"
#include "views/filter/filter_layout.h"
#include "views/walk/picture_view.h"
#include <map>

namespace sockwalk {

class FilterCanvas;

class FilterView final : public PictureView {
  Q_OBJECT
public:
  explicit FilterView(Walk& walk, QWidget* parent = nullptr);
  FilterCanvas& canvas() { return *m_canvas; }

private:
  void opened() override;
  void refresh() override;
  const std::vector<u8>& packetOf(const tell::FilterTold& told);

  tell::LiveObjects m_live;
  FilterCanvas* m_canvas;
  struct Packet {
    EventIndex begun = NoEvent;
    std::vector<u8> bytes;
  };
  std::map<u64, Packet> m_packets; // by the program's address, of its latest run that was drawn
};

} // namespace sockwalk
