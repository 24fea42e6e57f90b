// The list of packets in and out of the machine; choosing one goes to the moment of its arrival or leaving.
#pragma once
#include "engine/tell/packets/packet_rows.h"
#include "views/walk/view.h"

class QLabel;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTabWidget;

namespace sockwalk {

class PacketsModel;
class PacketsFilter;
class FilterLine;
class ComparisonPane;
class FrameDetails;
class HappeningsPane;

class PacketsView final : public View {
  Q_OBJECT
public:
  explicit PacketsView(Walk& walk, QWidget* parent = nullptr);
  PacketsModel& model() { return *m_model; }
  QTableView* table() { return m_table; }
  FilterLine* filter() { return m_words; }
  QLabel* problem() { return m_problem; }
  FrameDetails* details() { return m_details; }
  ComparisonPane* comparison() { return m_comparison; }
  HappeningsPane* happenings() { return m_happenings; }
  bool find() override;
  const tell::PacketRows& rows() const;
  std::vector<int> listed() const;   // those that the filter lists, of rows()
  bool looking() const;              // the filter has not seen all of them yet
  QString countOf(int listed) const; // "3 of 12 packets"

private:
  void opened() override;
  void recorded() override;
  void moved(EventIndex from, EventIndex position, bool jump) override;
  void restyled() override;
  void resizeEvent(QResizeEvent* event) override;
  void showSelection();
  void markSelection();
  void showMark(); // the packet that a lesson points at
  QWidget* makeEmpty();
  void makeFilter();
  void layOutTable();
  void layOutColumns();
  void makeSides();
  void follow(bool scroll);
  void filterBy(const QString& text);
  void showCount();
  void showTotals();
  bool select(int row); // of the model; false: it is not listed
  void showDetails(int row);
  void goTo(const QModelIndex& index);

  PacketsModel* m_model;
  PacketsFilter* m_filter;
  QTableView* m_table;
  FilterLine* m_words;
  QLabel *m_count, *m_problem, *m_totals;
  QSplitter* m_parts;  // the list, and
  QTabWidget* m_sides; // what stands beside it
  FrameDetails* m_details;
  ComparisonPane* m_comparison;
  HappeningsPane* m_happenings;
  QStackedWidget* m_pages;
  int m_shown = -1;
  bool m_going = false; // the move comes from a choice in the list
};

} // namespace sockwalk
