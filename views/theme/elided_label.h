// One line of words that gives way when there is little room: it ends in "…" then, and its tool tip says the whole.
#pragma once
#include <QLabel>

namespace sockwalk {

class ElidedLabel final : public QLabel {
  Q_OBJECT
public:
  explicit ElidedLabel(QWidget* parent = nullptr, Qt::TextElideMode mode = Qt::ElideRight);
  void setWords(const QString& words, const QString& more = {}); // `more`: further lines of the tool tip
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  Qt::TextElideMode m_mode;
};

} // namespace sockwalk
