// The heat of an object's cache lines: a bar and a number for each line of 64 bytes, and who wrote it most. Over the whole
// walk, up to the playhead, or in its system call or frame.
#pragma once
#include "engine/tell/structures/heat.h"
#include <QTimer>
#include <QWidget>

class QComboBox;
class QTreeView;

namespace sockwalk {

class ElidedLabel;
class HeatModel;
class Walk;

class HeatPane final : public QWidget {
  Q_OBJECT
public:
  explicit HeatPane(Walk& walk, QWidget* parent = nullptr);
  HeatModel* model() const { return m_model; }
  QTreeView* table() const { return m_table; }
  QComboBox* stretch() const { return m_stretch; }
  bool reading() const { return m_later.isActive(); } // a long record, bit by bit
  // Reads nothing while nobody sees it.
  void show(const tell::StructureSubject& subject);
  void clear();
  void restyle();

signals:
  void lineChosen(quint32 offset); // of its first byte, from the subject's base

protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  QWidget* buildHead();
  void fill();
  void showHeat(bool whole);
  void fitColumns();

  Walk& m_walk;
  HeatModel* m_model;
  tell::HeatReader m_reader;
  tell::StructureSubject m_subject;
  QComboBox* m_stretch;
  ElidedLabel* m_summary;
  QTreeView* m_table;
  QTimer m_later;
};

} // namespace sockwalk
