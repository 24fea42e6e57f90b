// One frame taken apart: its fields as a tree, its bytes beside them; choosing one lights the other.
#pragma once
#include "engine/base/bytes.h"
#include <QWidget>

class QSplitter;
class QTreeWidget;
class QTreeWidgetItem;

namespace sockwalk {

class FrameBytes;

class FrameDetails final : public QWidget {
  Q_OBJECT
public:
  explicit FrameDetails(QWidget* parent = nullptr);
  void setFrame(ByteView frame); // empty: nothing
  QTreeWidget* tree() { return m_tree; }
  FrameBytes* bytes() { return m_bytes; }
  // What is selected here and elsewhere; a length of 0: nothing.
  void mark(int from, int length);

signals:
  void chosen(int from, int length); // by the person

private:
  void resizeEvent(QResizeEvent* event) override; // wide and low: its bytes stand beside its fields
  void choose(QTreeWidgetItem* item);
  void chooseByte(int offset);
  void tell(QTreeWidgetItem* item);

  QTreeWidget* m_tree;
  FrameBytes* m_bytes;
  QSplitter* m_parts;
};

} // namespace sockwalk
