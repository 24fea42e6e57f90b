// The sequence diagram: of the system call or frame, or of the whole walk; its layers folded as the person likes.
#pragma once
#include "engine/tell/sequence/sequence.h"
#include "views/walk/picture_view.h"

class QToolButton;

namespace sockwalk {

class SequenceCanvas;

class SequenceView final : public PictureView {
  Q_OBJECT
public:
  explicit SequenceView(Walk& walk, QWidget* parent = nullptr);
  SequenceCanvas& canvas() { return *m_canvas; }
  void fold(tell::SequenceLane lane); // or back
  void showWhole(bool whole);
  bool whole() const { return m_wish.whole; }

private:
  void opened() override;
  void recorded() override;
  void refresh() override; // if what is shown is not that of the moment
  void readAnew();
  void showState();
  void buildLayers(class QMenu* menu);

  tell::Hosts m_hosts;
  tell::SequenceWish m_wish;
  int m_stimulus = -2; // that is shown
  EventIndex m_read = 0;
  QToolButton *m_call, *m_whole, *m_layers;
  SequenceCanvas* m_canvas;
};

} // namespace sockwalk
