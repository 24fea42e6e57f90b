// A box to choose from whose words end in dots where they have no room; its tip says them whole.
#pragma once
#include <QComboBox>

class QStyleOptionComboBox;

namespace sockwalk {

class ElidedCombo final : public QComboBox {
public:
  explicit ElidedCombo(QWidget* parent = nullptr);

protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

private:
  QString drawnText(const QStyleOptionComboBox& option) const;
};

} // namespace sockwalk
