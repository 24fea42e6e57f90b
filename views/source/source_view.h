// The engine's own source at the running line: this is the code that runs. Above it the open calls, of which any can be
// looked at, and what the function leaves out, compared with the kernel's.
#pragma once
#include "engine/tell/source/source_frames.h"
#include "views/walk/view.h"

class QLabel;
class QFrame;
class QStackedWidget;

namespace sockwalk {

class ElidedLabel;
class FindBar;
class FrameStrip;
class CodePane;

class SourceView final : public View {
  Q_OBJECT
public:
  explicit SourceView(Walk& walk, QWidget* parent = nullptr);
  const CodePane& code() const { return *m_code; }
  FrameStrip& strip() { return *m_strip; }
  FindBar* findBar() { return m_find; }
  bool find() override;

protected:
  void resizeEvent(QResizeEvent*) override;

private:
  void opened() override { refresh(); }
  void moved(EventIndex from, EventIndex position, bool jump) override;
  void restyled() override { restyle(); }
  void showSelection();
  void showMark(); // the line that a lesson points at
  void showPath(const QString& file, int line);
  void showLine(const QString& file, int line); // that is selected, or pointed at
  void buildHeading();
  void showSimplified();
  void refresh();
  void showFrame(int frame);
  void restyle();

  ElidedLabel *m_path, *m_about;
  QLabel *m_simplified, *m_empty;
  QFrame* m_callout;
  FrameStrip* m_strip;
  FindBar* m_find;
  CodePane* m_code;
  QStackedWidget* m_pages;
  std::vector<tell::SourceFrame> m_frames;
  int m_chosen = -1;
  bool m_marks = false;
};

} // namespace sockwalk
