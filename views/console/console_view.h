// A line to issue calls by hand, under the list of everything the machine was told so far.
#pragma once
#include "views/walk/view.h"

class QLabel;
class QTableView;

namespace sockwalk {

class FindBar;
struct FindPlaces;
class StimuliModel;
class CallLine;

class ConsoleView final : public View {
  Q_OBJECT
public:
  explicit ConsoleView(Walk& walk, QWidget* parent = nullptr);
  StimuliModel& model() { return *m_model; }
  CallLine* line() { return m_line; }
  QString message() const;
  bool find() override;

public slots:
  void issue(const QString& line);

protected:
  void resizeEvent(QResizeEvent*) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void opened() override;
  void recorded() override;
  void moved(EventIndex, EventIndex, bool) override { follow(); }
  void restyled() override { restyle(); }
  QWidget* makeExamples();
  void layOutTable();
  void follow();
  void bringIntoSight(int row);
  void restyle();
  FindPlaces placesInTable();
  void resetModel();
  void say(const QString& text, const char* role);
  void sayOutcome();

  FindBar* m_find;
  StimuliModel* m_model;
  QTableView* m_table;
  CallLine* m_line;
  QLabel *m_prompt, *m_message;
  QWidget* m_examples;
  int m_inSight = -1; // row that is kept in sight: the one of now, or the one that was issued
  int m_waiting = -1; // the stimulus that was issued last, while its outcome may still change
};

} // namespace sockwalk
