// A row of tabs that never hides one behind a blank arrow: those that fit stand there with their names whole, and a button
// at the end opens the list of all.
#pragma once
#include <QTabBar>
#include <QWidget>

class QToolButton;

namespace sockwalk {

class TabStrip final : public QWidget {
  Q_OBJECT
public:
  explicit TabStrip(const QString& accessibleName, QWidget* parent = nullptr);
  QTabBar* bar() const;
  int addTab(const QString& title);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  class Bar;
  void fit();
  void fillList();

  Bar* m_bar;
  QToolButton* m_more;
  bool m_fitting = false;
};

} // namespace sockwalk
