// A box to choose from whose words end in dots where they have no room; its tip says them whole.
#pragma once
#include <QComboBox>

namespace sockwalk {

class ElidedCombo final : public QComboBox {
public:
  explicit ElidedCombo(QWidget* parent = nullptr);

protected:
  void paintEvent(QPaintEvent* event) override;
};

} // namespace sockwalk
