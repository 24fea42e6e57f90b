// "Show as table": what a picture of the window shows, as rows that follow the walk, can be sorted, copied, and lead to
// what they name. It floats beside the window until it is put into one of its places.
#pragma once
#include <functional>
#include <QDockWidget>
#include <QPointer>
#include <QTimer>

class QComboBox;
class QLabel;
class QTableView;

namespace sockwalk {

class Described;
class DescribedSorting;
class DescribedTable;
class Walk;

class TablePanel final : public QDockWidget {
  Q_OBJECT
public:
  TablePanel(Walk& walk, QWidget& window);
  // The command that opens it on the picture that has the keys or, if none has, on that of the view; in menus, and in the
  // context menu of every picture that there is by now.
  QAction* makeCommand(const std::function<QWidget*()>& view);
  void open(const QWidget* view);
  QTableView& table() { return *m_table; }
  QComboBox& chooser() { return *m_chooser; }
  QWidget* shown() const { return m_shown; }
  void refresh(); // now

  // The pictures and lists that are in sight and have a name.
  QList<QWidget*> pictures() const;

protected:
  void closeEvent(QCloseEvent* event) override;

private:
  void build();
  QWidget* wanted(const QWidget* view) const;
  void choose(QWidget* picture);
  void listen(QWidget* picture);
  void showChoices(const QList<QWidget*>& pictures);
  void layOutColumns();
  void refreshSoon();
  void copy() const;
  void goTo(const QModelIndex& index);

  QWidget& m_window;
  QComboBox* m_chooser;
  QTableView* m_table;
  QLabel* m_note;
  DescribedTable* m_rows;
  DescribedSorting* m_sorted;
  QPointer<QWidget> m_shown;
  QTimer m_later;       // once, whatever changes with one step
  bool m_fresh = false; // another picture: its columns want their widths
};

} // namespace sockwalk
