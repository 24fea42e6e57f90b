// A choice whose words go on in further lines where the panel is too narrow for one.
#pragma once
#include <QRadioButton>

namespace sockwalk {

class WrappedChoice final : public QRadioButton {
  Q_OBJECT
public:
  WrappedChoice(const QString& words, QWidget* parent);
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize minimumSizeHint() const override;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  int besideWords() const; // px that the mark takes
};

} // namespace sockwalk
