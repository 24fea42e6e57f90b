// The line to type calls in: history with up and down, completion of calls and constants.
#pragma once
#include <QLineEdit>
#include <QStringList>

class QCompleter;
class QStringListModel;

namespace sockwalk {

class CallLine final : public QLineEdit {
  Q_OBJECT
public:
  explicit CallLine(QWidget* parent = nullptr);
  void setHistory(QStringList lines) { m_history = std::move(lines), m_at = int(m_history.size()); }
  const QStringList& history() const { return m_history; }
  void remember(const QString& line);
  QCompleter* words() const { return m_words; }

signals:
  void entered(const QString& line);

protected:
  void keyPressEvent(QKeyEvent*) override;
  bool event(QEvent*) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  bool takeTab(QEvent* event);
  void suggest();
  void complete(const QString& word);
  void recall(int step);

  QCompleter* m_words;
  QStringListModel* m_model;
  QStringList m_history;
  QString m_draft; // what was being typed before going back in the history
  int m_at = 0;
};

} // namespace sockwalk
